"""The pinyin of texts, kept from run to run: its dictionaries take 0.2 s to load, a name 10 to 40 µs.

The file may be deleted or damaged at any time: what is not found in it is spelled again. It is
plain JSON, so that a folder that came from elsewhere can run no code.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path

from casebook_site.base import place_readings
from casebook_site.base.characters import folded
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


def readings(text: str) -> tuple[str, ...]:
    """Return the pinyin of a text, and that with each other reading of its first character.

    Who looks for 长清 by `zhang`, or does not know how a place is read, finds it too.
    """
    first = pinyin(text)
    spoken, _, rest = first.partition(" ")
    others = pinyin(f"{_OTHERS}{folded(text)[:1]}").split()[1:]
    return (first, *(f"{other} {rest}".rstrip() for other in others if other != spoken))


_OTHERS = "\0"
"""Before a single character: asks for all its readings. No text holds it."""


def _spelled(text: str) -> str:
    if text[:1] == _OTHERS:
        return f"{_OTHERS} {' '.join(_readings(text[1:]))}"
    parts: list[str] = []
    text, end = folded(text), 0
    for match in place_readings.NAMES.finditer(text):
        parts += _looked_up(text[end : match.start()])
        parts.append(place_readings.syllables(match))
        end = match.end()
    return " ".join((*parts, *_looked_up(text[end:]))).lower()


def _looked_up(text: str) -> Iterable[str]:
    """Return the syllables of a text as the dictionaries have them."""
    if not text:
        return ()
    from pypinyin.core import Pinyin  # only here: it loads the dictionaries

    return chain.from_iterable(map(_syllables, Pinyin().seg(text)))


def _readings(character: str) -> list[str]:
    """Return every reading of a character, without tones; none if it is not Chinese."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    return found[0] if found and found[0] != [character] else []


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
        _recalled.update(_told_before(kept))


def _told_before(kept: bytes) -> dict[str, str]:
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

    known = f"{version('pypinyin')} {Path(place_readings.__file__).read_text(encoding='utf-8')}"
    return blake2b(known.encode(), digest_size=16).digest()
