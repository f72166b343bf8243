"""Spelling: from what is typed on a phone to the words that the lexicon and the corpus have.

SMS forms come from a table. Any other word that neither knows is replaced by the nearest known
one, never by a word that neither the lexicon nor the corpus has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.frequency import common_words, frequency, is_word
from index.words import FUNCTION_WORDS, fold

# Folded SMS and familiar forms; the words of the domain (taf, fac, …) stand in the lexicon.
SMS = {
    "c": "c est", "cest": "c est", "sa": "ca", "koi": "quoi", "kwa": "quoi", "kw": "quoi", "quoa": "quoi",
    "ki": "qui", "kil": "qu il", "kel": "quel", "kelle": "quelle", "kels": "quels", "kelles": "quelles", "qel": "quel",
    "quele": "quelle", "kan": "quand", "kand": "quand", "qd": "quand", "qand": "quand", "ou": "ou",
    "cb": "combien", "cbn": "combien", "cbien": "combien", "kombien": "combien", "combi1": "combien", "conbien": "combien", "combein": "combien",
    "coman": "comment", "comen": "comment", "koman": "comment", "komen": "comment", "cmt": "comment", "cmnt": "comment", "coment": "comment", "kmt": "comment",
    "pk": "pourquoi", "pkoi": "pourquoi", "prq": "pourquoi", "pq": "pourquoi", "pourkoi": "pourquoi", "pr": "pour", "pcq": "parce que",
    "ds": "dans", "dns": "dans", "ac": "avec", "av": "avec", "avk": "avec", "avc": "avec", "ss": "sans", "sr": "sur",
    "ya": "il y a", "yora": "il y aura", "yaura": "il y aura", "ia": "il y a", "y'a": "il y a",
    "jsuis": "je suis", "jsui": "je suis", "chui": "je suis", "chuis": "je suis", "jpeu": "je peux", "jpeux": "je peux", "jpe": "je peux",
    "jveu": "je veux", "jveux": "je veux", "jvoudrai": "je voudrais", "jvoudrais": "je voudrais", "jdois": "je dois", "jdoi": "je dois", "jai": "j ai", "jé": "j ai",
    "jconnais": "je connais", "jcherche": "je cherche", "jvais": "je vais", "jve": "je veux", "jsai": "je sais", "jsais": "je sais", "jpourrai": "je pourrai", "jfais": "je fais",
    "fo": "faut", "fau": "faut", "fodra": "faudra", "faudrai": "faudrait", "ilfo": "il faut", "fot": "faut", "peu": "peut", "pe": "peut", "pt": "peut", "dwa": "dois", "doi": "dois",
    "tps": "temps", "tmps": "temps", "tp": "tp", "tt": "tout", "ts": "tous", "tte": "toute", "ttes": "toutes", "bcp": "beaucoup", "bp": "beaucoup",
    "dc": "donc", "dsl": "desole", "svp": "svp", "stp": "stp", "mm": "meme", "mem": "meme", "vs": "vous", "ns": "nous", "js": "je suis",
    "apre": "apres", "aprè": "apres", "apr": "apres", "ap": "apres", "avt": "avant", "pdt": "pendant", "dmd": "demande", "rdv": "rendez vous", "rep": "reponse",
    "info": "information", "infos": "informations", "qq": "quelque", "qqch": "quelque chose", "qqun": "quelqu un", "qqn": "quelqu un", "pb": "probleme",
    "fair": "faire", "fr": "faire", "ete": "ete", "etre": "etre", "kon": "qu on", "ke": "que", "k": "que", "q": "que", "keske": "qu est ce que", "kesk": "qu est ce que", "keske": "qu est ce que", "keskon": "qu est ce qu on", "esque": "est ce que", "esk": "est ce que", "eske": "est ce que", "estceque": "est ce que", "essque": "est ce que", "eskil": "est ce qu il", "eskon": "est ce qu on", "esqu": "est ce qu", "esceque": "est ce que", "ets": "est", "lé": "les", "dé": "des",
    "1": "1", "2": "2", "u": "you", "r": "are", "ur": "your", "thx": "thanks", "wat": "what", "wht": "what", "pls": "please", "plz": "please", "cud": "could", "abt": "about", "bc": "because", "w": "with", "hw": "how",
}
SMS = {form: full for form, full in SMS.items() if form != full and fold(form) == form}

_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_ELIDED = re.compile(r"(?i)\b(?:[ldjnsctm]|(?:lors|puis|jus|quoi)?qu)['’ʼ´`](?=\w)")


class Spelling:
    """Corrects questions against the words that are known."""

    def __init__(self, lexicon_words: Iterable[str]) -> None:
        self._lexicon = frozenset(word for word in lexicon_words if len(word) > 3)
        self._known = frozenset(lexicon_words) | FUNCTION_WORDS | frozenset(SMS)
        self._memory: dict[tuple[str, int], str | None] = {}

    def corrected(self, question: str, vocabulary: frozenset[str], language: str = "fr") -> str:
        """The question with SMS forms written out and typing errors mended.

        `vocabulary` holds the folded words of the corpus. Words that are right stay as typed.
        """
        return _WORD.sub(lambda match: self._word(match[0], vocabulary, language), _ELIDED.sub(_keep, question))

    def _word(self, word: str, vocabulary: frozenset[str], language: str) -> str:
        folded = fold(word)
        if folded in SMS and language in ("fr", "en") and folded not in vocabulary:
            return SMS[folded]
        if len(folded) < 4 or not folded.isalpha() or folded in self._known or folded in vocabulary:
            return word
        if is_word(folded, language):
            return word
        return self._nearest(folded, vocabulary) or word

    def _nearest(self, word: str, vocabulary: frozenset[str]) -> str | None:
        memory = (word, id(vocabulary))
        if memory not in self._memory:
            if len(self._memory) > 20_000:
                self._memory.clear()
            self._memory[memory] = self._search(word, vocabulary)
        return self._memory[memory]

    def _search(self, word: str, vocabulary: frozenset[str]) -> str | None:
        """The known word one slip away (two from eight letters on), the commonest of the nearest.

        Words of the lexicon and the corpus come before those of the language at large, which only
        keep a slip in a common word from looking like something unheard of.
        """
        reach = 1 if len(word) < 8 else 2
        for words in (self._lexicon | vocabulary, common_words("fr")):
            found = process.extract(word, words, scorer=OSA.distance, score_cutoff=reach, limit=12)
            alike = [
                (distance, -frequency(candidate), candidate)
                for candidate, distance, _ in found
                if len(candidate) > 3 and _same_start(word, candidate)
            ]
            if alike:
                return min(alike)[2]
        return None


def _keep(match: re.Match[str]) -> str:
    return match[0]


def _same_start(word: str, candidate: str) -> bool:
    """The first letter is seldom mistyped, but may sound the same or be swapped with the second."""
    pairs = {("k", "c"), ("c", "k"), ("s", "c"), ("c", "s"), ("f", "p"), ("z", "s"), ("i", "y"), ("y", "i"), ("q", "k")}
    return (
        word[0] == candidate[0]
        or (word[0], candidate[0]) in pairs
        or word[:2] == candidate[1::-1]
        or word == candidate[1:]
    )

