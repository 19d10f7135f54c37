"""Figure, source."""

from __future__ import annotations

from itertools import islice

from casebook_site.domain import formatting
from casebook_site.domain.citation import cite_source
from casebook_site.model.catalog import Key, key_of
from casebook_site.outputs.site.kinds.parts import KindView, PageScope, fact
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.evidence import GRADES, ROLES, SOURCE_TYPES, Figure, Source

SAME = 20
"""Figures of the same indicator on the page of one."""


def figure(record: Figure, page: PageScope) -> KindView:
    """One number with everything about it, and the same indicator elsewhere."""
    site = page.site
    kind, _, id = record.about.partition("/")
    newest = islice(site.indicator_order[record.indicator], SAME + 1)
    same = [f for f in newest if f.id != record.id][:SAME]
    known = site.edition.of(Figure)
    conflicts = [known[id] for id in record.conflicts_with if id in known]
    return KindView(
        subtitle=ROLES[record.role],
        facts=(
            fact(record, "about", site.link(Key(kind, id), page.path)),
            fact(record, "place", record.place),
            fact(record, "as_of", record.as_of.chinese),
            fact(record, "source", page.link("source", record.source)),
            fact(record, "recorded", site.recorded(record)),
            fact(record, "note", record.note),
        ),
        sections=(
            Section("conflicts", "说法不一", links=_amounts(conflicts, page)),
            Section("same", "同一口径的其他数据", links=_amounts(same, page)),
        ),
        neighbours="同一记录的数据",
        neighbours_by=("about",),
    )


def _amounts(figures: list[Figure], page: PageScope) -> tuple[LinkView, ...]:
    """Links to figures, each with its value, date and source."""
    found = []
    for figure in figures:
        source = page.link("source", figure.source)
        origin = source.name if source else figure.source
        said = f"{formatting.amount(figure)} {figure.unit}（{figure.as_of.chinese}，{origin}）"
        if link := page.site.link(key_of(figure), page.path, note=said):
            found.append(link)
    return tuple(found)


def source(record: Source, page: PageScope) -> KindView:
    """The reference, how it was read, and what rests on it."""
    return KindView(
        subtitle=record.publisher or "发布者未注明",
        facts=(
            fact(record, "publisher", record.publisher or "未注明"),
            fact(record, "published", record.published.chinese if record.published else "未注明"),
            fact(record, "type", SOURCE_TYPES[record.type]),
            fact(record, "grade", f"{record.grade}：{GRADES[record.grade]}"),
            fact(record, "access", record.access),
            fact(record, "accessed", record.accessed.chinese if record.accessed else None),
            fact(record, "url", LinkView(record.url, record.url) if record.url else None),
        ),
        sections=(Section("reference", "著录", lines=(cite_source(record),)),),
    )
