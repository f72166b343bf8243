"""The child process that reads files: it takes one after the other and answers each.

A message is its length (8 bytes, big-endian) and its bytes. A request says what to read of a file;
the answer is a reading or a refusal (`corpus.wire`). The process ends with its input.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
from typing import BinaryIO

from corpus.reader import read
from corpus.reading import UnreadableDocument
from corpus.wire import encode_reading, encode_refusal, request_from

_SIZE = 8
_RECURSION = 4000  # frames; a page of 250 nested tags needs some 1,500
_COLLECT_EVERY = 50  # files


def serve(memory: int, seconds: int) -> None:
    """Answer the requests on standard input, within limits for the whole process and each file."""
    sys.setrecursionlimit(_RECURSION)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no answer
    # Trees are freed as they go; collecting now and then is enough, and twice as quick.
    gc.disable()
    count = 0
    while (request := receive(source)) is not None:
        _allow(seconds)
        data, suffix, selector = request_from(request)
        del request
        send(target, _answer(data, suffix, selector))
        count += 1
        if count % _COLLECT_EVERY == 0:
            gc.collect()


def receive(source: BinaryIO) -> bytes | None:
    """The next message, nothing when there is none any more."""
    head = source.read(_SIZE)
    if len(head) < _SIZE:
        return None
    size = int.from_bytes(head, "big")
    message = source.read(size)
    return message if len(message) == size else None


def send(target: BinaryIO, message: bytes) -> None:
    """Write a message."""
    target.write(len(message).to_bytes(_SIZE, "big"))
    target.write(message)
    target.flush()


def _allow(seconds: int) -> None:
    """Give the next file its own time of the processor; past it, the process is killed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer(data: bytes, suffix: str, selector: str | None) -> bytes:
    try:
        return encode_reading(read(data, suffix, selector))
    except UnreadableDocument as refusal:
        return encode_refusal(refusal)
    except MemoryError:
        # What is left of the memory is not to be trusted: the parent starts another process.
        os._exit(os.EX_OSERR)
    except Exception as error:
        return encode_refusal(
            UnreadableDocument(
                f"The file could not be read ({type(error).__name__}).",
                "Save it again from the program it was made with, or in another format.",
            )
        )
