"""A code fits its level, its system and the place above.

Right: a township of county 370323 has a nine-digit code 370323….
Wrong: six digits for a township; a code of another county; two codes of one system.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casebook_site.base.problems import Problem
from casebook_site.records.places import Place
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.walking import title_of


def check(record: Place, given: CheckInput) -> Iterator[Problem]:
    """One problem for each code that does not fit."""
    above = _codes_above(record, given)
    level = given.catalog.schema.of(record).place.level
    digits = level.code_digits if level else 0
    seen: set[str] = set()
    for index, code in enumerate(record.codes):
        at = partial(given.locate, record, "codes", index, "value")  # looked up only for a problem
        if len(code.value) != digits:
            yield Problem(
                at(),
                "CB208",
                f"{record.kind_title}的代码应有 {digits} 位，“{code.value}”有 {len(code.value)} 位。",
                "县级 6 位、乡级 9 位、村级 12 位。",
            )
        elif code.system in above and not code.value.startswith(above[code.system]):
            yield Problem(
                at(),
                "CB208",
                f"代码“{code.value}”不以上级代码“{above[code.system]}”开头。",
                f"两套代码互不通用，核对{title_of(code, 'system')}。",
            )
        if code.system in seen:
            yield Problem(at(), "CB208", f"{code.system} 写了两个代码。", "同一体系只写一个。")
        seen.add(code.system)


def _codes_above(record: Place, given: CheckInput) -> dict[str, str]:
    """Return system → code of the place in which a place lies."""
    key = given.places.smallest_above(record)
    above = given.catalog.get(key) if key else None
    return {code.system: code.value for code in above.codes} if isinstance(above, Place) else {}


RULE = Rule("links", (Place,), ("CB208",), check)
