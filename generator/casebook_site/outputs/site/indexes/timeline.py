"""What happened when: the dated events of all records, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook_site.base.templates import Template
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, listed
from casebook_site.outputs.site.views import LinkView, RecordEntry
from casebook_site.records import Record
from casebook_site.records.base import Event
from casebook_site.records.evidence import Source

TIMELINE = Template("indexes/timeline.html", IndexView[SectionList])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Events grouped by year; one event told by several records stands once for each."""
    events = sorted(
        ((event, record) for record in site.edition for event in record.events),
        key=lambda pair: (pair[0].date.iso, pair[1].kind, pair[1].id),
        reverse=True,
    )

    def show(path: str, shown: Sequence[tuple[Event, Record]]) -> SectionList:
        return listed(
            [
                RecordEntry(
                    site.link(key_of(record), path) or LinkView(record.name),
                    event.title,
                    (
                        event.date.chinese,
                        *(s.name for s in site.links(Source.kind, event.sources, path)),
                    ),
                    f"{event.date.year}年",
                )
                for event, record in shown
            ]
        )

    yield from Listing(
        site,
        "timeline",
        events,
        show,
        template=TIMELINE,
        empty="目前没有带日期的大事。在记录的 events 里写上日期、事件和来源，就会列到这里。",
    ).pages()
