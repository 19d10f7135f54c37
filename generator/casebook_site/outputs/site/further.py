"""The fields that a site has added to a kind, on a record's page."""

from __future__ import annotations

from casebook_site.domain.further import Told, told
from casebook_site.outputs.site.page_parts import PageScope
from casebook_site.outputs.site.views import Fact, LinkView, Section
from casebook_site.records import Record


def further_facts(record: Record, page: PageScope) -> tuple[Fact, ...]:
    """Return what stands among the facts at the top: all but prose and what is for insiders."""
    found = (_fact(one, page) for one in told(record) if not one.is_internal and not one.prose)
    return tuple(fact for fact in found if fact.values)


def further_sections(record: Record, page: PageScope) -> tuple[Section, ...]:
    """Return prose, each field under its own heading, and what is for insiders."""
    sections = []
    for one in told(record):
        id = one.name.replace("_", "-")
        if one.prose:
            prose = page.prose(one.prose)
            sections.append(Section(id, one.title, prose=prose, internal=one.is_internal))
        elif one.is_internal and (fact := _fact(one, page)).values:
            sections.append(Section(id, one.title, facts=(fact,), internal=True))
    return tuple(sections)


def _fact(one: Told, page: PageScope) -> Fact:
    if one.links_to:
        found = (page.link(one.links_to, id) for id in one.values)
        return Fact(one.title, tuple(link for link in found if link))
    return Fact(one.title, tuple(map(LinkView, one.values)))
