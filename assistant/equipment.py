"""The equipment: what questions are understood and decided with, the same for every generation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from assistant.affinity import Affinity, load_affinity
from assistant.analyser import ConceptAnalyser
from assistant.aspect import Aspect, load_aspects
from assistant.desk import Desk
from assistant.intent import load_intents
from assistant.lexicon import load_lexicon
from assistant.message import Messages, load_messages
from assistant.policy import Policy, load_policy
from assistant.query import Understanding
from assistant.word_vectors import load_word_vectors
from index.encoder import Encoder, EncoderUnavailable, open_encoder
from index.generation import Index
from index.recollection import RecollectingEncoder


@dataclass(frozen=True, slots=True)
class Supplies:
    """What an office gets from outside."""

    open_encoder: Callable[[str], Encoder] = open_encoder
    policy_for: Callable[[str], Policy] = load_policy
    load_aspects: Callable[[], Mapping[str, Aspect]] = load_aspects


class Equipment:
    """Encoder, tables and policy; `encoder` names the one of the settings.

    The encoder is opened on a thread of its own from now on: unpacking its weights keeps one core
    busy, what else a start does another. Whoever needs it first waits for it.
    """

    def __init__(self, encoder: str, supplies: Supplies) -> None:
        self._supplies = supplies
        beside = ThreadPoolExecutor(1, "encoder")
        self._opening = beside.submit(supplies.open_encoder, encoder)
        beside.shutdown(wait=False)
        self._lexicon = load_lexicon()
        self._aspects = supplies.load_aspects()
        self.analyser = ConceptAnalyser(self._lexicon)

    @cached_property
    def encoder(self) -> RecollectingEncoder | None:
        """What turns text into vectors, if it could be opened."""
        try:
            return RecollectingEncoder(self._opening.result())
        except EncoderUnavailable:
            return None

    @property
    def trouble(self) -> str:
        """Why there is no encoder; empty when there is one."""
        return "" if self.encoder else str(self._opening.exception())

    @cached_property
    def understanding(self) -> Understanding:
        """How questions are understood, costly to make."""
        return Understanding(self._lexicon, self._aspects, load_word_vectors())

    @property
    def policy(self) -> Policy:
        """What decides whether a passage answers."""
        return self._judgement[0]

    def adopt(self, policy: Policy, affinity: Affinity | None) -> None:
        """Decide by another policy from now on."""
        self._judgement = (policy, affinity)

    def desk_over(self, index: Index) -> Desk:
        """A desk that answers from a generation, without answers of staff."""
        policy, affinity = self._judgement
        return Desk(index, policy, self.understanding, load_intents(), affinity, self._messages)

    @cached_property
    def _judgement(self) -> tuple[Policy, Affinity | None]:
        fingerprint = self.encoder.fingerprint if self.encoder else ""
        return self._supplies.policy_for(fingerprint), load_affinity(fingerprint)

    @cached_property
    def _messages(self) -> Messages | None:
        return load_messages(self.encoder)
