"""Self-tests: the questions of all courses and teaching points, each answer folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import asked
from casebook_site.outputs.site.pages import LIST, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import Section
from casebook_site.records.teaching import Course, TeachingPoint

Asking = Course | TeachingPoint


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Courses first, then teaching points, by pinyin; a record's questions stay together."""
    courses: Iterable[Asking] = site.edition.of(Course).values()
    points: Iterable[Asking] = site.edition.of(TeachingPoint).values()
    records = [
        record
        for held in (courses, points)
        for record in formatting.by_pinyin(held, lambda record: record.name)
        if record.questions
    ]

    def show(path: str, shown: Sequence[Asking]) -> SectionList:
        return SectionList(tuple(_section(site, record, path) for record in shown))

    yield from Listing(
        site,
        "self-tests",
        records,
        show,
        LIST,
        empty="目前没有自测题。在课程或教学点的记录里写上 questions（题目与答案），就会列到这里。",
    ).pages()


def _section(site: SiteModel, record: Asking, path: str) -> Section:
    link = site.link(key_of(record), path, note=record.kind_title)
    return Section(
        f"{record.kind}-{record.id}",
        record.name,
        questions=asked(record.questions),
        links=(link,) if link else (),
    )
