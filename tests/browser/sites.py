"""Built sites, and the pages of every kind in them."""

from __future__ import annotations

import functools
import threading
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest

from casebook_site.kinds import program_schema
from casebook_site.outputs.site.sections import sections_of
from casebook_site.records import KINDS
from tests.folders import REPOSITORY

Edition = Literal["public", "internal"]


@dataclass(frozen=True)
class Sites:
    """The real content, and the toy's for what the real content has not."""

    real: Path
    toy: Path
    internal: Path
    """The toy's internal edition."""

    def page(self, kind: PageKind) -> Path:
        """The fullest page of a kind: in the real site, else in the toy."""
        for site in (self.internal,) if kind.edition == "internal" else (self.real, self.toy):
            pages = [page for page in site.glob(kind.pattern) if kind.fits(page)]
            if pages:
                return max(pages, key=lambda page: (page.stat().st_size, page.name))
        raise AssertionError(f"No site has a page of this kind: {kind.name}")

    def short_page(self, kind: PageKind) -> Path:
        """The toy's fullest page of a kind, which shows every field; else a page of the real site."""
        toy = self.internal if kind.edition == "internal" else self.toy
        pages = [page for page in toy.glob(kind.pattern) if kind.fits(page)]
        return (
            max(pages, key=lambda page: (page.stat().st_size, page.name))
            if pages
            else self.page(kind)
        )

    def site_of(self, page: Path) -> Path:
        """The root of the site in which a page lies."""
        return next(
            site for site in (self.real, self.toy, self.internal) if page.is_relative_to(site)
        )

    def case_study(self) -> Path:
        """The fullest record page there is."""
        return self.page(record_kind("case-studies"))


@dataclass(frozen=True)
class PageKind:
    """A kind of page, by where it lies."""

    name: str
    pattern: str
    record: bool | None = None
    """Whether it must be a record's page; None where the pattern says enough."""
    edition: Edition = "public"

    def fits(self, page: Path) -> bool:
        """A record's page has its data beside it."""
        return self.record is None or self.record is page.with_suffix(".json").exists()


def record_kind(folder: str, edition: Edition = "public") -> PageKind:
    """The pages of one kind of record."""
    prefix = "internal-" if edition == "internal" else ""
    return PageKind(f"{prefix}record-{folder}", f"{folder}/*.html", True, edition)


RECORD_FOLDERS = sorted({model.folder for model in KINDS.values()})

MENU = (REPOSITORY / "mkdocs.yml").read_text("utf-8")

KINDS_OF_PAGES = [
    PageKind("home", "index.html"),
    PageKind("hand-written", "about/*.html"),
    *(
        PageKind(f"index-{folder}", f"{folder}/index.html")
        for folder in sections_of(program_schema())
        if f" {folder}/index.md" in MENU
    ),
    PageKind("further-page", "*/*-[0-9].html", False),
    PageKind("committees-by-township", "joint-committees/by-township.html"),
    PageKind("letter", "names/letter-*.html"),
    PageKind("tag", "tags/tag-*.html"),
    PageKind("gaps-unsourced", "gaps/unsourced.html"),
    PageKind("gaps-doubts", "gaps/doubts.html"),
    PageKind("gaps-stale", "gaps/stale.html"),
    PageKind("changes", "timeline/changes.html"),
    *(record_kind(folder) for folder in RECORD_FOLDERS),
    PageKind("internal-home", "index.html", edition="internal"),
    PageKind("internal-hand-written", "canary-page.html", edition="internal"),
    PageKind("results", "results/index.html", edition="internal"),
    PageKind("planner", "training-classes/planner-*.html", edition="internal"),
    PageKind("guide-index", "guide/index.html", edition="internal"),
    PageKind("guide-kind", "guide/[!i]*[!0-9].html", edition="internal"),
    PageKind("guide-codes", "guide/cb[0-9].html", edition="internal"),
    *(
        record_kind(folder, "internal")
        for folder in ("case-studies", "teaching-points", "training-classes")
    ),
]
"""All pages of one kind come from one template; the fullest of them shows most."""

NOT_FOUND = PageKind("not-found", "404.html")

MENU_BUTTON = ".md-header :is(label[for=__drawer], .cb-menu)"
"""What opens the menu on a phone."""

OTHER_PART = ".md-sidebar--primary .md-nav__link[href$='teaching-points/index.html']"
"""In the menu of a case study, the link to another part of the site."""

ONE_OF_EACH_TEMPLATE = {
    "home", "hand-written", "not-found",
    *("index-teaching-points", "index-counties", "index-categories", "index-case-studies"),
    *("index-figures", "index-compare", "index-matrix", "index-map", "index-search", "index-timeline"),
    *("index-tags", "index-data", "letter", "gaps-doubts"),
    *("record-case-studies", "record-counties", "record-teaching-points"),
    *("planner", "guide-kind", "guide-codes"),
}  # fmt: skip
"""Kinds that together show every template. The rest are made of the same parts."""

ONE_OF_EACH_SCRIPT = {
    *("home", "hand-written", "not-found", "index-figures", "index-map", "index-search"),
    *("record-case-studies", "planner"),
}
"""Kinds that together run every script, and show every part of the frame."""


def over(kinds: Iterable[PageKind], telling: Container[str]) -> pytest.MarkDecorator:
    """Repeats a test with each kind; with those that tell nothing new it is a slow one."""
    return pytest.mark.parametrize(
        "kind",
        [
            pytest.param(kind, id=kind.name, marks=() if kind.name in telling else pytest.mark.slow)
            for kind in kinds
        ],
    )


every_layout = over([*KINDS_OF_PAGES, NOT_FOUND], ONE_OF_EACH_TEMPLATE)
every_template = over(
    [kind for kind in [*KINDS_OF_PAGES, NOT_FOUND] if kind.name in ONE_OF_EACH_TEMPLATE],
    ONE_OF_EACH_SCRIPT,
)
"""Few pages quickly, one of each template in the slow tests."""
every_kind = over([*KINDS_OF_PAGES, NOT_FOUND], ONE_OF_EACH_SCRIPT)
every_kind_with_theme = over(KINDS_OF_PAGES, ONE_OF_EACH_SCRIPT)
every_record_kind = over(map(record_kind, RECORD_FOLDERS), ONE_OF_EACH_TEMPLATE)


@contextmanager
def served(
    site: Path, *, prefix: str = "/", headers: dict[str, str] | None = None
) -> Iterator[str]:
    """A plain web server with the site under a prefix; gives the address of the home page."""

    class Handler(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            if not path.startswith(prefix):
                return str(site / "no-such-file")
            return super().translate_path("/" + path[len(prefix) :])

        def send_error(
            self, code: int, message: str | None = None, explain: str | None = None
        ) -> None:
            body = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def end_headers(self) -> None:
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Quiet."""

    handler = functools.partial(Handler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{quote(prefix)}"
        finally:
            server.shutdown()
            thread.join()
