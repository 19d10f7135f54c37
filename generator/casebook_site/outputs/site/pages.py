"""The pages of a website: what the theme shows around a view, and the view of an index.

Each template of an index is given an `IndexView` with a body of its own type, below whose head the
template sets the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from casebook_site.base.templates import Template
from casebook_site.outputs.site.views import Download, Head, LinkView, RecordView, Section

ViewT_co = TypeVar("ViewT_co", covariant=True)

Toc = tuple[tuple[str, str], ...]
"""(anchor, title) of the parts of a page, in order."""


@dataclass(frozen=True, slots=True)
class Page(Generic[ViewT_co]):
    """A page that is set into the theme: its view, and what the theme says of it."""

    head: Head
    toc: Toc
    template: Template[ViewT_co]
    view: ViewT_co


@dataclass(frozen=True, slots=True)
class Moved:
    """The page at a record's former address, outside the theme."""

    name: str
    href: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands among the pages of an index."""

    page: int
    pages: int
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class IndexBody:
    """What one index shows; the types of bodies say with which parts."""

    @property
    def toc(self) -> Toc:
        """The parts of the body."""
        return ()


@dataclass(frozen=True, slots=True)
class SectionList(IndexBody):
    """A body of headed sections."""

    sections: tuple[Section, ...] = ()

    @property
    def toc(self) -> Toc:
        """The sections."""
        return tuple((section.id, section.title) for section in self.sections)


BodyT_co = TypeVar("BodyT_co", bound=IndexBody, covariant=True)


@dataclass(frozen=True, slots=True)
class IndexView(Generic[BodyT_co]):
    """A page of an index."""

    path: tuple[LinkView, ...]
    title: str
    lead: str
    body: BodyT_co
    tabs: tuple[LinkView, ...] = ()
    """Sub-lists: letters, kinds, categories. The current one has no address."""
    pager: Pager | None = None
    downloads: tuple[Download, ...] = ()
    empty: str = ""
    """What to do next when there is nothing to show."""


HEAD = Template("head.html", Head)
RECORD = Template("record.html", RecordView)
MOVED = Template("moved.html", Moved)
LIST = Template("index.html", IndexView[SectionList])
CARDS = Template("indexes/cards.html", IndexView[SectionList])
"""A list whose entries are cards, for kinds of which there are few records."""


def index_page(
    template: Template[IndexView[BodyT_co]], view: IndexView[BodyT_co], head: Head
) -> Page[IndexView[BodyT_co]]:
    """Return the page of an index whose contents are those of its body."""
    return Page(head, view.body.toc, template, view)
