"""Village, township and county of one record agree.

Right: a teaching point in 莒镇 of 禹城市. Wrong: county yiyuan with a township of yucheng.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebook_site.base.problems import Problem
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import County, Township, Village
from casebook_site.records.teaching import PartySchool, TeachingPoint
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import value_of


def check(record: Any, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for a township of another county, or a village of another township."""
    township = given.linked(Township, record.township)
    village = given.linked(Village, value_of(record, "village"))
    if township and township.county != record.county:
        county = given.linked(County, township.county)
        yield Problem(
            given.locate(record, "township"),
            "CB401",
            f"“{township.name}”属于{county.name if county else township.county}，与本条的县市不符。",
            "改正 county 或 township。",
        )
    if village and record.township and village.township != record.township:
        yield Problem(
            given.locate(record, "village"),
            "CB401",
            f"“{village.name}”不在本条的镇街（{record.township}），而在“{village.township}”。",
            "改正 township 或 village。",
        )
    if village and not record.township:
        above = given.linked(Township, village.township)
        if above and above.county != record.county:
            yield Problem(
                given.locate(record, "village"),
                "CB401",
                f"“{village.name}”属于{above.name}，与本条的县市不符。",
                "改正 county 或 village。",
            )


RULE = Rule("links", (JointCommittee, PartySchool, TeachingPoint), ("CB401",), check)
