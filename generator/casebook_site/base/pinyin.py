"""The pinyin of texts, kept from run to run: its dictionaries take 0.2 s to load, a name 10 to 40 µs.

The file may be deleted or damaged at any time: what is not found in it is spelled again. It is
plain JSON, so that a folder that came from elsewhere can run no code.
"""

from __future__ import annotations

import contextlib
import json
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

from casebook_site.base.files import write_atomically

_asked: dict[str, str] = {}
"""Text → pinyin of all that was asked for in this process, or in the one that it was forked from."""
_told = 0
"""How many of them `news` has told."""
_recalled: dict[str, str] = {}
"""The same, of an earlier run."""


def pinyin(text: str) -> str:
    """Toneless pinyin of a text, syllables separated by spaces; other characters as they are."""
    known = _asked.get(text)
    if known is None:
        known = _recalled.get(text)
        _asked[text] = known = _spelled(text) if known is None else known
    return known


def _spelled(text: str) -> str:
    from pypinyin.core import Pinyin  # only here: it loads the dictionaries

    return " ".join(chain.from_iterable(map(_syllables, Pinyin().seg(text)))).lower()


@lru_cache(maxsize=10_000)
def _syllables(word: str) -> list[str]:
    """Return the syllables of one word, looked up once: names share their words."""
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin([word], style=Style.NORMAL)


def news() -> dict[str, str]:
    """Return text → pinyin of what was asked for since the last call, to send to the parent."""
    global _told
    start, _told = _told, len(_asked)
    return dict(islice(_asked.items(), start, None))


def tell_from_here() -> None:
    """Begins a process whose parent knows all that was asked for until now."""
    global _told
    _told = len(_asked)


def learn(told: dict[str, str]) -> None:
    """Add the readings that another process has looked up."""
    _asked.update(told)


def recall(file: Path) -> None:
    """Read what an earlier run has kept, if it is whole and made by the same dictionaries."""
    try:
        seal, _, kept = file.read_bytes().partition(b"\n")
    except OSError:
        return
    if seal == _seal(kept):
        _recalled.update(_readings(kept))


def _readings(kept: bytes) -> dict[str, str]:
    """Return text → pinyin; nothing where the file holds anything else."""
    try:
        known = json.loads(kept)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(known, dict) or not all(isinstance(value, str) for value in known.values()):
        return {}
    return known


def keep(file: Path, *, only_asked: bool = False) -> None:
    """Write all known readings if they differ from the file; a read-only folder is no error.

    `only_asked`: without what earlier runs asked for and this one did not, after a build of
    everything: so names that are gone are forgotten.
    """
    known = _asked if only_asked else _recalled | _asked
    if known == _recalled and file.exists():
        return
    kept = json.dumps(known, ensure_ascii=False, sort_keys=True).encode()
    with contextlib.suppress(OSError):
        write_atomically(file, _seal(kept) + b"\n" + kept)


def _seal(kept: bytes) -> bytes:
    return blake2b(kept, digest_size=16, key=_dictionaries()).hexdigest().encode()


@cache
def _dictionaries() -> bytes:
    """Return a mark of the dictionaries, which changes with what they answer."""
    from importlib.metadata import version  # only here: it loads a parser of mail headers

    return version("pypinyin").encode()
