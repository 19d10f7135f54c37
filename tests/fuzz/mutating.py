"""Changed bytes from a seed, and the limit of processor time that reading them may take."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

COUNT = int(os.environ.get("CASEBOOK_FUZZ", "60"))
"""Mutations of each kind of input: few in `make test`, as many as one likes by `make fuzz`."""
SEED = int(os.environ.get("CASEBOOK_FUZZ_SEED", "14"))
LIMIT = 10
"""Seconds of processor for one input."""

_PIECES = (
    b"", b"\0", b"\n", b"\t", b" ", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b[2J", b"*a: b", b"&a", b"<<: *a",
    b"[", b"{", b"}", b"- ", b": ", b'"', b"'", b"|", b">", b"!!python/object:a", b"%", b"#", b"../", b"/etc/passwd", b"~",
    b"[](record:", b"record:a/b", b"1e999", b"-1", b"9" * 400, b".nan", b"2024-99-99", "甲".encode(), "：".encode(),
    "\u202e\u200b".encode(), b"<script>", b"]]>", b"&x;", b"(" * 300, b"[" * 3000, b"null", b"true", b"- " * 300,
)  # fmt: skip


def mutations(samples: list[bytes], name: str, share: float = 1) -> Iterator[bytes]:
    """Yield changed samples, the same for the same seed and name."""
    chance = random.Random(f"{SEED} {name}")
    for _ in range(max(1, int(COUNT * share))):
        raw = bytearray(chance.choice(samples))
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            at = chance.randrange(len(raw) + 1)
            end = at + chance.choice((0, 0, 1, 4, 40))
            other = chance.choice(samples)
            start = chance.randrange(len(other) + 1)
            piece = chance.choice((chance.choice(_PIECES), other[start : start + 30]))
            raw[at:end] = piece
        yield bytes(raw)


@contextmanager
def limited(content: bytes) -> Iterator[None]:
    """Fail with the input where it takes too long, and where it ends in any other exception."""

    def late(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        yield
    except Exception as error:
        raise AssertionError(f"{error!r} for {content!r}") from error
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
