"""Line ends that YAML folds into a space, taken away between two Chinese characters.

YAML 1.2 (6.5) joins the lines of folded (`>`), plain and quoted scalars with a space. Chinese is
written without spaces, so the space would stand in the middle of a word, and search not find it.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from casebook_site.base.characters import CHINESE

_FOLD = re.compile(rf"(?<=[{CHINESE}])[ ]*\r?\n[ ]*(?=[{CHINESE}])")
_INDENT = re.compile(r"^[ ]*(?=\S)", re.MULTILINE)


def has_folds(text: str) -> bool:
    """Return whether a line of a file ends, and the next begins, with a Chinese character."""
    return _FOLD.search(text) is not None


def unfolded(value: str, event: Any, text: str) -> str:
    """Return the value of a scalar without spaces that stand for line ends between Chinese.

    `event`: the scalar; `text`: the file that it stands in.
    """
    first, last = event.start_mark, event.end_mark
    if first.line == last.line or event.style == "|" or " " not in value:
        return value
    written = text[first.index : last.index]
    joined = _joined_block(written) if event.style == ">" else _FOLD.sub("", written)
    if joined == written:
        return value
    try:
        again = yaml.load(f"k: {joined}\n", Loader=yaml.CBaseLoader)
    except yaml.YAMLError:  # such as a plain scalar that only brackets make one
        return value
    return str(again["k"])


def _joined_block(written: str) -> str:
    """Return a `>` block with lines joined; lines that are indented further are not folded."""
    header, _, body = written.partition("\n")
    indent = min((len(found) for found in _INDENT.findall(body)), default=0)
    even = re.compile(rf"(?<=[{CHINESE}])[ ]*\r?\n[ ]{{{indent}}}(?=[{CHINESE}])")
    lines = even.sub("", body)
    return f"{header}\n{_unless_indented(body, lines, indent)}"


def _unless_indented(body: str, lines: str, indent: int) -> str:
    """Return `lines`, or `body` where it has lines that are indented further."""
    further = re.search(rf"^[ ]{{{indent + 1},}}\S", body, re.MULTILINE)
    return body if further else lines
