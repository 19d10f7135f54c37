"""What templates receive of links, and how a link is shown."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from markupsafe import Markup, escape


class MarkView(NamedTuple):
    """The mark of a choice: a shape with a character, not colour alone."""

    id: str
    character: str

    def __html__(self) -> str:
        """Return the mark as HTML."""
        return _mark_html(self.id, self.character)


@cache
def _mark_html(id: str, character: str) -> Markup:
    return Markup('<span class="cb-mark cb-mark--{}" aria-hidden="true">{}</span>').format(
        id, character
    )


class LinkView(NamedTuple):
    """A name that may lead somewhere. In a template, `{{ link }}` is the link as HTML."""

    name: str
    href: str | None = None
    """Address relative to the page; None shows the plain name."""
    note: str = ""
    """A few words after the name."""
    mark: MarkView | None = None
    """The mark of its category, before the name."""

    def __html__(self) -> str:
        """Return the link, or the plain name; with the mark of its category before it."""
        name = escape(self.name)
        text = f'<a href="{self.href}">{name}</a>' if self.href else str(name)
        return f"{self.mark.__html__()}{text}" if self.mark else text
