"""Where a line of a title may break: between words, so that 党员 is never 党 and 员 on two lines.

The words are jieba's. A word of one character stays with the word that it belongs to, for a line
neither ends in 与 nor begins with 的. What is short enough for a line of a phone is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from markupsafe import Markup, escape

ONE_LINE = 8
"""Characters of a title that fit into a line of any screen."""

_WITH_NEXT = frozenset(
    "与和及或同跟在把被让使向从由对为以按将不未无没每各全多小大老新第前后一二两三四五六七八九十几"
)
_OPENING = frozenset("（《“‘【〔「『(<[—")
_CLOSING = frozenset("）》”’】〕」』)>]，。、；：？！…—,.;:?!%℃")

_OWN_WORDS = ("联村", "党建", "镇街")
"""Words of the field that are not in the dictionary."""

_BREAK = Markup("<wbr>")


@lru_cache(maxsize=4096)
def phrases(title: str) -> Markup:
    """Return a title as HTML with the places marked where its lines may break."""
    if len(title) <= ONE_LINE:
        return escape(title)
    return _BREAK.join(phrases_of(title))


def phrases_of(title: str) -> Iterator[str]:
    """Yield the pieces of a title between which its lines may break."""
    piece, held = "", False
    for word in _segmenter()(title):
        if piece and not held and not _clings(word):
            yield piece
            piece = ""
        piece += word
        held = word[-1] in _OPENING or (len(word) == 1 and word in _WITH_NEXT)
    if piece:
        yield piece


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """Return what cuts a text into words; its dictionary takes 0.1 s and 30 MB to load."""
    try:
        import rjieba
    except ModuleNotFoundError:  # pragma: no cover: where Python runs in a browser, it has none
        return lambda text: [text]
    for word in _OWN_WORDS:
        rjieba.add_word(word, 100_000, "n")
    return rjieba.cut


def _clings(word: str) -> bool:
    """Return whether a word belongs to the one before it."""
    return word[0] in _CLOSING or (
        len(word) == 1 and word not in _OPENING and word not in _WITH_NEXT
    )
