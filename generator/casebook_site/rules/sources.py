"""A source seen only on a mirror (grade B) is cited by its outlet, without a link.

Right: `grade: B` with `publisher` and no `url`. Wrong: `grade: B` with a `url`, or without a publisher.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.evidence import Source
from casebook_site.rules.rule import CheckInput, Rule


def check(record: Source, given: CheckInput) -> Iterator[Problem]:
    """Problems of grade against link and publisher."""
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
