"""A school's yearly plan meets the yearly minimum: ordinary members 1 day, village cadres 2.

The minimum is the article's (source `seed`).
Right: `ordinary_days: 1`, `cadre_days: 2`. Wrong: `cadre_days: 1`; one year planned twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.records.teaching import TRAINEES, YEARLY_MINIMUM_DAYS, PartySchool
from casebook_site.rules.rule import CheckInput, Rule


def check(record: PartySchool, given: CheckInput) -> Iterator[Problem]:
    """One problem for each plan below the minimum."""
    years: set[int] = set()
    for index, plan in enumerate(record.year_plans):
        for group, minimum in YEARLY_MINIMUM_DAYS.items():
            name = f"{group}_days"
            if getattr(plan, name) < minimum:
                yield Problem(
                    given.locate(record, "year_plans", index, name),
                    "CB405",
                    f"{plan.year} 年{TRAINEES[group]}计划 {getattr(plan, name)} 天，低于每年 {minimum} 天。",
                    "调整计划。",
                )
        if plan.year in years:
            yield Problem(
                given.locate(record, "year_plans", index, "year"),
                "CB203",
                f"{plan.year} 年的计划写了两次。",
                "合成一条。",
            )
        years.add(plan.year)


RULE = Rule("record", ("party-school",), ("CB405", "CB203"), check)
