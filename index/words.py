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

# Another idea of what a word or a stem is makes every index stale: raise it with each change.
WORDS_VERSION = 1

# Characters that tell words apart, as one of each kind; no number goes on behind a line break.
_MARKS = {
    character: mark
    for mark, characters in {
        "'": "'’‘ʼʹ`´′＇",
        "-": "-‐‑‒–—―−﹣－",
        "·": "·•‧∙⋅・･",
        "\n": "\t\n\v\f\r\x85\u2028\u2029",
    }.items()
    for character in characters
}
_INVISIBLE = frozenset(("Mn", "Mc", "Me", "Cf", "Cc", "Cs", "Co", "Cn"))
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}

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
_SHORT = 40
"""Characters of a run that is remembered at most."""
_SIGNS = {"€": "euro", "%": "pourcent"}
_REMEMBERED = 4096
"""Characters whose softening is remembered: more than the languages that are read have."""
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
    softened = text.translate(_SOFTENED)
    return " ".join(softened.replace("'", " ").replace("-", " ").split())


def tokens(text: str) -> tuple[Token, ...]:
    """The words of `text` in order, elisions dropped, with offsets into `text` itself.

    `étudiant·e·s`, `chargé.e.s`, `chef.fe` and `étudiant(e)s` are one token with the text and
    stem of the base word; `420h` is two tokens, `1 200` one (`1200`), `2ème` is `2`, `B2` stays
    whole, `€` is `euro`.
    """
    softened = text.translate(_SOFTENED)
    if not _SOFTENED.single.issuperset(text):
        return _tokens(text, softened)
    return tuple(
        Token(token.text, token.stem, run.start() + token.start, run.start() + token.end)
        for run in _RUN.finditer(softened)
        for token in _of_run(text[run.start() : run.end()])
    )


def terms(text: str) -> tuple[Token, ...]:
    """As `tokens`, for who does not ask where they stand: their offsets mean nothing."""
    softened = text.translate(_SOFTENED)
    if not _SOFTENED.single.issuperset(text):
        return _tokens(text, softened)
    if _GROUPS.search(softened):
        runs = [text[run.start() : run.end()] for run in _RUN.finditer(softened)]
    else:
        runs = text.split()
    found: list[Token] = []
    for run in runs:
        found += _of_run(run)
    return tuple(found)


def word_set(text: str) -> frozenset[str]:
    """The folded words of a text, each once."""
    softened = text.translate(_SOFTENED)
    if not _SOFTENED.single.issuperset(text):
        return frozenset(token.text for token in _tokens(text, softened))
    runs = {text[run.start() : run.end()] for run in _RUN.finditer(softened)}
    return frozenset(token.text for run in runs for token in _of_run(run))


def _of_run(run: str) -> tuple[Token, ...]:
    return _of_short(run) if len(run) <= _SHORT else _tokens(run, run.translate(_SOFTENED))


@lru_cache(maxsize=50_000)
def _of_short(run: str) -> tuple[Token, ...]:
    """The words of what stands between two spaces, which no text around it changes."""
    return _tokens(run, run.translate(_SOFTENED))


def _tokens(text: str, softened: str) -> tuple[Token, ...]:
    origins = _origins(text)
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


def _origins(text: str) -> Sequence[int]:
    """For each character of the softened text, the position of the one it comes from."""
    if _SOFTENED.single.issuperset(text):  # of nearly every text
        return range(len(text))
    return [
        position
        for position, character in enumerate(text)
        for _ in range(len(_SOFTENED[ord(character)]))
    ]


def _soften(character: str) -> str:
    """Fold one character, keeping `'`, `-` and `·`, which tell words apart."""
    if character in _MARKS:
        return _MARKS[character]
    unfolded = "".join(map(_plain, unicodedata.normalize("NFKD", character.casefold())))
    # `½` would be two words in one character, `㎡` a letter and a digit.
    one_word = unfolded.isalpha() or unfolded.isdigit() or not any(map(str.isalnum, unfolded))
    return unfolded if one_word else character


def _plain(character: str) -> str:
    """One character of a decomposed text."""
    if character in _MARKS:
        return _MARKS[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    lowered = character.casefold()
    return _LIGATURES.get(lowered, lowered)


class _Softened(dict[int, str]):
    """Characters softened, as `str.translate` asks for them: each once, while there is room.

    `single` are those that become exactly one character.
    """

    def __init__(self) -> None:
        super().__init__()
        self.single: set[str] = set()

    def __missing__(self, code: int) -> str:
        soft = _soften(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = soft
            if len(soft) == 1:
                self.single.add(chr(code))
        return soft


_SOFTENED = _Softened()
