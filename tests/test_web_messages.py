from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

from web.messages import LANGUAGES, read_catalogue
from web.problem import STATUSES

CATALOGUE = read_catalogue()
BUILT = (
    "section", "role", "rights", "action", "audit.name", "error", "why", "because", "language",
    "state", "empty", "empty_lead", "opinion", "answer_state", "answer_error", "answer_lead",
    "preview",
    "status", "channel", "covered", "coverage", "replied", "verdict", "rule", "expects",
    "run",
)  # fmt: skip
WEB = Path(__file__).parent.parent / "web"


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_sentence_stands_in_every_language_with_the_same_values() -> None:
    french, english = (CATALOGUE[language] for language in LANGUAGES)

    assert list(french) == list(english)
    for key in french:
        assert french(key).strip()
        assert english(key).strip()
        assert _placeholders(french(key)) == _placeholders(english(key)), key


def test_french_is_typeset_as_french() -> None:
    for key in CATALOGUE["fr"]:
        sentence = CATALOGUE["fr"](key)
        assert "'" not in sentence, f"{key}: an apostrophe is ’"
        assert not re.search(r"\w[:;?!](?!//)(\s|$)", sentence), f"{key}: a space before {sentence}"


def test_every_problem_has_its_sentences() -> None:
    for name in STATUSES:
        assert f"problem.{name}.title" in CATALOGUE["fr"]
        assert f"problem.{name}.detail" in CATALOGUE["fr"]


def test_every_key_that_pages_and_modules_name_exists_and_every_key_is_named() -> None:
    sources = [*WEB.glob("*.py"), *WEB.glob("templates/**/*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"""\b(?:m|messages)\(["']([a-z_.]+[a-z_])["']""", text))
    # Completed at run time.
    built = ("problem.", "field.", "answer.", *(f"staff.{each}." for each in BUILT))
    # What was done is named by the redirect that leads to the page that says it.
    done = {f"staff.done.{each}" for each in re.findall(r'"([a-z_]+)"', text)}
    named |= done & set(CATALOGUE["fr"])
    named |= {f"staff.done.{each}" for each in re.findall(r'\bafter\([^"\n]*"([a-z_]+)"', text)}

    assert {key for key in named if key not in CATALOGUE["fr"]} == set()
    assert {key for key in CATALOGUE["fr"] if not key.startswith(built)} - named == set()
