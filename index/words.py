"""Words: French as it is written and as it is typed, cut into tokens that both sides share.

A question and a passage meet on the stems of their folded words: no case, no accents, no
elisions, inclusive writing brought back to its base word. Everything here is pure.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from index.softening import SOFTENED, origins_of

# Another idea of what a word or a stem is makes every index stale: raise it with each change.
WORDS_VERSION = 1

# A word that carries grammar and no subject; folded. `but` (the diploma), `son` (sound) and
# `ete` (summer) stay out on purpose.
_FUNCTION_WORDS = """
a ai ainsi alors apres as au aucun aucune aussi autre autres aux avais avait avant avec avez
avoir avons ayant c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci
combien comme comment d dans de deja des desquels doit dois doivent donc dont du elle elles en
encore entre es est et etait etes etre eu eux faire fait faut font hors ici iel iels il ils j
je l la laquelle le lequel les lesquelles lesquels leur leurs lors lorsque lui m ma mais me
meme memes mes moi mon n ne ni nos notre nous on ont ou par parce pas pendant peu peut peuvent
peux plus pour pourquoi pouvez pouvoir puis puisque qu quand que quel quelle quelles quels qui
quoi s sa sans se selon sera serait seront ses si soi soient sois soit sommes sont sous suis sur
t ta te tels tes toi ton tous tout toute toutes tres tu un une vers vos votre vous vs vu y
about after all also am an and any are at be been before by can could did do does during for
from get had has have he her him his how i if in into is it its my no not of or our out over
she should so than that the their them then there these they this those to under up was we
were what when where whether which while who whom whose why will with would you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

_SUFFIXES = (
    "trices?|rices?|ices?|euses?|esses?|eresses?|elles?|eres?|ales?|ives?|ves?|"
    "nes?|les?|tes?|ses?|fes?|pes?|res?|ies?|es?|x|s"
)
_DOUBLED = re.compile("[nltsfpr]es?")  # professionnel·le, lycéen·ne, chef·fe
_TOKEN = re.compile(
    rf"""
    (?P<inclusive>(?P<base>[^\W\d_]{{2,}})
        (?P<endings>(?:[·./-](?:{_SUFFIXES})(?![^\W_])|\((?:{_SUFFIXES})\)){{1,3}}(?:s(?![^\W_]))?))
    | (?P<today>aujourd'hui)
    | (?P<elision>(?:[ldjnsctm]|(?:lors|puis|jus|quoi)?qu)'(?=[^\W_]))
    | (?P<level>(?<![^\W_])[a-z]{{1,3}}\d{{1,2}}(?![^\W_]))
    | (?P<thousands>(?<!\d)[1-9]\d{{0,2}}(?:\ \d{{3}})+(?!\d))
    | (?P<decimal>(?<![\d.,])\d+[.,]\d{{1,2}}(?![.,]?\d))
    | (?P<ordinal>(?P<rank>\d+)(?:ers?|eres?|res?|emes?|es?|ndes?|nds?)(?![^\W_]))
    | (?P<digits>\d+)
    | (?P<sign>[€%])
    | (?P<word>[^\W\d_]+)
    """,
    re.VERBOSE,
)
# What may be cut apart from the rest: only numbers of several groups have spaces in them.
_RUN = re.compile(r"\S+(?:(?<=\d) (?=\d)\S+)*")
_GROUPS = re.compile(r"\d \d")
# The letters, digits and signs of most sentences: softened, none becomes a digit, a space or
# nothing that was not one, so that what has no groups of digits as it stands has none softened.
_USUAL = re.compile(r"[A-Za-z0-9\u00c0-\u024f\s'’.,;:!?()«»…–—/€%+\"-]*")
_MAYBE_GROUPS = re.compile(r"[0-9]\s[0-9]")
_SHORT = 40
"""Characters of a run that is remembered at most."""
_SIGNS = {"€": "euro", "%": "pourcent"}
_STEMMERS = threading.local()  # a Stemmer object is not safe across threads


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word, its stem, and the run `[start, end)` of the original text it stands for."""

    text: str
    stem: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents or ligatures; apostrophes and hyphens become spaces.

    Compatibility forms are unfolded (`²` is `2`), combining marks and invisible characters are
    dropped, white space runs are one space; other punctuation stays. Idempotent.
    """
    softened = text.translate(SOFTENED)
    return " ".join(softened.replace("'", " ").replace("-", " ").split())


