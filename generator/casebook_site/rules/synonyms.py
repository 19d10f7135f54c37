"""Groups of synonyms say something: two words or more, each of two characters or more, each once.

Words are compared as search compares them, so that 联村党委 and 聯村黨委 are one word.

Right: `- [联村党委, 联合党委]`.
Wrong: `- [联村党委]`, a group of one; `- [村, 庄]`, characters that stand in too many words; a word
that stands in two groups.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.search.synonyms import Synonyms
from casebook_site.search.text import normal


def check_synonyms(synonyms: Synonyms) -> Iterator[Problem]:
    """Every problem of the groups."""
    seen: dict[str, tuple[int, int]] = {}
    for number, group in enumerate(synonyms.groups):
        if len(group) < 2:
            yield Problem(
                synonyms.locate("groups", number),
                "CB671",
                "这一组只有一个词。",
                "同义词两个以上才成一组；补上别的说法，或删去这一行。",
            )
        for place, word in enumerate(group):
            here = synonyms.locate("groups", number, place)
            form = normal(word)
            if len(form) < 2:
                yield Problem(
                    here, "CB672", f"“{word}”不足两个字。", "一个字处处都有，写成词，或删去。"
                )
            elif form in seen:
                first = synonyms.locate("groups", *seen[form])
                yield Problem(
                    here,
                    "CB673",
                    f"“{word}”已写在 {first}（搜索不分繁简、大小写）。",
                    "一个词只留一处；意思相同的并成一组。",
                )
            else:
                seen[form] = (number, place)
