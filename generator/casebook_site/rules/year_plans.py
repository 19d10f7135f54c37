"""A school's yearly plan meets the yearly minimum of its procedure.

Under 5+1+N ordinary members are trained 1 day, village cadres 2.
Right: `ordinary_days: 1`, `cadre_days: 2`. Wrong: `cadre_days: 1`; one year planned twice; more trained than had to be.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.domain.training import times_of_plan
from casebook_site.records.teaching import PartySchool
from casebook_site.records.teaching_plans import YearPlan
from casebook_site.rules.rule import CheckInput, Rule


def check(record: PartySchool, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for each plan below the minimum, and for each year that is planned twice."""
    years: set[int] = set()
    for index, plan in enumerate(record.year_plans):
        for planned, place in times_of_plan(given.catalog.schema, plan, record):
            if lacking := planned.lacks():
                held, least = lacking
                yield Problem(
                    given.locate(record, "year_plans", index, *place),
                    "CB405",
                    f"{plan.year} 年{planned.title}计划 {held}，低于每年 {least}。",
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
        yield from _check_results(record, index, plan, given)


def _check_results(
    record: PartySchool, index: int, plan: YearPlan, given: CheckInput
) -> Iterator[Problem]:
    """Yield a problem where more met the minimum than had to."""
    for position, result in enumerate(plan.results):
        if result.met > result.due:
            yield Problem(
                given.locate(record, "year_plans", index, "results", position, "met"),
                "CB203",
                f"达标 {result.met} 人，多于应训的 {result.due} 人。",
                "改正人数。",
            )


RULE = Rule("record", (PartySchool,), ("CB405", "CB203"), check)