def fold_all(words: Sequence[str]) -> list[str]:
    """Each of these words folded, a thousand of them in little more time than ten."""
    softened = "\n".join(words).translate(SOFTENED).replace("'", " ").replace("-", " ")
    folded = softened.split("\n")
    if len(folded) != len(words):  # one has a line break in it
        return [fold(word) for word in words]
    return [" ".join(word.split()) for word in folded]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` in order, elisions dropped, with offsets into `text` itself.

    `étudiant·e·s`, `chargé.e.s`, `chef.fe` and `étudiant(e)s` are one token with the text and
    stem of the base word; `420h` is two tokens, `1 200` one (`1200`), `2ème` is `2`, `B2` stays
    whole, `€` is `euro`.
    """
    softened = text.translate(SOFTENED)
    if not SOFTENED.single.issuperset(text):
        return _tokens(text, softened)
    return tuple(
        Token(token.text, token.stem, run.start() + token.start, run.start() + token.end)
        for run in _RUN.finditer(softened)
        for token in _of_run(text[run.start() : run.end()])
    )


def terms(text: str) -> tuple[Token, ...]:
    """As `tokens`, for who does not ask where they stand: their offsets mean nothing."""
    found: list[Token] = []
    for run in _runs(text):
        found += _of_short(run) if len(run) <= _SHORT else _of_run(run)
    return tuple(found)


def word_set(text: str) -> frozenset[str]:
    """The folded words of a text, each once."""
    # No word goes on behind a line break.
    runs = {run for line in text.split("\n") for run in _runs(line)}
    found: set[str] = set()
    for run in runs:
        found.update(_texts(run) if len(run) <= _SHORT else [each.text for each in _of_run(run)])
    return frozenset(found)


def _runs(text: str) -> list[str]:
    """What stands between spaces, but for those within a number; the whole where that is unsure."""
    if _USUAL.fullmatch(text) and not _MAYBE_GROUPS.search(text):
        return text.split()
    softened = text.translate(SOFTENED)
    if not _GROUPS.search(softened):
        return text.split()
    if not SOFTENED.single.issuperset(text):
        return [text]
    return [text[run.start() : run.end()] for run in _RUN.finditer(softened)]


def _of_run(run: str) -> tuple[Token, ...]:
    return _of_short(run) if len(run) <= _SHORT else _tokens(run, run.translate(SOFTENED))


@lru_cache(maxsize=50_000)
def _of_short(run: str) -> tuple[Token, ...]:
    """The words of what stands between two spaces, which no text around it changes."""
    return _tokens(run, run.translate(SOFTENED))


@lru_cache(maxsize=50_000)
def _texts(run: str) -> tuple[str, ...]:
    return tuple(token.text for token in _of_short(run))


def _tokens(text: str, softened: str) -> tuple[Token, ...]:
    origins = origins_of(text)
    found: list[Token] = []
    position = 0
    while match := _TOKEN.search(softened, position):
        kind, end = match.lastgroup, match.end()
        if kind == "inclusive" and not _is_inclusive(match, text, origins):
            end = match.end("base")
        position = end
        if kind != "elision":
            word = _spelling(kind, match)
            last = origins[end - 1] + 1
            while last < len(text) and unicodedata.combining(text[last]):
                last += 1
            found.append(Token(word, stem(word), origins[match.start()], last))
    return tuple(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball French stem of a folded word, taken twice.

    Without accents once is not enough: it keeps `duree` (`dure`) apart from `durer` (`dur`), and
    `credits` (`credit`) from `credit` (`cred`).
    """
    stemmer = getattr(_STEMMERS, "french", None)
    if stemmer is None:
        stemmer = _STEMMERS.french = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(stemmer.stemWord(word)))


def _spelling(kind: str | None, match: re.Match[str]) -> str:
    """The folded word that a match of `_TOKEN` stands for."""
    if kind == "inclusive":
        return match["base"]
    if kind == "ordinal":
        return match["rank"]
    if kind == "decimal":
        return match[0].replace(",", ".")
    if kind == "sign":
        return _SIGNS[match[0]]
    return match[0].replace(" ", "").replace("'", "")


def _is_inclusive(match: re.Match[str], text: str, origins: Sequence[int]) -> bool:
    """Whether the endings are gender marks, not the next word of a text badly spaced.

    After a plain full stop, a hyphen or a slash, an ending that opens with a consonant must
    double the last letter of its base (`chef.fe`) or be long (`directeur.rice`), and may not
    begin a sentence (`école.Les`).
    """
    base, endings = match["base"], match["endings"]
    if endings[0] in "·(":
        return True
    first = re.split(r"[·(./)-]", endings)[1]
    if first.startswith("elle"):  # `peut-elle`
        return False
    shouted = text[origins[match.end("base") - 1]].isupper()
    if text[origins[match.start("endings") + 1]].isupper() and not shouted:
        return False
    return not _DOUBLED.fullmatch(first) or first[0] == base[-1]
