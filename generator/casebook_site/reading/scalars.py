"""Plain scalars of YAML: what a word without quotes means, and which words are misread."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

from casebook_site.base.characters import bare

_WORD_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_WORD_TRUE = frozenset(["true", "True", "TRUE"])
_WORD_FALSE = frozenset(["false", "False", "FALSE"])
_WORD_BOOL = frozenset(
    f(word) for word in ("yes", "no", "on", "off") for f in (str.lower, str.title, str.upper)
)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MISREAD = re.compile(
    r"""[-+]?0[0-9_]+ | [-+]?0[xXbBoO][0-9a-fA-F_]+ | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      | [-+]?[0-9][0-9_]*_[0-9_]* | [-+]?[0-9][0-9_]*\.?[0-9_]*[eE][-+]?[0-9]+ | [-+]?\.[0-9_]+
      | [-+]?[0-9][0-9_]*\. | [-+]?0[0-9_]+\.[0-9_]*
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) | [=]
      | \d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}.*""",
    re.VERBOSE,
)
_MAYBE_SPECIAL = re.compile(r"[-+.~=<0-9]|[a-zA-Z~]{1,5}$")


class Misread(ValueError):
    """A plain scalar that YAML 1.1 turns into something else than it looks like."""


def resolve(text: str) -> Any:
    """Return the value of a plain scalar; raise `Misread` for what YAML 1.1 misreads."""
    if text > "\x7f" or (text and not _MAYBE_SPECIAL.match(text)):
        return text
    if text in _WORD_NULL:
        return None
    if text in _WORD_TRUE or text in _WORD_FALSE:
        return text in _WORD_TRUE
    if text in _WORD_BOOL:
        raise Misread(f"“{text}”会被 YAML 读成“是/否”")
    if _INT.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    if match := _DATE.fullmatch(text):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            raise Misread(f"“{text}”像日期，但历法中没有这一天") from None
    if _MISREAD.fullmatch(text):
        raise Misread(f"“{text}”会被 YAML 读成另一个值")
    return text


known_word = lru_cache(maxsize=1024)(resolve)
"""For words that stand in every file: names of fields."""


def resolved(text: str) -> Any:
    """Return the value of a plain scalar; what nobody sees keeps no number from being one."""
    if text.isascii():
        return resolve(text)
    value = resolve(bare(text))
    if isinstance(value, str):
        return text.strip() if text.strip().isascii() else text
    return value
