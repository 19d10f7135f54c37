"""Which pages a website has, and what its pages leave out: data, asked by whoever makes a page.

The website of a site has all. A bundle for a branch has what a clerk looks for, in its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook_site.outputs.site.sections import SEARCH, SiteSection
from casebook_site.schema.kinds import Schema


@dataclass(frozen=True)
class MenuEntry:
    """A tab of the navigation: one section, or several under a title."""

    folders: tuple[str, ...] = ()
    """None: all that no other entry names."""
    title: str = ""
    """Empty for one section, which has its own title."""


@dataclass(frozen=True)
class SiteForm:
    """What a website consists of."""

    for_branches: bool = False
    """Whether kinds that are not for branches (`PagePart.is_for_branches`) have no pages."""
    without_lists: frozenset[str] = frozenset()
    """Folders of lists of many kinds that it has not."""
    without_parts: Mapping[str, Any] = field(default_factory=dict)
    """Field of a record's page (`RecordView`) → what stands in its place."""
    without_assets: frozenset[str] = frozenset()
    """Our scripts and styles that no page of it loads."""
    sections: tuple[SiteSection, ...] = ()
    """Sections that no other form has."""
    menu: tuple[MenuEntry, ...] = ()
    """The navigation; empty for the site's own."""
    has_written_pages: bool = True
    """Whether it has the hand-written pages."""

    def folders_of(self, entry: MenuEntry, known: Iterable[str]) -> tuple[str, ...]:
        """Return the folders of an entry of the menu, of those that the website has."""
        if entry.folders:
            there = {*known}
            return tuple(folder for folder in entry.folders if folder in there)
        named = {SEARCH, *(folder for other in self.menu for folder in other.folders)}
        return tuple(folder for folder in known if folder not in named)

    def pageless(self, schema: Schema) -> frozenset[str]:
        """Return the names of the kinds whose records have no pages."""
        left = (kind for kind in schema if self.for_branches and not kind.page.is_for_branches)
        return frozenset(kind.name for kind in left)

    def left_out(self, schema: Schema) -> frozenset[str]:
        """Return the folders of sections that it has not."""
        return self.without_lists | {schema[name].folder for name in self.pageless(schema)}


WHOLE = SiteForm()
"""Everything that there is."""
