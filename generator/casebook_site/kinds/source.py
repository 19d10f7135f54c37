"""A document that something rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebook_site.domain.citation import cite_source
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.kind_parts import (
    ByChoice,
    SiteIndex,
    SiteListing,
    SitePage,
    no_lead,
    no_pages,
    no_tabs,
)
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import (
    KindView,
    PageScope,
    choice_fact,
    fact,
)
from casebook_site.outputs.site.pages import LIST
from casebook_site.outputs.site.views import LinkView, Section
from casebook_site.records.evidence import Source
from casebook_site.schema.kinds import Kind
from casebook_site.schema.parts import (
    Belongs,
    HomePart,
    LinkedDataPart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import title_of


def source(record: Source, page: PageScope) -> KindView:
    """Return the reference, how it was read, and what rests on it."""
    return KindView(
        note=record.publisher or "发布者未注明",
        facts=(
            fact(record, "authors", *record.authors),
            fact(record, "publisher", record.publisher or "未注明"),
            fact(record, "published", record.published.chinese if record.published else "未注明"),
            choice_fact(record, "type"),
            fact(record, "number", record.number),
            fact(record, "city", record.city),
            fact(record, "volume", record.volume),
            fact(record, "issue", record.issue),
            fact(record, "pages", record.pages),
            fact(record, "grade", f"{record.grade}：{title_of(record, 'grade')}"),
            fact(record, "access", record.access),
            fact(record, "accessed", record.accessed.chinese if record.accessed else None),
            fact(record, "url", LinkView(record.url, record.url) if record.url else None),
        ),
        sections=(Section("reference", "著录", lines=(cite_source(record),)),),
    )


def _uses(site: SiteModel, record: Source) -> tuple[str, ...]:
    """Return the number of records that cite the source."""
    uses = {link.source for link in site.edition.backlinks.get(key_of(record), ())}
    return (f"支持{len(uses)}条",)


def _reference(site: SiteModel, record: Source) -> str:
    """Return the reference after GB/T 7714."""
    return cite_source(record)


def _properties(_: SiteModel, record: Source) -> Mapping[str, Any]:
    """Return date, authors and publisher as schema.org names them, where they are known."""
    found: dict[str, Any] = {}
    if record.published:
        found["datePublished"] = record.published.iso
    if record.authors:
        found["author"] = [{"@type": "Person", "name": name} for name in record.authors]
    if record.publisher:
        found["publisher"] = {"@type": "Organization", "name": record.publisher}
    return found


SOURCE = Kind(
    model=Source,
    classified_by="grade",
    choice_first=False,
    place=PlacePart(
        level=None,
        within=(),
        coordinates=None,
        is_drawn=False,
    ),
    scope=ScopePart(belongs=Belongs.CITED, fields=(), is_scope=False),
    count=None,
    section=SectionPart(
        title=Source.kind_title,
        lead="每条内容的依据，以及它支持了哪些条目。",
        counts=None,
        is_wide=False,
    ),
    page=SitePage(view=source, bare_fields=None, mark=None, is_for_branches=False),
    index=SiteIndex(
        listing=SiteListing(
            group=ByChoice("grade", "{id} 级：{title}"),
            meta=_uses,
            text=_reference,
            template=LIST,
            tabs=no_tabs,
        ),
        pages=no_pages,
        in_alphabet=False,
        needs_source=False,
    ),
    search=SearchPart(lead=no_lead, is_shared=True),
    home=HomePart(rank=11, cover_rank=None, way="", in_county=""),
    linked_data=LinkedDataPart(
        type="CreativeWork",
        location="spatialCoverage",
        is_dated=True,
        properties=_properties,
    ),
    pack=None,
)
