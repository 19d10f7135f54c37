"""What happened when: the dated events of all records, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalog import key_of
from generator.records import Record
from generator.records.base import Event
from generator.site.indexes.paging import Listing, Made, grouped
from generator.site.pages import Desk
from generator.site.views import Entry, LinkView


def build(desk: Desk) -> Iterator[Made]:
    """Events grouped by year; one event told by several records stands once for each."""
    events = sorted(
        ((event, record) for record in desk.edition for event in record.events),
        key=lambda pair: (pair[0].date.iso, pair[1].kind, pair[1].id),
        reverse=True,
    )

    def show(path: str, shown: Sequence[tuple[Event, Record]]) -> dict[str, object]:
        return {
            "sections": grouped(
                [
                    Entry(
                        desk.link(key_of(record), path) or LinkView(record.name),
                        event.title,
                        (
                            event.date.chinese,
                            *(s.name for s in desk.links("source", event.sources, path)),
                        ),
                        f"{event.date.year}年",
                    )
                    for event, record in shown
                ]
            )
        }

    yield from Listing(
        desk,
        "timeline",
        events,
        show,
        template="indexes/timeline.html",
        empty="目前没有带日期的大事。在记录的 events 里写上日期、事件和来源，就会列到这里。",
    ).pages()
