"""The parts of which a kind is declared, one for each thing that an output, a check or a form asks.

No member has a default: a declaration that leaves one out is a `TypeError` at import that names it.
The callables of the parts take and return types of the outputs that ask; those outputs name them
(`outputs/site/kind_parts.py`, `outputs/packs/kind_parts.py`), so nothing is imported from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

SiteT = TypeVar("SiteT")
PageT = TypeVar("PageT")
ViewT = TypeVar("ViewT")
LinkT = TypeVar("LinkT")
FileT = TypeVar("FileT")
TemplateT = TypeVar("TemplateT")
EditionT = TypeVar("EditionT")
ComposerT = TypeVar("ComposerT")


# --- where a record belongs -------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class LevelPart:
    """The kind as a level of places: its records are places, in which others lie."""

    in_labels: bool
    """Whether the label of a record names the place of this level in which it lies."""
    groups_lists: bool
    """Whether lists put records under the places of this level."""
    code_digits: int
    """Digits of the administrative code of a place of this level."""


@dataclass(frozen=True, kw_only=True)
class PlacePart:
    """Where records of the kind lie."""

    level: LevelPart | None
    """None for kinds whose records are no places."""
    within: tuple[str, ...]
    """Fields that name the places in which a record lies, the smallest place first."""
    coordinates: str | None
    """The field with the point on the ground; None for kinds that have none."""
    is_drawn: bool
    """Whether a record's page shows the small map of its place."""


class Belongs(Enum):
    """The ways in which a record comes to belong to a scope."""

    EVERYWHERE = "everywhere"
    """To every scope."""
    SERVES = "serves"
    """To the scopes of the counties that its field names, or, naming none, to every scope."""
    FOLLOWS = "follows"
    """To the scopes of the record that its field names."""
    CITED = "cited"
    """To the scopes of the records that cite it."""
    WHOLE_COUNTY = "whole county"
    """To every scope in the county that it lies in."""
    SERVES_PLACE = "serves place"
    """To every scope in the place that it lies in, and to the scopes that hold the place."""
    LIES = "lies"
    """To the scopes of the places that it lies in, and of the records that its fields name."""


@dataclass(frozen=True, kw_only=True)
class ScopePart:
    """How records of the kind belong to scopes, and whether they are scopes."""

    belongs: Belongs
    fields: tuple[str, ...]
    """The links that `belongs` speaks of."""
    is_scope: bool
    """Whether a record can be the scope of an edition, as in `county:yiyuan`."""


@dataclass(frozen=True, kw_only=True)
class CountPart:
    """How maps and tables count the kind in a place."""

    title: str
    """`联村党组织`: what is counted, in few characters."""
    unit: str
    """`个`: stands behind the number."""
    symbol: str
    """The mark of all of them together in drawings."""
    character: str
    """The character in that mark."""
    is_marked_apart: bool
    """Whether each choice has a mark of its own in drawings."""


# --- the website ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SectionPart:
    """The kind's folder on the website."""

    title: str
    """What the folder is called in navigation and above its index."""
    lead: str
    """One sentence at the top of the index."""
    counts: str | None
    """The field of choices whose number and titles stand for `{number}` and `{titles}` in both, or None."""
    is_wide: bool
    """Whether its pages hold wide tables, which take the place of the contents list."""


@dataclass(frozen=True, kw_only=True)
class PagePart(Generic[PageT, ViewT]):
    """The page of a record."""

    view: Callable[[Any, PageT], ViewT]
    """(record, page) → the parts of the page that only this kind has."""
    bare_fields: frozenset[str] | None
    """Fields that alone are worth no page; None where every record has a page."""
    mark: str | None
    """The field that holds the category whose mark the record carries; None for no mark."""
    is_for_branches: bool
    """Whether a bundle for a branch has the pages; where it has not, links to them are names."""


@dataclass(frozen=True, kw_only=True)
class ListingPart(Generic[SiteT, LinkT, TemplateT]):
    """The kind's index as a list under headings."""

    group: Callable[[SiteT, Any], tuple[Any, str]]
    """(site, record) → sort key and heading."""
    meta: Callable[[SiteT, Any], tuple[str, ...]]
    """(site, record) → the notes behind a record's name."""
    text: Callable[[SiteT, Any], str]
    """(site, record) → what stands below a name that has no summary."""
    template: TemplateT
    tabs: Callable[[SiteT, str], tuple[LinkT, ...]]
    """(site, path) → other lists in the same folder."""


@dataclass(frozen=True, kw_only=True)
class IndexPart(Generic[SiteT, LinkT, TemplateT, FileT]):
    """How readers find the records of the kind."""

    listing: ListingPart[SiteT, LinkT, TemplateT] | None
    """The kind's index; None where `pages` makes it."""
    pages: Callable[[SiteT], Iterable[FileT]]
    """Further lists in the kind's folder."""
    in_alphabet: bool
    """Whether A–Z lists the records."""
    needs_source: bool
    """Whether a record without sources is a gap."""


@dataclass(frozen=True, kw_only=True)
class SearchPart:
    """What search tells of a record besides its texts."""

    lead: Callable[[Any], str]
    """What a result shows first; empty for the text."""
    is_shared: bool
    """Whether search, and the page, tell the same of a record in every scope of an audience, but for links."""


@dataclass(frozen=True, kw_only=True)
class HomePart:
    """What the home page and the cover of a bundle say of the kind."""

    rank: int | None
    """Its position among the numbers on the home page; None for kinds that are not counted there."""
    cover_rank: int | None
    """Its position among the links of a bundle's cover; None for kinds without a link."""
    way: str
    """The note beside the way to its index; empty for none."""
    in_county: str
    """`处教学点`: stands behind the number on a county's card; empty for none."""


@dataclass(frozen=True, kw_only=True)
class LinkedDataPart:
    """The kind as schema.org knows it."""

    type: str
    location: str
    """The property that says where a thing of this type is."""
    is_dated: bool
    """Whether the type says when a thing was modified."""
    properties: Callable[[Any, Any], Mapping[str, Any]]
    """(site, record) → further properties of a record."""


# --- study materials --------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PackScopePart(Generic[EditionT, ComposerT]):
    """Packs of one record of the kind."""

    word: str
    """`point` in `point:juzhen-park`."""
    label: str
    """`教学点讲义`: what such a pack is called."""
    title: Callable[[EditionT, Any], tuple[str, str]]
    """(edition, record) → title and subtitle of the pack."""
    compose: Callable[[ComposerT, Any], None] | None
    """Write the pack of a record; None where the pack tells nothing but the record."""
    is_sheet: bool
    """Whether the pack is a sheet: no cover, no contents, no numbers before its headings."""
    gathers: bool
    """Whether the pack tells other records that lie in this one."""


@dataclass(frozen=True, kw_only=True)
class PackPart(Generic[EditionT, ComposerT]):
    """How packs tell the kind."""

    tell: Callable[[ComposerT, Any, int], None]
    """Write a record, its heading at the level that is given."""
    scope: PackScopePart[EditionT, ComposerT] | None
    """None for kinds of which there are no packs."""
