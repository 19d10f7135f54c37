"""What a class must hold, as a site states it: choices that carry components and yearly minimums."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from casebook_site.schema.choices import Choice, Vocabulary


class Role(Enum):
    """What a session can be, by the field of `Session` that says so."""

    PRESCRIBED = "prescribed"
    VISIT = "teaching_point"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class StatedComponent:
    """A part of a procedure, with what its words are where nobody says otherwise."""

    role: Role
    least: int
    """How many sessions a class must have; of each item, where there are items."""
    mark: str = ""
    """Empty for the number of items, the number of sessions, or N."""
    title: str = ""
    request: str = ""
    items: tuple[str, ...] = ()
    """Ids of the prescribed items; empty for all that the site has."""


@dataclass(frozen=True, slots=True)
class YearlyMinimum:
    """The least training that a sort of trainee must have in a year."""

    trainees: str
    days: float = 0
    hours: float = 0


@dataclass(frozen=True, slots=True)
class ProcedureChoice(Choice):
    """A procedure that a school or a class may follow. One without components asks nothing."""

    components: tuple[StatedComponent, ...] = ()
    yearly: tuple[YearlyMinimum, ...] = ()


COMPONENT_ROLES = Vocabulary(
    "component-roles",
    "环节的性质",
    (
        Choice(Role.PRESCRIBED.value, "规定动作"),
        Choice(Role.VISIT.value, "教学点"),
        Choice(Role.OWN.value, "自选动作"),
    ),
)

NO_PROCEDURE = ProcedureChoice("none", "不按固定流程", "示范班、竞学班等")
"""Every site has it."""

PROCEDURES = Vocabulary(
    "procedures",
    "培训流程",
    (
        ProcedureChoice(
            "five-one-n",
            "5+1+N",
            components=(
                StatedComponent(Role.PRESCRIBED, 1),
                StatedComponent(Role.VISIT, 1),
                StatedComponent(Role.OWN, 0),
            ),
            yearly=(YearlyMinimum("ordinary", days=1), YearlyMinimum("cadre", days=2)),
        ),
        NO_PROCEDURE,
    ),
)
"""The article's: 5 prescribed items, a class at a teaching point, own items; 1 and 2 days a year."""
