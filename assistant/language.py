"""The language a question is typed in, among those served.

A statistical identifier is wrong on one short question in four; the little words of a language
and the lexicon's own words give it away sooner.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from index.words import fold, tokens

SERVED = ("fr", "en", "es", "de", "it")

_LITTLE_WORDS = {
    "fr": "le la les un une des du au aux de et est ce que qui quoi quel quelle quels quelles il elle "
    "on je j tu nous vous ils y a t ya pas ne pour dans sur avec sans par mon ma mes son sa ses se si "
    "ou où comment combien pourquoi quand faut peut puis c ca cela cette ces apres avant etre avoir "
    "suis jsui ai sont koi pr ds svp bonjour merci kel kelle c'est d l qu n en",
    "en": "the a an is are was do does did can could will would should i you we they it he she of to "
    "in on at for with from by what which who whom when where why how much many long there any my your "
    "and or if be have has had get this that these please hello thanks hi not im whats during after",
    "es": "el la los las un una unos de del al y es son que cual cuales quien cuando donde como cuanto "
    "cuanta cuantos cuantas por para con sin en se puede puedo hay tengo tiene debo hace si mi su "
    "despues antes gracias hola ser estar este esta",
    "de": "der die das den dem ein eine einen einer eines ist sind war wie was wer wann wo warum welche "
    "welcher welches wieviel viel viele lange kann ich man muss es und oder fur mit ohne nach von zu zum "
    "zur im in auf bei gibt wird werden habe hat nicht dauert danke hallo uber braucht",
    "it": "il lo la i gli le un una uno di del della dei delle e sono che quale quali chi quando dove "
    "come quanto quanta quanti quante per con senza in si puo posso ce c ci ho ha devo bisogna dopo "
    "prima grazie ciao essere nel nella al alla dura",
}
_WORDS = {language: frozenset(fold(words).split()) for language, words in _LITTLE_WORDS.items()}


def is_little(word: str, language: str) -> bool:
    """Whether a folded word is a little word of the language: grammar, no subject."""
    return word in _WORDS[language]


@lru_cache(maxsize=len(SERVED))
def frame_stems(language: str) -> frozenset[str]:
    """The stems of the words that frame a question and carry no subject ("could you tell me")."""
    table = tomllib.loads(files("assistant").joinpath("data/frame_words.toml").read_text("utf-8"))
    return frozenset(token.stem for token in tokens(table[language]))


def detect_language(
    text: str, lexicon: Mapping[str, str] = MappingProxyType({}), fallback: str = "fr"
) -> str:
    """The served language that the text's little words, then its lexicon words, speak for.

    `lexicon` gives the language of words that only one language has. `fallback` is the answer
    when nothing tells.
    """
    words = [token.text for token in tokens(text)]
    scores = {
        language: sum(word in _WORDS[language] for word in words)
        + 0.6 * sum(lexicon.get(word) == language for word in words)
        + 2 * (language == "es" and text.lstrip().startswith(("¿", "¡")))
        for language in SERVED
    }
    best = max(scores.values())
    leading = [language for language in SERVED if scores[language] == best]
    return fallback if fallback in leading else leading[0]
