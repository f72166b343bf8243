from rich.console import Console

from assistant.answer import Abstention, Answer, Choice, Citation, Clarify, Segment
from assistant.exchange import Explanation, Outcome
from assistant.terminal import legible, progress_bar, show_reply

CITATION = Citation(
    1, "parcours-cmc", "parcours-cmc/stage", "Stage", ("Stage", "Durée [bold]"),
    "Le stage dure 420 heures.", 0, 25, "https://www.univ.example/stage#:~:text=Le%20stage",
    "2026-09-01", "documentation", "fr",
)  # fmt: skip


def shown(reply, contact=(), language="fr", suggestions=()) -> str:
    console = Console(record=True, width=60, quiet=False, file=open_nowhere())
    outcome = Outcome(reply, language, None, suggestions, "abc", Explanation("decided"))
    show_reply(console, outcome, contact, "http://127.0.0.1:8000")
    return console.export_text()


def open_nowhere():
    from io import StringIO

    return StringIO()


def test_a_quote_has_its_number_headings_document_and_whole_link() -> None:
    text = shown(Answer((Segment("Le stage dure 420 heures.", 1),), (CITATION,)))

    assert "Le stage dure 420 heures." in text
    assert "[1]" in text
    # Brackets in a document are text, not the terminal's markup.
    assert "Stage › Durée [bold]" in text
    assert "parcours-cmc/stage · 2026-09-01" in text
    assert "https://www.univ.example/stage#:~:text=Le%20stage" in text


def test_a_refusal_shows_the_contact_and_the_suggestions() -> None:
    reply = Abstention("not_documented", (Segment("La documentation ne le dit pas.", None),))

    text = shown(reply, ("Scolarité", "scolarite@univ.example"), suggestions=("Quels frais ?",))

    assert "La documentation ne le dit pas." in text
    assert "À contacter : Scolarité · scolarite@univ.example" in text
    assert "Quels frais ?" in text


def test_choices_are_shown_with_what_to_type() -> None:
    reply = Clarify((Segment("De laquelle parlez-vous ?", None),), (Choice("droit", "Droit"),))

    text = shown(reply, language="en")

    assert "droit  Droit" in text
    assert "--programme" in text


def test_nothing_moves_the_cursor_or_turns_the_writing() -> None:
    assert legible("a\x1b[2J\u202eb\x00\ud800\u00ad\té\n") == (
        "a\N{REPLACEMENT CHARACTER}[2Jb" + 2 * "\N{REPLACEMENT CHARACTER}" + "\té\n"
    )


def test_progress_is_silent_where_nobody_looks_on(capsys) -> None:
    with progress_bar() as tell:
        tell("cut", 0, 0)
        tell("encode", 1, 2)
        tell("something new", 1, 1)

    assert capsys.readouterr() == ("", "")
