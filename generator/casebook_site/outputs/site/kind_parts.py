"""What a kind says of itself to the website, in the website's types, and the usual ways to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casebook_site.base.templates import Template
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.page_parts import KindView, PageScope
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile
from casebook_site.outputs.site.views import LinkView
from casebook_site.records import Record
from casebook_site.schema.fields import value_of
from casebook_site.schema.parts import (
    IndexPart,
    ListingPart,
    PagePart,
)
from casebook_site.schema.walking import choices_of

SitePage = PagePart[PageScope, KindView]
ListTemplate = Template[IndexView[SectionList]]
SiteListing = ListingPart[SiteModel, LinkView, ListTemplate]
SiteIndex = IndexPart[SiteModel, LinkView, ListTemplate, IndexFile]

Group = tuple[object, str]
"""Sort key and heading of a record in an index."""


# --- headings of an index -----------------------------------------------------------------------


@dataclass(frozen=True)
class ByChoice:
    """Group records by a field of choices, in the order of the choices."""

    field: str
    heading: str = "{title}"
    """The heading, from the choice's `id` and `title`."""

    def __call__(self, site: SiteModel, record: Record) -> Group:
        value, choices = value_of(record, self.field), choices_of(type(record), self.field)
        return [*choices].index(value), self.heading.format(id=value, title=choices[value])


def by_county(site: SiteModel, record: Record) -> Group:
    """Group records by the county that they lie in, which is how readers expect them anyway."""
    return 0, site.group_of(record) or "全国通用"


def in_one_list(site: SiteModel, record: Record) -> Group:
    """Put all records under one heading, which is empty."""
    return 0, ""


# --- what stands beside a name --------------------------------------------------------------------


def place_note(site: SiteModel, record: Record) -> tuple[str, ...]:
    """Return the place in which a record lies."""
    return (site.place_of(record),)


def no_note(site: SiteModel, record: Record) -> tuple[str, ...]:
    """Return no note."""
    return ()


def no_text(site: SiteModel, record: Record) -> str:
    """Return no text for a record that has no summary."""
    return ""


def no_tabs(site: SiteModel, path: str) -> tuple[LinkView, ...]:
    """Return no tabs: the index is the only list in its folder."""
    return ()


def no_pages(site: SiteModel) -> Iterator[IndexFile]:
    """Yield no further lists."""
    return iter(())


# --- elsewhere ------------------------------------------------------------------------------------


def no_lead(record: Record) -> str:
    """Return nothing that a search result must show before the texts."""
    return ""


def no_properties(site: SiteModel, record: Record) -> Mapping[str, Any]:
    """Return no further properties for schema.org."""
    return {}
