"""What the page of a teaching point says of a visit: what to know before, and what is told there."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.audience import is_internal
from casebook_site.domain.visiting import guide_length, opening, route_text, stop_title, visit_facts
from casebook_site.outputs.site.page_parts import PageScope, choice_fact, fact, measure
from casebook_site.outputs.site.views import Fact, LinkView, Section
from casebook_site.records.teaching import TeachingPoint

_WANTED = ("address", "visit_hours", "visit_minutes", "capacity", "suits")
"""What everybody wants to know of a visit, and is told where it is not known."""


def before_going(record: TeachingPoint) -> Section:
    """Return what to know before going, the ways there, and once what is not known."""
    fields = type(record).model_fields
    known = {
        "address": fact(record, "address", record.address),
        "visit_hours": fact(record, "visit_hours", opening(record)),
        "visit_minutes": measure(record, "visit_minutes"),
        "capacity": measure(record, "capacity"),
        "suits": choice_fact(record, "suits"),
    }
    hours = type(record.visit).model_fields["hours"].title if record.visit else ""
    facts = [
        *(told for told in known.values() if told),
        *(
            Fact(title, (LinkView(text),))
            for title, text in visit_facts(record.visit)
            if title != hours
        ),
        *(
            Fact(str(fields["route"].title), (LinkView(where, note=way),))
            for where, way in map(route_text, record.route)
        ),
    ]
    lacking = [str(fields[name].title) for name in _WANTED if not known[name]]
    if not record.visit:
        lacking += ["预约和联系办法"]
    if not record.route and not (record.visit and record.visit.transport):
        lacking += [str(fields["route"].title)]
    note = f"暂无：{'、'.join(lacking)}。" if lacking else ""
    return Section("visit", "去之前要知道", facts=tuple(facts), note=note)


def guide_sections(record: TeachingPoint, page: PageScope) -> Iterator[Section]:
    """Yield what is told on a guided visit, stop by stop."""
    title = str(type(record).model_fields["guide"].title)
    length = guide_length(record.guide)
    yield Section("guide", title, lines=(length,) if length else ())
    for number, stop in enumerate(record.guide, start=1):
        yield Section(
            f"guide-{number}",
            stop_title(stop),
            prose=page.prose(stop.text),
            internal=is_internal(stop.audience),
            level=3,
        )
