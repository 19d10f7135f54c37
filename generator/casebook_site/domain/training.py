"""The rules of training: how a class is made up, and how much a year members are trained.

Both are what a site's procedures say (`records/procedures.py`, `content/vocabularies/procedures.yml`).
Checks, pages, packs and the planner ask here; none of them knows the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from casebook_site.domain.formatting import number
from casebook_site.records.procedures import (
    NO_PROCEDURE,
    PROCEDURES,
    ProcedureChoice,
    Role,
    StatedComponent,
    YearlyMinimum,
)
from casebook_site.records.teaching import (
    Evaluation,
    EvaluationItem,
    PartySchool,
    Session,
    TrainingClass,
)
from casebook_site.records.teaching_plans import YearPlan
from casebook_site.records.vocabularies import PRESCRIBED_ITEMS, TRAINEES
from casebook_site.schema.fields import unit_of, value_of
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import title_of


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


@cache
def procedure_named(schema: Schema, id: str) -> Procedure:
    """Return a procedure of a site with the words of its components."""
    choice = _choice(schema, id)
    items = schema.vocabulary(PRESCRIBED_ITEMS)
    return Procedure(choice.title, tuple(_component(part, items) for part in choice.components))


def procedure_of(schema: Schema, school: PartySchool | None = None) -> Procedure:
    """Return the procedure of a school's classes, or that of a site's."""
    return procedure_named(schema, _id_of_school(schema, school))


def procedure_of_class(
    schema: Schema, record: TrainingClass, school: PartySchool | None
) -> Procedure:
    """Return the procedure that a class follows: its own, else its school's, else the site's."""
    return procedure_named(schema, record.procedure or _id_of_school(schema, school))


def _id_of_school(schema: Schema, school: PartySchool | None) -> str:
    named = school.procedure if school else None
    return named or next(iter(schema.vocabulary(PROCEDURES)))


def _choice(schema: Schema, id: str) -> ProcedureChoice:
    choice = schema.vocabulary(PROCEDURES).choice(id)
    return choice if isinstance(choice, ProcedureChoice) else replace(NO_PROCEDURE, id=id)


def _component(stated: StatedComponent, items: Mapping[str, str]) -> Component:
    """Return a component with its marks and words, and the titles of its items."""
    own: Mapping[str, str] = {}
    mark, title, request = "N", stated.title or "自选动作", ""
    if stated.role is Role.PRESCRIBED:
        own = {id: items[id] for id in stated.items or items if id in items}
        mark, title = str(len(own)), stated.title or "规定动作"
    elif stated.role is Role.VISIT:
        mark, title = str(stated.least), stated.title or "教学点"
        request = f"到{stated.least}处教学点上课" if stated.least > 1 else "到基层教学点上课"
    request = stated.request or request or title
    return Component(stated.role, stated.mark or mark, title, request, stated.least, own)


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
class YearlyTime:
    """Training of a sort of trainee in a year, against the least that the year asks for."""

    group: str
    """Value of `TrainingClass.trainees`."""
    title: str
    """`普通党员`."""
    minimum: YearlyMinimum
    days: float = 0
    hours: float = 0

    @property
    def least(self) -> float:
        """The days that the year asks for; 0 where nobody has said."""
        return self.minimum.days

    @property
    def missing(self) -> float:
        """How many days are still to be held; 0 where the year's minimum is reached."""
        return max(self.minimum.days - self.days, 0)

    @property
    def missing_hours(self) -> float:
        """The same in hours."""
        return max(self.minimum.hours - self.hours, 0)

    def lacks(self) -> tuple[str, str] | None:
        """Return (what there is, what is asked for) where that is less, else None."""
        if self.missing:
            return f"{number(self.days)} 天", f"{number(self.minimum.days)} 天"
        if self.missing_hours:
            return f"{number(self.hours)} 学时", f"{number(self.minimum.hours)} 学时"
        return None


def time_of_class(schema: Schema, record: TrainingClass, school: PartySchool | None) -> YearlyTime:
    """Return the days and hours of a class, for those whom it trains."""
    minimum = _minimum(schema, school, record.trainees)
    title = title_of(record, "trainees")
    return YearlyTime(record.trainees, title, minimum, record.days, record.hours or 0)


def _minimum(schema: Schema, school: PartySchool | None, group: str) -> YearlyMinimum:
    """Return the least that a school's procedure asks for a sort of trainee."""
    stated = _choice(schema, _id_of_school(schema, school)).yearly
    return next((one for one in stated if one.trainees == group), YearlyMinimum(group))


def days_field(group: str) -> str:
    """Return the field of `YearPlan` with the days of a sort of trainee."""
    return f"{group}_days"


def times_of_plan(
    schema: Schema, plan: YearPlan, school: PartySchool | None = None
) -> tuple[tuple[YearlyTime, tuple[str | int, ...]], ...]:
    """Return what a school plans for each sort of trainee, with where the plan says it."""
    found: list[tuple[YearlyTime, tuple[str | int, ...]]] = []
    for group, title in schema.vocabulary(TRAINEES).items():
        minimum = _minimum(schema, school, group)
        days = value_of(plan, days_field(group))
        if days is not None:
            found.append((YearlyTime(group, title, minimum, days), (days_field(group),)))
        for index, other in enumerate(plan.others):
            if other.trainees == group:
                time = YearlyTime(group, title, minimum, other.days or 0, other.hours or 0)
                found.append((time, ("others", index)))
    return tuple(found)


def yearly_times(schema: Schema, school: PartySchool | None = None) -> Iterator[YearlyTime]:
    """Yield each sort of trainee with no training yet."""
    trainees = schema.vocabulary(TRAINEES)
    return (
        YearlyTime(group, title, _minimum(schema, school, group))
        for group, title in trainees.items()
    )


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield how many questionnaires there were, and what was written on them."""
    yield f"发出{evaluation.sent}份，收回{evaluation.returned}份。"
    if evaluation.remarks:
        yield f"意见归纳：{evaluation.remarks}"


def evaluation_table(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """Return the counts of a questionnaire: a head, and a row for each item."""
    head = tuple(str(info.title) for info in EvaluationItem.model_fields.values())
    rows = [
        tuple(str(value_of(item, name)) for name in EvaluationItem.model_fields)
        for item in evaluation.items
    ]
    return [head, *rows]


ANSWERS = tuple(name for name, info in EvaluationItem.model_fields.items() if unit_of(info))
"""The fields of an item that count answers, the best answer first."""


def answers_of(item: EvaluationItem) -> int:
    """Return how many answered one item."""
    return sum(value_of(item, name) for name in ANSWERS)
