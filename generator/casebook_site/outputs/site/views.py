"""What templates receive: plain frozen values, ready for one page.

Links are addresses relative to the page, texts are plain or `Prose`; no record is in page, so a
view can be sent to another process. What every page has many of is a named tuple, which takes a
fifth of the time of a frozen dataclass to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from casebook_site.base.rendering import Prose
from casebook_site.outputs.site.chart_views import ChartView
from casebook_site.outputs.site.link_views import LinkView as LinkView
from casebook_site.outputs.site.link_views import MarkView as MarkView


class Fact(NamedTuple):
    """One line of the facts at the top of a record."""

    label: str
    values: tuple[LinkView, ...]
    note: str = ""


class RecordEntry(NamedTuple):
    """One line of an index or of a list on a page."""

    link: LinkView
    text: str = ""
    """One sentence."""
    meta: tuple[str, ...] = ()
    """Short facts: place, date."""
    group: str = ""
    """Heading under which the entry stands."""
    members: tuple[LinkView, ...] = ()
    """The records of an entry that stands for many."""


class FigureView(NamedTuple):
    """A number with all that must stand beside it."""

    name: str
    value: str
    unit: str
    as_of: str
    href: str | None
    source: LinkView
    cite: int
    """Number in the page's list of sources; 0 where the page has none."""
    place: str = ""
    role: str = ""
    told_by: str = ""
    """`报道` or `名单`: what the number was taken from."""
    recorded: str = ""
    """`本站收录5个` where the number of records can be set beside the reported number."""
    note: str = ""
    earlier: str = ""
    """`较早` where there is a newer one of the same series; else empty."""
    conflicts: tuple[LinkView, ...] = ()


class NumberView(NamedTuple):
    """The number that a page is about, with what else is said of it."""

    figure: FigureView
    """Its `conflicts` say their amount, date and source."""
    recorded: ChartView | None
    """The reported number beside the number of records."""


class SourceView(NamedTuple):
    """One numbered source of a page."""

    number: int
    citation: str
    href: str | None
    grade: str


class TableRow(NamedTuple):
    """A row of a table; the first cell is its heading."""

    cells: tuple[LinkView, ...]


class Check(NamedTuple):
    """One item of a checklist."""

    title: str
    state: str
    """`ok`, `said`, `lacking` or `unknown`: the mark."""
    state_title: str
    note: str = ""


class StepView(NamedTuple):
    """One numbered step."""

    title: str
    text: str = ""
    link: LinkView | None = None
    badge: str = ""
    cites: tuple[LinkView, ...] = ()
    """The numbered marks of its sources."""


class Point(NamedTuple):
    """A titled piece of prose."""

    title: str
    text: Prose


class QuestionView(NamedTuple):
    """A question of a self-test."""

    id: str
    """`course/party-constitution/1`: the record that asks, and which of its questions it is."""
    question: str
    note: str
    """`多选题，提高`: what sort of question it is; empty where nothing need be said."""
    choices: tuple[str, ...]
    right: str
    """Positions of the right choices from 0, `0,2`; empty where only the reader can tell."""
    answer: str
    why: str
    sources: tuple[LinkView, ...]


