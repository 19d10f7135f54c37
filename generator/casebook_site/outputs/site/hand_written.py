"""Hand-written pages: what each edition makes of their record links and of the home page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from casebook_site.base.templates import Renderer
from casebook_site.model.editions import Edition
from casebook_site.model.urls import relative
from casebook_site.outputs.site.home import HOME_PAGE, build_home
from casebook_site.outputs.site.model import SiteModel

_RECORD = r"record:(?P<kind>[a-z-]*)/?(?P<id>[^\s\"'<>&)\]]*)"
_RECORD_ANCHOR = re.compile(
    rf"""<a\b[^>]*?\bhref=["']?\s*{_RECORD}\s*["']?[^>]*>(?P<text>.*?)</a>""", re.DOTALL
)
"""A link to a record as Markdown or a writer of HTML makes it."""
_RECORD_NAME = re.compile(rf"(?:<|&lt;)?{_RECORD}(?:>|&gt;)?")
"""Any other mention of a record's address; it must not carry an id out."""


def link_records(text: str, page: str, edition: Edition) -> str:
    """HTML with its links to records resolved; whatever else names one is replaced by its name."""

    def linked(match: re.Match[str]) -> str:
        target = edition.resolve(match["kind"], match["id"])
        if target is None:
            return match["text"]
        label = match["text"] or html.escape(target.name)
        return f'<a href="{relative(target.path, page)}">{label}</a>' if target.path else label

    def named(match: re.Match[str]) -> str:
        target = edition.resolve(match["kind"], match["id"])
        return html.escape(target.name) if target else ""

    return _RECORD_NAME.sub(named, _RECORD_ANCHOR.sub(linked, text))


def home_html(
    site: SiteModel, renderer: Renderer, lead: str, intro: str, key_figures: Sequence[str]
) -> str:
    """Return the body of the home page around the editor's own text."""
    view = build_home(site, site.settings.site_name, lead, intro, key_figures)
    return renderer.render(HOME_PAGE, view)
