"""A former id is safe, and nobody else's id or former id.

Right: `former_ids: [zhujiahu-old]`, used by no other record of the kind.
Wrong: a former id that another record has now.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import PydanticCustomError

from casebook_site.base.problems import Problem
from casebook_site.model.catalog import Key
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import check_id


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each unusable former id."""
    for index, former in enumerate(record.former_ids):
        repeated = former in record.former_ids[:index]
        if fault := "写了两次" if repeated else _fault(former, record, given):
            yield Problem(
                given.locate(record, "former_ids", index),
                "CB305",
                f"曾用编号“{former}”{fault}。",
                "删去或改正这一项。",
            )


def _fault(former: str, record: Record, given: CheckInput) -> str:
    try:
        check_id(former)
    except PydanticCustomError as error:
        return error.message()
    same_kind = given.catalog.records[record.kind]
    if former in same_kind:
        return f"正由“{same_kind[former].name}”使用"
    first = given.former[Key(record.kind, former)]
    return "" if first is record else f"也写在“{first.name}”里"


RULE = Rule("catalog", (), ("CB305",), check)
