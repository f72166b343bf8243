import json
import re
import time
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.personal import mask

DATA = Path(__file__).parent / "data"
FRAMES = (
    "{}",
    "Bonjour, mon contact : {}. Quelles sont les dates de candidature ?",
    "puis-je candidater en alternance ({}) svp",
    "Le stage dure-t-il 420 h ?\n{}\nMerci",
)
TELEPHONES = (
    "{0} {1} {2} {3} {4}",
    "{0}{1}{2}{3}{4}",
    "{0}.{1}.{2}.{3}.{4}",
    "{0}-{1}-{2}-{3}-{4}",
    "{0}/{1}/{2}/{3}/{4}",
    "{0}\u00a0{1}\u00a0{2}\u00a0{3}\u00a0{4}",
    "{0}\u202f{1}\u202f{2}\u202f{3}\u202f{4}",
    "{0} . {1} . {2} . {3} . {4}",
    "+33 {0[1]} {1} {2} {3} {4}",
    "+33{0[1]}{1}{2}{3}{4}",
    "+33 (0){0[1]} {1} {2} {3} {4}",
    "+33 (0) {0[1]} {1} {2} {3} {4}",
    "+33.{0[1]}.{1}.{2}.{3}.{4}",
    "0033 {0[1]} {1} {2} {3} {4}",
    "({0}) {1} {2} {3} {4}",
)
NIRS = (
    "{0} {1} {2} {3} {4} {5} {6}",
    "{0}{1}{2}{3}{4}{5}{6}",
    "{0} {1} {2} {3} {4} {5}",
    "{0}{1}{2}{3}{4}{5}",
    "{0}-{1}-{2}-{3}-{4}-{5}-{6}",
    "{0}.{1}.{2}.{3}.{4}.{5}.{6}",
    "{0}\u00a0{1}\u00a0{2}\u00a0{3}\u00a0{4}\u00a0{5}\u00a0{6}",
)
# Frames and values that say nothing about anybody.
HARMLESS_FRAMES = (
    "C'est bien {} ?",
    "{}",
    "Bonjour, {} est-il confirmé pour la rentrée ?",
    "Est-ce {} ou autre chose pour la licence pro ?",
    "jai lu {} sur le site c vrai",
    "Is it {} for the master?",
    "le numéro {} correspond à quoi ?",
    "Je suis en L3, {} me concerne ?",
)
HARMLESS_VALUES = (
    "420 h", "420h", "01/09/2025", "1er septembre 2026", "le 15.03.2026", "2026-03-15",
    "du 02/09/2025 au 28/06/2026", "15/03/2026 23 h 59", "2025-2026", "2025/2026", "2025 2026",
    "35000", "35043 Rennes cedex", "22000 Saint-Brieuc", "254 €", "1 801,80 €", "12 345,67 euros",
    "120 ECTS", "RNCP 38679", "RNCP38679", "UE 3.2", "UE 11", "UE 4.1.2", "S1 S2 S3 S4", "bac+3",
    "bac+3 2025 2026", "bac +5", "12,5/20", "B2", "TOEIC 785", "85,7 %", "3 semaines sur 4",
    "08 h 30 - 12 h 00", "08:30-12:00", "25 places", "1 place", "2 cours", "A204", "K1206",
    "4,35 € / h", "308 heures", "1 500 000 d'habitants", "0350937D", "13533416", "n° 2016-672",
    "L. 612-6-1", "10 000 signes", "3e étage", "bus C4", "ligne 12",
)  # fmt: skip


