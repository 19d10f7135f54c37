"""Emphasis beside Chinese, for markdown-it-py: `**重点：**先开会` is bold.

CommonMark (0.31, 6.2) lets emphasis end behind punctuation only if space or punctuation follows.
Chinese has no spaces, so the rule is amended as CJK-friendly Markdown does: a Chinese character,
punctuation or not, never forbids a delimiter, and stands for punctuation where that would allow one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline.state_inline import Delimiter

from casebook_site.base.characters import CHINESE

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_CHINESE = re.compile(f"[{CHINESE}]")


def _is_chinese(character: str) -> bool:
    return _CHINESE.match(character) is not None


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def emphasis(state: StateInline, silent: bool) -> bool:
    """Take a run of `*` or `_` as delimiters; a rule in the place of markdown-it's own."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*":
        opens, closes = _beside_chinese(state, scanned.length)
        can_open, can_close = can_open or opens, can_close or closes
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += scanned.length
    return True


def _beside_chinese(state: StateInline, length: int) -> tuple[bool, bool]:
    """Return whether a run of `*` may open, and may close, since Chinese stands beside it."""
    end = state.pos + length
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    is_chinese = _is_chinese(before), _is_chinese(after)
    if not any(is_chinese):
        return False, False

    def flanks(inner: str, outer: str) -> bool:
        if isWhiteSpace(ord(inner)):
            return False
        forbidden = _is_punctuation(inner) and not _is_chinese(inner)
        return not forbidden or isWhiteSpace(ord(outer)) or _is_chinese(outer)

    return flanks(after, before), flanks(before, after)
