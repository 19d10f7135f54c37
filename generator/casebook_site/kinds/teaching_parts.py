"""Tables of courses, faculty and platforms, on pages and in packs."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.outputs.packs.document import Item, plain
from casebook_site.outputs.site.views import LinkView, Section, StepView, TableRow
from casebook_site.records.teaching import Course, Faculty, Platform, Requirement
from casebook_site.records.teaching_parts import SyllabusItem
from casebook_site.schema.walking import title_of


def syllabus_section(record: Course) -> Section:
    """Return the items of a course, in order."""
    title = str(type(record).model_fields["syllabus"].title)
    steps = (StepView(item.title, _of_item(item)) for item in record.syllabus)
    return Section("syllabus", title, steps=tuple(steps))


def web_section(record: Course) -> Section:
    """Return where a course is on the web."""
    title = str(type(record).model_fields["links"].title)
    return Section("web", title, links=tuple(LinkView(one.title, one.url) for one in record.links))


def syllabus_items(record: Course) -> tuple[Item, ...]:
    """Return the items of a course as a pack lists them."""
    return tuple(
        Item(f"{number}.", plain("　".join(filter(None, (item.title, _of_item(item))))))
        for number, item in enumerate(record.syllabus, start=1)
    )


def _of_item(item: SyllabusItem) -> str:
    """Return how long an item takes, and who teaches it."""
    minutes = f"{item.minutes}分钟" if item.minutes else ""
    return "，".join(filter(None, (minutes, title_of(item, "group"))))


def years_section(record: Faculty) -> Section:
    """Return how many the group had in each year, the newest first."""
    rows = (
        (f"{one.year}年", *map(_people, (one.size, one.joined, one.left)))
        for one in sorted(record.years, key=lambda one: -one.year)
    )
    title = str(type(record).model_fields["years"].title)
    return Section(
        "years",
        title,
        columns=("年度", "人数", "入库", "出库"),
        rows=tuple(TableRow(tuple(map(LinkView, row))) for row in rows),
    )


def subjects_section(record: Faculty) -> Section:
    """Return what the group teaches."""
    title = str(type(record).model_fields["subjects"].title)
    told = (f"{one.title}　{_people(one.size)}".strip() for one in record.subjects)
    return Section("subjects", title, lines=tuple(told))


def _people(count: int | None) -> str:
    """Return `45人`; empty where nobody says how many."""
    return "" if count is None else f"{formatting.number(count)}人"


def programme_section(record: Platform) -> Section:
    """Return what the platform brings, and when."""
    title = str(type(record).model_fields["programme"].title)
    rows = ((one.title, one.when or "", one.where or "") for one in record.programme)
    return Section(
        "programme",
        title,
        columns=("节目", "时间", "收看办法"),
        rows=tuple(TableRow(tuple(map(LinkView, row))) for row in rows),
    )


def requirement_text(requirement: Requirement) -> str:
    """Return the note of a requirement, what it rests on, and when it was checked."""
    evidence = f"依据：{requirement.evidence}" if requirement.evidence else ""
    date = f"{requirement.checked_on.chinese}核对" if requirement.checked_on else ""
    said = (requirement.note, evidence, date)
    return "。".join(part.rstrip("。") for part in said if part) + ("。" if any(said[1:]) else "")
