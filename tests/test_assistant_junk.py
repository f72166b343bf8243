"""The queue under junk: what people ask stays in front and by itself."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import timedelta

import pytest

from assistant.case_filter import CaseFilter
from assistant.case_queue import CaseQueue
from assistant.case_store import CaseStore
from assistant.clerk import Clerk
from assistant.database import writing
from assistant.journal import new_id
from assistant.tables import questions
from tests.cases import ASPECTS, fresh_engine
from tests.conftest import NOW
from tests.desks import dev_desk, embedded
from tests.groupings import read_grouped

JUNK = 10_000
SALAD = (
    "stage", "frais", "bourse", "parking", "prof", "pizza", "lol", "mdr", "examen", "chat", "foot",
    "salaire", "dragon", "erasmus", "logement", "lundi", "banane", "licorne", "visa", "tacos",
)  # fmt: skip


def junk(chance: random.Random, number: int) -> tuple[str, str]:
    """A worthless question and the reason it was refused for."""
    kind = number % 4
    if kind == 0:
        return "".join(chance.choices("azertyuiopqsdfghjklm ", k=12)), "unclear"
    if kind == 1:
        return f"raconte-moi une blague sur {chance.choice(SALAD)} {number}", "off_topic"
    if kind == 2:
        return " ".join(chance.choices(SALAD, k=chance.randint(4, 7))), "not_documented"
    return chance.choice(("t'es nul", "va te faire voir", "sale robot")), "unsafe"


@pytest.mark.slow
def test_ten_thousand_worthless_questions_do_not_hide_the_others(tmp_path):
    engine = fresh_engine("sqlite", tmp_path)
    chance = random.Random(11)
    real = list(read_grouped("tuning"))
    asked = [(each.question, each.programme, "not_documented", each.history) for each in real]
    for number in range(JUNK):
        text, reason = junk(chance, number)
        asked.append((text, "parcours-cmc", reason, ()))
    chance.shuffle(asked)
    rows = [
        {
            "id": new_id(), "asked_at": NOW + timedelta(seconds=place), "question": text,
            "language": "fr", "programme": programme, "history": list(history),
            "status": "unanswered", "reason": reason, "answer": {"segments": []},
            "generation": "1", "took_ms": 1.0, "channel": "api",
        }
        for place, (text, programme, reason, history) in enumerate(asked)
    ]  # fmt: skip
    with writing(engine) as connection:
        connection.execute(questions.insert(), rows)
    group_of = {each.question: each.group for each in real}
    clerk = Clerk(CaseStore(engine, "1"), dev_desk, embedded(), ASPECTS)
    assert clerk.catch_up(600)

    queue = CaseQueue(engine)
    assert queue.counts()["apart"] == JUNK // 2
    began = time.perf_counter()
    page = queue.page(CaseFilter(), each=3)
    assert time.perf_counter() - began < 1.0
    understood = [group.clear for group in page.groups]
    assert understood == sorted(understood, reverse=True), "what nobody understands is behind"
    # Real groups of some size are on the first page, most of each its own questions.
    seen = Counter()
    for group in queue.page(CaseFilter()).groups:
        names = Counter(group_of.get(case.question, "junk") for case in group.cases)
        name, count = names.most_common(1)[0]
        if name != "junk" and count >= 0.5 * group.size:
            seen[name] += count
    sizes = Counter(each.group for each in real)
    found = [name for name, size in sizes.items() if size >= 9 and seen[name] >= size / 2]
    assert len(found) >= 0.85 * sum(size >= 9 for size in sizes.values()), (seen, sizes)
    engine.dispose()
