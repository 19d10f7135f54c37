"""The rules of training: how a class is made up, and how many days a year members are trained.

Both are the article's (source `seed`): 5 prescribed items, at least 1 class at a teaching point,
N own items; ordinary members 1 day a year, village cadres 2. Checks, pages, packs and the
planner ask `procedure_of` and `yearly_days`; none of them knows the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache

from casebook_site.records.teaching import YEARLY_MINIMUM_DAYS, Session, TrainingClass, YearPlan
from casebook_site.records.vocabularies import PRESCRIBED_ITEMS, TRAINEES
from casebook_site.schema.fields import value_of
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import title_of


class Role(Enum):
    """What a session can be, by the field of `Session` that says so."""

    PRESCRIBED = "prescribed"
    VISIT = "teaching_point"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a procedure: the 5, the 1 or the N."""

    role: Role
    mark: str
    """`5`: what stands before its sessions in a programme."""
    title: str
    """`规定动作`: what one of its sessions is called."""
    request: str
    """`到基层教学点上课`: what is asked of a class."""
    least: int
    """How many sessions a class must have; of each item, where there are items."""
    items: Mapping[str, str] = field(default_factory=dict)
    """Value of `Session.prescribed` → title, where the component names its sessions one by one."""


@dataclass(frozen=True, slots=True)
class ComponentCount:
    """What a class holds of one component, or of one of its items."""

    component: Component
    item: str
    """Title of the item, or empty."""
    held: int
    """Number of sessions."""

    @property
    def is_lacking(self) -> bool:
        """Whether the procedure asks for more."""
        return self.held < self.component.least

    @property
    def request(self) -> str:
        """What is asked of the class: `规定动作：重温入党誓词`."""
        return f"{self.component.title}：{self.item}" if self.item else self.component.request


@dataclass(frozen=True, slots=True)
class Procedure:
    """How a class is made up. One without components asks nothing of a class."""

    title: str
    """`5+1+N`."""
    components: tuple[Component, ...]

    def components_of(self, session: Session) -> tuple[Component, ...]:
        """Return the components that a session belongs to; exactly one where it is right."""
        return tuple(
            component for component in self.components if value_of(session, component.role.value)
        )

    def counts(self, sessions: Iterable[Session]) -> Iterator[ComponentCount]:
        """Yield what a class holds of each component and item, in the procedure's order."""
        held = list(sessions)
        for component in self.components:
            values = [value_of(session, component.role.value) for session in held]
            for item, title in component.items.items():
                yield ComponentCount(component, title, values.count(item))
            if not component.items:
                yield ComponentCount(component, "", sum(map(bool, values)))


PROCEDURE_TITLE = "5+1+N"
"""What the article calls its procedure."""


@cache
def procedure_of(schema: Schema) -> Procedure:
    """Return the procedure of a site's classes: the article's, with the site's prescribed items."""
    items = schema.vocabulary(PRESCRIBED_ITEMS)
    return Procedure(
        PROCEDURE_TITLE,
        (
            Component(Role.PRESCRIBED, str(len(items)), "规定动作", "规定动作", 1, items),
            Component(Role.VISIT, "1", "教学点", "到基层教学点上课", 1),
            Component(Role.OWN, "N", "自选动作", "自选动作", 0),
        ),
    )


LECTURE = "leader_lecture"
"""The prescribed item that is a lesson: it may have a course, and listeners judge it."""

USUAL_MINUTES = {
    "sign_in": 10,
    "anthem": 5,
    "oath": 5,
    "constitution": 20,
    LECTURE: 40,
}
"""Prescribed item → how long the planner assumes that it takes."""
OTHERWISE_MINUTES = 10
"""The same for an item that a site has added."""


def usual_minutes(schema: Schema) -> dict[str, int]:
    """Return the minutes that the planner assumes for each prescribed item of a site."""
    items = schema.vocabulary(PRESCRIBED_ITEMS)
    return {item: USUAL_MINUTES.get(item, OTHERWISE_MINUTES) for item in items}


@dataclass(frozen=True, slots=True)
class YearlyDays:
    """Days of training of a sort of trainee, against the least that the year asks for."""

    group: str
    """Value of `TrainingClass.trainees`."""
    title: str
    """`普通党员`."""
    days: float

    @property
    def least(self) -> float:
        """The days that the year asks for; 0 where nobody has said."""
        return YEARLY_MINIMUM_DAYS.get(self.group, 0)

    @property
    def missing(self) -> float:
        """How many days are still to be held; 0 where the year's minimum is reached."""
        return max(self.least - self.days, 0)


def days_of_class(record: TrainingClass) -> YearlyDays:
    """Return the days of a class, for those whom it trains."""
    return YearlyDays(record.trainees, title_of(record, "trainees"), record.days)


def days_field(group: str) -> str:
    """Return the field of `YearPlan` with the days of a sort of trainee."""
    return f"{group}_days"


def planned_days(schema: Schema) -> tuple[YearlyDays, ...]:
    """Return each sort of trainee that a plan of a year has a field for, with no days yet."""
    fields = YearPlan.model_fields
    return tuple(sort for sort in yearly_days(schema) if days_field(sort.group) in fields)


def days_of_plan(schema: Schema, plan: YearPlan) -> tuple[YearlyDays, ...]:
    """Return the days that a school plans, for each of these sorts of trainees."""
    return tuple(
        replace(sort, days=value_of(plan, days_field(sort.group))) for sort in planned_days(schema)
    )


def yearly_days(schema: Schema) -> Iterator[YearlyDays]:
    """Yield each sort of trainee with no days yet."""
    trainees = schema.vocabulary(TRAINEES)
    return (YearlyDays(group, title, 0) for group, title in trainees.items())