class Section(NamedTuple):
    """A headed part of a record's page; what is empty is not shown."""

    id: str
    title: str
    facts: tuple[Fact, ...] = ()
    prose: Prose | None = None
    points: tuple[Point, ...] = ()
    lines: tuple[str, ...] = ()
    entries: tuple[RecordEntry, ...] = ()
    steps: tuple[StepView, ...] = ()
    checks: tuple[Check, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    charts: tuple[ChartView, ...] = ()
    links: tuple[LinkView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    note: str = ""
    internal: bool = False
    level: int = 2


class Image(NamedTuple):
    """A photo or file of a record."""

    href: str
    title: str
    credit: str
    sort: str
    """`image`, `video`, `audio`; anything else is a file to open."""
    date: str = ""
    width: int = 0
    """Pixels, so that a page leaves room for a photo that is still to come; 0: not known."""
    height: int = 0
    widths: str = ""
    """Addresses of a photo in several widths, as `srcset` has them."""

    @property
    def is_image(self) -> bool:
        """Whether it is shown as a picture."""
        return self.sort == "image"


class Head(NamedTuple):
    """What stands in the head of a page."""

    title: str
    description: str
    canonical: str
    """Permanent address; empty where the site has none."""
    type: str
    """Open Graph type; empty in a bundle, which nobody links to."""
    site_name: str
    json_ld: str
    """JSON, safe inside a script element; empty for none."""
    alternate: str = ""
    """Address of the page's data as JSON."""
    image: str = ""
    """Permanent address of the photo that chats show beside a link to the page."""
    tags: tuple[tuple[str, str], ...] = ()
    """Name and content of what a government site says of its pages."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A small drawing of where a record is, with the way to the map."""

    drawing: Markup
    caption: str
    """`莒镇在禹城市`."""
    href: str


class Download(NamedTuple):
    """A file that holds what an index shows."""

    title: str
    href: str


class DownloadGroup(NamedTuple):
    """One document in several formats."""

    title: str
    files: tuple[Download, ...]


class SheetView(NamedTuple):
    """What only the printed sheet of a page shows."""

    code: Markup
    """The code that leads to the page on the web; empty where it has no address."""
    address: str


class CitationView(NamedTuple):
    """How a page is cited, passed on and put right."""

    reference: str
    """After GB/T 7714, with a blank for the day of reading."""
    address: str
    """Permanent address; empty where the site has none."""
    correction: LinkView | None
    """Whom to tell of a mistake: a mail that names the page, or a number to call."""
    release: str
    """`收入2027-01版`; empty where the page is in no release."""


class ReviewView(NamedTuple):
    """How far the review of a record is, for those who work on it."""

    title: str
    """`审校：签后改过`."""
    steps: tuple[str, ...]
    """`初审 待签`, `复审 已签（组织科，2026年12月1日）`."""


class RecordView(NamedTuple):
    """The page of a record, below its head."""

    path: tuple[LinkView, ...]
    kind_title: str
    note: str
    """A few words beside the kind: form, category, place."""
    name: str
    subtitle: str
    aliases: tuple[str, ...]
    mark: MarkView | None
    internal: bool
    review: ReviewView | None
    """Given where a site shows how far its reviews are."""
    number: NumberView | None
    """The number, where the record is one."""
    summary: Prose | None
    plain: LinkView | None
    """The summary in plain words; its note is what that is called."""
    first: Section | None
    """What a reader wants to know before all else."""
    sheet: SheetView | None
    """Given where the page is printed as one sheet."""
    lead_image: Image | None
    facts: tuple[Fact, ...]
    locator: Locator | None
    tags: tuple[LinkView, ...]
    figures: tuple[FigureView, ...]
    """Those that stand above the text."""
    more_figures: tuple[FigureView, ...]
    all_figures: LinkView | None
    """Where the rest are, when there are more than the page can hold."""
    sections: tuple[Section, ...]
    """The kind's own parts."""
    events: tuple[StepView, ...]
    changes: tuple[StepView, ...]
    """What was changed since the page is public, newest first; corrections have a badge."""
    all_changes: LinkView | None
    """Where the changes of all pages are."""
    images: tuple[Image, ...]
    remarks: str
    packs: tuple[DownloadGroup, ...]
    """The record's study pack, and its self-test without and with the answers."""
    related: tuple[Section, ...]
    """What links to the page, grouped."""
    previous: LinkView | None
    next: LinkView | None
    neighbours_title: str
    sources: tuple[SourceView, ...]
    missing: tuple[str, ...]
    doubts: tuple[StepView, ...]
    citation: CitationView | None
    """None where the page is not to be cited: in a bundle for a branch."""
    updated: str
    updated_iso: str
    data_href: str
    """Address of the page's data as JSON; empty in a bundle."""
    edit_href: str
