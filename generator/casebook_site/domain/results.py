"""What schools have planned and held in a year: classes, days, hours, people, only as records say it.

A plan is of days and hours for each trainee; what was held is a sum over classes. They stand side by
side and are not set off against each other. A class whose record does not say whether it was held
is counted as that and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casebook_site.domain.formatting import number
from casebook_site.domain.training import times_of_plan
from casebook_site.records.teaching import PartySchool, TrainingClass
from casebook_site.records.vocabularies import CANCELLED, HELD, PLANNED
from casebook_site.schema.kinds import Schema
from casebook_site.schema.walking import title_of


@dataclass
class GroupResult:
    """A sort of trainee at a school in a year."""

    title: str
    """`普通党员`."""
    planned_days: float = 0
    """For each trainee, as the plan of the year says; 0 where it says nothing."""
    planned_hours: float = 0
    classes: int = 0
    """Held."""
    days: float = 0
    hours: float = 0
    people: int = 0
    """People-times: who came twice is counted twice."""
    uncounted: int = 0
    """Held classes whose record does not say how many came."""

    @property
    def planned(self) -> str:
        """`2天，16学时`, for each trainee; empty where nothing is planned."""
        days = f"{number(self.planned_days)}天" if self.planned_days else ""
        hours = f"{number(self.planned_hours)}学时" if self.planned_hours else ""
        return "，".join(filter(None, (days, hours)))

    def add(self, record: TrainingClass) -> None:
        """Add a class that was held."""
        self.classes += 1
        self.days += record.days
        self.hours += record.hours or 0
        came = came_to(record)
        self.people += came
        self.uncounted += not came


@dataclass
class SchoolYear:
    """A school in a year."""

    school: PartySchool
    year: int
    groups: dict[str, GroupResult] = field(default_factory=dict)
    """Sort of trainee → what was planned and held for it."""
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """State of a class → how many; empty for those that do not say it."""

    def group(self, id: str, title: str) -> GroupResult:
        """Return what is known of a sort of trainee."""
        return self.groups.setdefault(id, GroupResult(title))


def came_to(record: TrainingClass) -> int:
    """Return how many came to a class; 0 where the record does not say it."""
    return record.attended or record.participants or 0


def school_years(
    schema: Schema, schools: Sequence[PartySchool], classes: Iterable[TrainingClass]
) -> list[SchoolYear]:
    """Return what each school has planned or held in each year, the newest year first.

    The schools of a year are in the order in which they are given.
    """
    found: dict[tuple[int, str], SchoolYear] = {}
    by_id = {school.id: school for school in schools}
    for school in schools:
        for plan in school.year_plans:
            known = found.setdefault((plan.year, school.id), SchoolYear(school, plan.year))
            for time, _ in times_of_plan(schema, plan, school):
                group = known.group(time.group, time.title)
                group.planned_days = group.planned_days or time.days
                group.planned_hours = group.planned_hours or time.hours
    for record in classes:
        if record.school in by_id:
            at = (record.begins.year, record.school)
            known = found.setdefault(at, SchoolYear(by_id[record.school], record.begins.year))
            known.states[record.status or ""] += 1
            if record.status == HELD:
                known.group(record.trainees, title_of(record, "trainees")).add(record)
    order = {school.id: position for position, school in enumerate(schools)}
    return sorted(found.values(), key=lambda one: (-one.year, order[one.school.id]))


def by_year(years: Iterable[SchoolYear]) -> dict[int, list[SchoolYear]]:
    """Return year → its schools."""
    found: dict[int, list[SchoolYear]] = {}
    for one in years:
        found.setdefault(one.year, []).append(one)
    return found


HEAD = ("党校", "对象", "计划（每人）", "已办班", "天数", "学时", "人次")


def rows_of(years: Iterable[SchoolYear]) -> Iterator[tuple[SchoolYear, tuple[str, ...]]]:
    """Yield a row for each sort of trainee of a school, as `HEAD` names its columns."""
    for one in years:
        for group in one.groups.values():
            yield (
                one,
                (
                    one.school.name,
                    group.title,
                    group.planned,
                    f"{group.classes}期" if group.classes else "",
                    number(group.days) if group.days else "",
                    number(group.hours) if group.hours else "",
                    str(group.people) if group.people else "",
                ),
            )


def people_of(one: SchoolYear) -> int:
    """Return the people-times of a school in a year."""
    return sum(group.people for group in one.groups.values())


# --- in words -------------------------------------------------------------------------------------


def paragraph(year: int, schools: Sequence[SchoolYear]) -> str:
    """Return what a yearly report says of a year: sums, and what is not known."""
    held = _state(schools, HELD)
    groups = [group for one in schools for group in one.groups.values()]
    days, hours = sum(group.days for group in groups), sum(group.hours for group in groups)
    people = sum(group.people for group in groups)
    planned = [one for one in schools if any(group.planned for group in one.groups.values())]
    said = [f"{year}年，{len(planned)}所党校定了年度计划" if planned else f"{year}年"]
    if held:
        time = f"{number(days)}天" + (f"、{number(hours)}学时" if hours else "")
        said.append(f"{_number_of_schools(schools)}所党校办了{held}期培训班，共{time}")
        if people:
            said.append(f"参训{people}人次{_by_group(schools)}")
    else:
        said.append("没有已办培训班的记录")
    return "，".join(said) + "。" + "".join(_unknown(schools))


def _number_of_schools(schools: Sequence[SchoolYear]) -> int:
    return sum(one.states[HELD] > 0 for one in schools)


def _by_group(schools: Sequence[SchoolYear]) -> str:
    """Return the people-times of each sort of trainee, where there are several."""
    people: dict[str, int] = {}
    for one in schools:
        for group in one.groups.values():
            if group.people:
                people[group.title] = people.get(group.title, 0) + group.people
    told = "、".join(f"{title}{count}人次" for title, count in people.items())
    return f"（{told}）" if len(people) > 1 else ""


def _unknown(schools: Sequence[SchoolYear]) -> Iterator[str]:
    """Yield what keeps the sums from being whole."""
    if uncounted := sum(g.uncounted for one in schools for g in one.groups.values()):
        yield f"其中{uncounted}期没有记人数，不在人次里。"
    if planned := _state(schools, PLANNED):
        yield f"另有{planned}期在计划中。"
    if cancelled := _state(schools, CANCELLED):
        yield f"取消{cancelled}期。"
    if unsaid := _state(schools, ""):
        yield f"还有{unsaid}期没有写明办了没有，都没有算。"


def _state(schools: Iterable[SchoolYear], state: str) -> int:
    return sum(one.states.get(state, 0) for one in schools)