def _lines(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def _left(line):
    """The personal values of a marked line of which anything is left once it is masked."""
    masked = mask(re.sub("[⟦⟧]", "", line))
    for value in re.findall("⟦(.*?)⟧", line):
        words = re.findall(r"\w{3,}|\d+", value)
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", masked) for word in words):
            yield value


def _harmless():
    yield from _lines("harmless.txt")
    for frame, value in product(HARMLESS_FRAMES, HARMLESS_VALUES):
        yield frame.format(value)
    for path in sorted(DATA.glob("questions/*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["question"]


def test_nineteen_in_twenty_of_two_hundred_cases_are_masked():
    lines = _lines("personal.txt")
    cases = sum(line.count("⟦") for line in lines)
    left = [value for line in lines for value in _left(line)]
    assert cases >= 200
    assert 1 - len(left) / cases >= 0.95, left


def test_at_most_one_in_two_hundred_harmless_questions_is_touched():
    questions = list(dict.fromkeys(_harmless()))
    touched = [question for question in questions if mask(question) != question]
    assert len(questions) >= 1000
    assert len(touched) / len(questions) <= 0.005, touched


@pytest.mark.parametrize("form", TELEPHONES)
def test_a_telephone_number_is_masked_however_it_is_written(form):
    numbers = ("06 12 34 56 78", "0781223344", "0299141000", "09 70 01 02 03", "06 20 25 20 26")
    for number, frame in product(numbers, FRAMES):
        pairs = re.findall(r"\d\d", number)
        assert mask(frame.format(form.format(*pairs))) == frame.format("[téléphone]")


@pytest.mark.parametrize("form", NIRS)
def test_a_social_security_number_is_masked_however_it_is_written(form):
    numbers = ("1 85 05 78 006 084 36", "2 99 12 2A 238 123 45", "1 04 07 99 351 089 22")
    for number, frame in product(numbers, FRAMES):
        masked = mask(frame.format(form.format(*number.split())))
        assert masked == frame.format("[numéro de sécurité sociale]")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Appelez le 06 12 34 56 78.", "Appelez le [téléphone]."),
        ("a.b@univ-rennes2.fr, merci", "[adresse e-mail], merci"),
        (
            "mon mail c'est lucie point martin arobase gmail point com",
            "mon mail c'est [adresse e-mail]",
        ),
        ("INE : 123456789AB", "INE : [INE]"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189 ok ?", "IBAN [IBAN] ok ?"),
        ("carte 4970 1012 3456 7890", "carte [numéro de carte]"),
        ("numéro étudiant : 22004567", "numéro étudiant : [numéro étudiant]"),
        ("numéro de dossier 1234567", "numéro de dossier [numéro de dossier]"),
        ("passeport n° 12AB34567", "passeport n° [numéro de pièce d'identité]"),
        ("j'habite 12 rue des Lilas, 35000 Rennes", "j'habite [adresse]"),
        ("j'habite 12 rue des lilas est-ce loin ?", "j'habite [adresse] est-ce loin ?"),
        ("née le 3 mars 2003 à Brest", "née le [date de naissance] à Brest"),
        ("je m'appelle jean dupont et je postule", "je m'appelle [nom] et je postule"),
        ("je suis Mme Martin, puis-je", "je suis Mme [nom], puis-je"),
        ("linkedin.com/in/jdupont", "[lien personnel]"),
    ],
)
def test_the_mark_says_what_stood_there_and_the_rest_stays(typed, kept):
    assert mask(typed) == kept


@given(st.text(alphabet="0123456789 +.-/@()ABabé'arobasepoint\n", max_size=120))
@settings(max_examples=60, deadline=None)
def test_masking_twice_changes_nothing_more(text):
    once = mask(text)
    assert mask(once) == once


def test_what_is_masked_stays_as_it_is():
    for line in _lines("personal.txt"):
        once = mask(re.sub("[⟦⟧]", "", line))
        assert mask(once) == once


PIECES = (
    "0", "1", "06 ", "06.", "a", "a.", "a@", "A ", "a'", "1 rue ", "12 rue de ", "1 place ", "+",
    "+33", "zéro six ", "@", "je m'appelle ", "né le ", "IBAN ", "FR76", "1 85 05 ", "sécu ", "n° ",
    "numéro étudiant ", "- ", "  ", "point a ", "arobase ", "(", "le ", "INE A", "\u00a0", "_",
)  # fmt: skip


def test_no_text_of_five_hundred_characters_takes_fifty_milliseconds():
    def seconds(text):
        began = time.process_time()
        mask(text)
        return time.process_time() - began

    texts = [((left + right) * 500)[:500] for left, right in product(PIECES, PIECES)]
    slowest = max(texts, key=seconds)
    # The best of three: what else the machine does is no fault of the text.
    assert min(seconds(slowest) for _ in range(3)) < 0.05, slowest
