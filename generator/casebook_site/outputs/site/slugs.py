"""The ASCII names of the pages of tags."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casebook_site.base.pinyin import pinyin

LONGEST = 48


def slugs_of(tags: Iterable[str]) -> dict[str, str]:
    """Return tag → name of its page; tags with one reading are told apart by a number."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for tag in sorted(tags):
        base = _reading(tag)
        if re.search(r"-\d+$", base):
            base += "-t"  # "-2" is how the second page of a list is named
        slug, n = f"tag-{base}", 2
        while slug in taken:
            slug, n = f"tag-{base}-x{n}", n + 1
        taken.add(slug)
        slugs[tag] = slug
    return slugs


def _reading(tag: str) -> str:
    """Return the pinyin of a tag as far as it is ASCII; `tag` where nothing is."""
    spelled = pinyin(tag).replace(" ", "-")
    kept = "".join(c for c in spelled if c.isascii() and (c.isalnum() or c == "-"))
    return kept.strip("-")[:LONGEST] or "tag"
