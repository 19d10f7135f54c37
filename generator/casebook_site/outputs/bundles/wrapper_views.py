"""What the pages that wrap a bundle show, and their templates."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.base.templates import Template
from casebook_site.outputs.bundles.manifest import Manifest
from casebook_site.outputs.site.pages import IndexBody, IndexView
from casebook_site.outputs.site.views import LinkView


@dataclass(frozen=True, slots=True)
class CoverView:
    """What the cover shows, before anything else can be trusted to be there."""

    manifest: Manifest
    folder: str
    links: tuple[LinkView, ...]
    marker: str
    date: str
    version: str
    """Empty where only the self-check says it."""
    style: Markup
    """Its style sheet."""


@dataclass(frozen=True, slots=True)
class BundleIntro:
    """What the home page of a scope begins with."""

    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class AboutView(IndexBody):
    """What the page about the bundle shows."""

    manifest: Manifest
    counts: tuple[LinkView, ...]
    date: str
    version: str
    """Empty where only the self-check says it."""
    files: int
    check: str
    """Address of the self-check; empty in a single file, which has none."""
    news: str
    """Address of 新增与更新; empty where the bundle is no update."""
    packs: int
    """Records with a study pack to download."""


@dataclass(frozen=True, slots=True)
class NewsView(IndexBody):
    """What an update brings."""

    manifest: Manifest
    added: tuple[LinkView, ...]
    changed: tuple[LinkView, ...]
    deleted: tuple[str, ...]
    others: int
    """Lists and other files that changed along."""


@dataclass(frozen=True, slots=True)
class CheckView:
    """What the self-check goes by."""

    manifest: Manifest
    date: str
    expected: Markup
    """JSON for its script."""
    style: Markup
    """Its style sheet."""


COVER_PAGE = Template("bundle/cover.html", CoverView)
INTRO = Template("bundle/home.html", BundleIntro)
ABOUT_PAGE = Template("bundle/about.html", IndexView[AboutView])
NEWS_PAGE = Template("bundle/updates.html", IndexView[NewsView])
CHECK_PAGE = Template("bundle/check.html", CheckView)
NOTE = Template("bundle/update.txt", Manifest)
