"""Self-tests: the questions of all records that ask some, each answer folded below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.domain.quizzes import questions_of
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import asked
from casebook_site.outputs.site.pages import LIST, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing
from casebook_site.outputs.site.views import Section
from casebook_site.records import Record


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Kind by kind, as readers expect them; a record's questions stay together."""
    records = [
        record
        for kind in site.schema
        for record in site.in_order(filter(questions_of, site.edition.records[kind.name].values()))
    ]

    def show(path: str, shown: Sequence[Record]) -> SectionList:
        return SectionList(tuple(_section(site, record, path) for record in shown))

    yield from Listing(
        site,
        "self-tests",
        records,
        show,
        LIST,
        empty="目前没有自测题。",
        to_editors="在课程、案例、机制、术语等记录里写上 questions（题目与答案），就会列到这里。",
    ).pages()


def _section(site: SiteModel, record: Record, path: str) -> Section:
    link = site.link(key_of(record), path, note=record.kind_title)
    return Section(
        f"{record.kind}-{record.id}",
        record.name,
        questions=asked(site, path, record, questions_of(record)),
        links=(link,) if link else (),
    )
