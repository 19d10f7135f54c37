"""A grade asks for what it rests on: an outlet or an author, and no link to a mirror.

Right: `grade: B` with `publisher` and no `url`; `grade: A` with a publisher or authors. Wrong: `grade: B`
with a `url`, or without a publisher; `grade: A` of which nobody knows who wrote and who published it.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.evidence import Source
from casebook_site.rules.rule import CheckInput, Rule


def check(record: Source, given: CheckInput) -> Iterator[Problem]:
    """Yield the problems of a source's grade against its link, publisher and authors."""
    if record.grade in ("A", "A-") and not (record.publisher or record.authors):
        yield Problem(
            given.locate(record, "grade"),
            "CB406",
            f"发布者和作者都不知道的来源，不能定为 {record.grade} 级。",
            "写上发布者或作者；查不到就定为 O（原文，发布者待查）。",
        )
    if record.grade == "B" and record.url:
        yield Problem(
            given.locate(record, "url"),
            "CB406",
            "B 级来源只见转载，不能给链接。",
            "删去 url，只写媒体名；查到原始网址再改等级。",
        )
    if record.grade == "B" and not record.publisher:
        yield Problem(
            given.locate(record, "grade"),
            "CB406",
            "B 级来源要写明媒体名（publisher）。",
            "写上媒体名。",
        )


RULE = Rule("record", (Source,), ("CB406",), check)
