"""Ids of headings, by which links find them: Chinese stays, so that they can be read and last."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_DROPPED = re.compile(r"[^\w\s-]")
_BLANKS = re.compile(r"[-\s]+")


def slug(text: str, separator: str = "-") -> str:
    """Return the id of a heading: `怎样到达？` → `怎样到达`; the form that Python-Markdown asks for."""
    kept = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).strip().lower()
    return _BLANKS.sub(separator, kept)


def unique(id: str, taken: Collection[str]) -> str:
    """Return an id that no heading before has: `a`, `a_1`, `a_2`, as Python-Markdown counts."""
    found, number = id, 0
    while found in taken or not found:
        number += 1
        found = f"{id}_{number}"
    return found


_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(?P<atx>\S.*)$|^(?P<setext>\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE
)
# Bounded: a text may hold ten thousand brackets that nothing closes.
_OWN_ID = re.compile(r"\{[^{}\n]{0,200}?#(?P<id>[^\s{}]{1,200})[^{}\n]{0,200}\}\s*$")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_HTML_ID = re.compile(r"""<[^<>]{1,200}?\b(?:id|name)=["']([^"'<>]{1,200})["']""")


def anchors_of(markdown: str) -> set[str]:
    """Return the ids that a text in Markdown has when it is a page: of headings, and of HTML."""
    found = set(_HTML_ID.findall(markdown))
    for match in _HEADING.finditer(markdown):
        text = (match["atx"] or match["setext"]).rstrip().rstrip("#").rstrip()
        if own := _OWN_ID.search(text):
            found.add(own["id"])
        else:
            found.add(unique(slug(_LINK.sub(r"\1", text)), found))
    return found
