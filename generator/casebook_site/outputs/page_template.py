"""What is left of a page of the theme once MkDocs has rendered it: texts with slots between them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

SLOTS = ("title", "description", "canonical", "head", "toc", "body", "updated")
"""What differs from page to page. Values are HTML, already escaped."""

_SLOT = re.compile("@@casebook:([a-z]+)@@")
_INDENT = re.compile(r"\s*\n\s*")
"""The theme's indentation is a third of its markup; there is no preformatted text in a template."""


_TOC_ENTRY = Markup('<li><a href="#{anchor}">{title}</a></li>')


def slot(name: str) -> str:
    """Return the mark that stands for a slot in a placeholder page."""
    if name not in SLOTS:
        raise KeyError(name)
    return f"@@casebook:{name}@@"


@dataclass(frozen=True)
class PageTemplate:
    """A rendered page of the theme with slots in it."""

    pieces: tuple[bytes, ...]
    """Static pieces; slot i stands between piece i and i+1."""
    slots: tuple[str, ...]
    toc_entry: Markup = _TOC_ENTRY
    """An entry of the table of contents, to be formatted with `anchor` and `title`."""
    toc_frame: tuple[str, str] = ("", "")
    """What stands before and after the entries, where there are any."""
    menu: Mapping[str, bytes] = field(default_factory=dict)
    """Folder of a section → its entry in the menu, where that can be taken out."""

    @classmethod
    def cut(
        cls,
        html: str,
        needed: Collection[str] = ("title", "body"),
        *,
        thin: bool = True,
        toc_entry: Markup | None = None,
        toc_frame: tuple[str, str] = ("", ""),
        menu_entry: re.Pattern[str] | None = None,
    ) -> PageTemplate:
        """Return the template of a rendered page; raise `RuntimeError` if a needed slot is missing.

        `thin`: without the theme's indentation; `menu_entry` finds the entry of a section in the menu,
        and its folder.
        """
        if thin:
            html = _INDENT.sub("\n", html).replace(">\n<", "><")
        parts = _SLOT.split(html)
        missing = set(needed) - set(parts[1::2])
        if missing:
            raise RuntimeError(f"The theme's page has no place for: {', '.join(sorted(missing))}")
        pieces = tuple(part.encode() for part in parts[0::2])
        entries = menu_entry.finditer("\n".join(parts[0::2])) if menu_entry else ()
        menu = {found[1]: found[0].encode() for found in entries}
        return cls(pieces, tuple(parts[1::2]), toc_entry or cls.toc_entry, toc_frame, menu)

    def without(self, folders: Collection[str]) -> PageTemplate:
        """Return the template without the entries of some sections in its menu."""
        entries = [self.menu[folder] for folder in folders if folder in self.menu]
        pieces = self.pieces
        for entry in entries:
            pieces = tuple(piece.replace(entry, b"") for piece in pieces)
        return replace(self, pieces=pieces) if entries else self

    def contents(self, toc: Iterable[tuple[str, str]]) -> str:
        """Return the table of contents of a page with these (anchor, title); empty without any."""
        entries = "".join(
            self.toc_entry.format(anchor=anchor, title=title) for anchor, title in toc if title
        )
        before, after = self.toc_frame
        return f"{before}{entries}{after}" if entries else ""

    def partly(self, values: Mapping[str, str]) -> PageTemplate:
        """Return the template with some of its slots filled for good."""
        pieces, slots = [self.pieces[0]], []
        for name, piece in zip(self.slots, self.pieces[1:], strict=True):
            if name in values:
                pieces[-1] += values[name].encode() + piece
            else:
                slots.append(name)
                pieces.append(piece)
        return replace(self, pieces=tuple(pieces), slots=tuple(slots))

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the page with its slots filled."""
        encoded = {name: value.encode() for name, value in values.items()}
        parts = [self.pieces[0]]
        for name, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts.append(encoded.get(name, b""))
            parts.append(piece)
        return b"".join(parts)


@dataclass(frozen=True)
class WrittenPage:
    """A hand-written page that waits for an edition, which resolves its links to records."""

    path: str
    template: PageTemplate
    html: str
    is_home: bool
    lead: str = ""
    key_figures: tuple[str, ...] = ()
    source: str = ""
    """The file that it is written in, for messages."""
    searched_as: str = ""
    """Its title in search; empty for a page that is not searched."""


@dataclass
class ThemeCapture:
    """All that MkDocs gives to the editions of a site: it runs once, whatever their number."""

    templates: dict[str, PageTemplate] = field(default_factory=dict)
    pages: list[WrittenPage] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """What the theme and the folder of hand-written pages hold besides pages, by path."""
    offline: bool = True
    """Whether it is for bundles, which lead to nothing that only a web server has."""
