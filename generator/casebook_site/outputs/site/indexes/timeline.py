"""What happened when: the dated events of all records, and what was changed on pages, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from casebook_site.base.templates import Template
from casebook_site.domain.page_changes import kind_of, latest_changes
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, listed
from casebook_site.outputs.site.sections import CHANGES, TIMELINE
from casebook_site.outputs.site.views import LinkView, RecordEntry
from casebook_site.records import Record
from casebook_site.records.base import Change, Event
from casebook_site.records.evidence import Source

TEMPLATE = Template("indexes/timeline.html", IndexView[SectionList])


def build(site: SiteModel) -> Iterator[IndexFile]:
    """Events grouped by year; what was changed on pages is a list of its own, where anything was.

    One event told by several records stands once for each.
    """
    changes = latest_changes(site.paged_records())
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
        TIMELINE,
        events,
        show,
        template=TEMPLATE,
        tabs=partial(_tabs, changes),
        beside=len(changes),
        empty="目前没有带日期的大事。在记录的 events 里写上日期、事件和来源，就会列到这里。",
    ).pages()
    if changes:
        yield from Listing(
            site,
            TIMELINE,
            changes,
            partial(_changes, site),
            TEMPLATE,
            part=CHANGES,
            title="更正与更新",
            lead="公开以后改过什么：写错的更正，新的情况补上。",
            tabs=partial(_tabs, changes),
        ).pages()


def _tabs(changes: Sequence[object], path: str) -> tuple[LinkView, ...]:
    """Return the two lists as tabs; none where nothing was changed."""
    if not changes:
        return ()
    return tuple(
        LinkView(title, None if target == path else relative(target, path))
        for title, target in (
            ("时间线", index_path(TIMELINE)),
            ("更正与更新", index_path(TIMELINE, part=CHANGES)),
        )
    )


def _changes(site: SiteModel, path: str, shown: Sequence[tuple[Record, Change]]) -> SectionList:
    return listed(
        [
            RecordEntry(
                site.link(key_of(record), path) or LinkView(record.name),
                f"{kind_of(change)}：{change.text}",
                (change.date.chinese,),
                f"{change.date.year}年",
            )
            for record, change in shown
        ]
    )
