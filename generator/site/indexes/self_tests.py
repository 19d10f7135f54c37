"""Self-tests: the questions of all courses and teaching points, each answer folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator import wording
from generator.catalog import key_of
from generator.records.teaching import Course, TeachingPoint
from generator.site.indexes.paging import Listing, Made
from generator.site.kinds.parts import asked
from generator.site.pages import Desk
from generator.site.views import Section

Asking = Course | TeachingPoint


def build(desk: Desk) -> Iterator[Made]:
    """Courses first, then teaching points, by pinyin; a record's questions stay together."""
    courses: Iterable[Asking] = desk.edition.of(Course).values()
    points: Iterable[Asking] = desk.edition.of(TeachingPoint).values()
    records = [
        record
        for held in (courses, points)
        for record in wording.by_pinyin(held, lambda record: record.name)
        if record.questions
    ]

    def show(path: str, shown: Sequence[Asking]) -> dict[str, object]:
        return {"sections": tuple(_section(desk, record, path) for record in shown)}

    yield from Listing(
        desk,
        "self-tests",
        records,
        show,
        empty="目前没有自测题。在课程或教学点的记录里写上 questions（题目与答案），就会列到这里。",
    ).pages()


def _section(desk: Desk, record: Asking, path: str) -> Section:
    link = desk.link(key_of(record), path, note=record.kind_title)
    return Section(
        f"{record.kind}-{record.id}",
        record.name,
        questions=asked(record.questions),
        links=(link,) if link else (),
    )
