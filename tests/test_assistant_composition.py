from collections.abc import Mapping, Sequence
from datetime import date

from assistant.answer import Abstention, Answer, Partial, Reason, Reply
from assistant.composition import MOST, Part, compose
from assistant.decision import Decision, Found, Near, Search, Silent
from assistant.phrases import phrase
from corpus.document import Document
from corpus.element import Heading, Paragraph
from corpus.passage import Passage
from tests.desks import TODAY, query_of
from tests.samples import document_of, evidence_of, passages_of

QUERY = query_of("Combien de temps dure le stage ?")
SEARCH = Search((), {}, 0.5)
STAGE = document_of(Heading(1, "Stage"), Paragraph("Le stage dure 420 heures."))
STAFF = document_of(Paragraph("Le stage peut durer six mois."), id="reponse", kind="staff")
DATES = document_of(Paragraph("Candidature jusqu'au 1er juin 2026."), id="dates")
OTHERS = tuple(document_of(Paragraph(f"Le cours {n}."), id=f"cours-{n}") for n in range(3))


class Shelf:
    """The documents of these tests."""

    documents: Mapping[str, Document] = {each.id: each for each in (STAGE, STAFF, DATES, *OTHERS)}

    def section(self, passage: Passage) -> Sequence[Passage]:
        return passages_of(self.documents[passage.document])


def found(*documents: Document) -> Found:
    passages = [passage for document in documents for passage in passages_of(document)]
    return Found(SEARCH, tuple(evidence_of(QUERY, passage) for passage in passages))


def part(
    decision: Decision, pointer: Found | None = None, silence: Reason = "not_documented"
) -> Part:
    return Part(QUERY, decision, pointer, silence)


def composed(*parts: Part, language: str = "fr", today: date = TODAY) -> Reply:
    return compose(parts, Shelf(), language, today)


def said(reply: Reply) -> list[str]:
    return [segment.text for segment in reply.segments]


def test_an_answer_is_its_quotes_alone() -> None:
    reply = composed(part(found(STAGE)))

    assert isinstance(reply, Answer)
    assert said(reply) == ["Le stage dure 420 heures."]
    assert [cited.number for cited in reply.citations] == [1]
    assert reply.segments[0].citation == 1


def test_of_two_parts_one_answered_is_a_partial_reply() -> None:
    reply = composed(part(found(STAGE)), part(Silent(None)))

    assert isinstance(reply, Partial)
    assert said(reply) == [phrase("one_part", "fr"), "Le stage dure 420 heures."]
    assert reply.reason == "not_documented"


def test_what_is_only_near_is_said_not_to_be_the_answer() -> None:
    near = Near(SEARCH, found(STAGE).chosen)
    reply = composed(part(near))

    assert isinstance(reply, Partial)
    assert said(reply)[0] == phrase("helps", "fr")


def test_what_is_near_goes_before_what_it_points_to() -> None:
    near, pointed = found(STAGE).chosen, found(STAFF)

    assert part(Near(SEARCH, near), pointed).shown == (*near, *pointed.chosen)
    assert part(Silent(None), pointed).shown == pointed.chosen


def test_an_individual_case_is_helped_not_judged() -> None:
    reply = composed(part(Silent(None), found(STAGE), "individual_case"))

    assert isinstance(reply, Partial)
    assert reply.reason == "individual_case"
    assert said(reply)[0] == phrase("individual_helps", "fr")


def test_where_nothing_helps_the_reason_is_said() -> None:
    for reason in ("not_documented", "off_topic", "individual_case"):
        reply = composed(part(Silent(None), None, reason), language="en")

        assert isinstance(reply, Abstention)
        assert (reply.reason, said(reply)) == (reason, [phrase(reason, "en")])


def test_the_answer_of_the_staff_comes_first_and_is_said_to_be_theirs() -> None:
    reply = composed(part(found(STAGE, STAFF)))

    assert isinstance(reply, Answer)
    assert [cited.kind for cited in reply.citations] == ["staff", "documentation"]
    assert [cited.number for cited in reply.citations] == [1, 2]
    assert said(reply)[0] == phrase("staff", "fr")


def test_a_past_date_is_said_to_be_past() -> None:
    past = composed(part(found(DATES)), today=date(2026, 6, 2))
    coming = composed(part(found(DATES)), today=date(2026, 6, 1))

    assert said(past) == [phrase("past", "fr"), "Candidature jusqu'au 1er juin 2026."]
    assert said(coming) == ["Candidature jusqu'au 1er juin 2026."]


def test_the_same_quote_is_given_once() -> None:
    reply = composed(part(found(STAGE)), part(found(STAGE)))

    assert isinstance(reply, Answer)
    assert len(reply.citations) == 1


def test_a_reply_has_few_citations_however_many_parts() -> None:
    reply = composed(*(part(found(each)) for each in (STAGE, STAFF, DATES, *OTHERS)))

    assert isinstance(reply, Answer)
    assert len(reply.citations) == MOST
