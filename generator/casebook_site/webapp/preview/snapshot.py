"""The site at one moment; each of its files is made when somebody asks for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from casebook_site.base.artifacts import MARK
from casebook_site.base.problems import Problem
from casebook_site.base.rendering import Renderer
from casebook_site.model.editions import has_page
from casebook_site.model.urls import search_path
from casebook_site.outputs.page_template import PageTemplate, ThemeCapture, WrittenPage, slot
from casebook_site.outputs.site.files import OutputFile, make, plan_record
from casebook_site.outputs.site.hand_written import home_html, link_records
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import plan_index, plan_pages
from casebook_site.outputs.site.search import searched_pages

_UPDATED = slot("updated").encode()
_SUFFIXES = (".html", ".json")
SEARCH_FILE = re.compile(re.escape(search_path("@")).replace("@", "[a-z0-9-]+"))


@dataclass(frozen=True)
class Snapshot:
    """An edition in a frame. Files are made one at a time: what they share is not locked."""

    site: SiteModel
    frame: ThemeCapture
    renderer: Renderer
    problems: tuple[Problem, ...] = ()
    """What is wrong with the content; then the edition is an earlier one."""

    def file(self, path: str) -> bytes | None:
        """The bytes of a file of the site, or None where it has no such file."""
        with self._lock:
            if path in self._written:
                return self._page(self._written[path])
            if path in self.frame.files:
                content = self.frame.files[path]
                dated = self._updated["updated"].encode()
                return content.replace(_UPDATED, dated) if path == MARK else content
            planned = self._of_record(path) or self._planned(path)
            return make(planned, self.renderer, self._shells).content if planned else None

    @cached_property
    def _lock(self) -> threading.Lock:
        return threading.Lock()

    @cached_property
    def _updated(self) -> dict[str, str]:
        return {"updated": self.site.newest.chinese if self.site.newest else ""}

    @cached_property
    def _shells(self) -> Mapping[str, PageTemplate]:
        return {key: shell.partly(self._updated) for key, shell in self.frame.shells.items()}

    @cached_property
    def _written(self) -> Mapping[str, WrittenPage]:
        return {page.path: page for page in self.frame.pages}

    def _page(self, page: WrittenPage) -> bytes:
        body = link_records(page.html, page.path, self.site.edition)
        if page.is_home:
            body = home_html(self.site, self.renderer, page.lead, body, page.key_figures)
        return page.shell.fill({"body": body, **self._updated})

    def _of_record(self, path: str) -> OutputFile | None:
        """The file of a record, found without planning the whole site."""
        return next((made for made in self._record_files(path) if made.path == path), None)

    def _record_files(self, path: str) -> Iterator[OutputFile]:
        folder, _, name = path.partition("/")
        kind = self.site.schema.by_folder.get(folder)
        if kind and name.endswith(_SUFFIXES):
            edition = self.site.edition
            record = edition.records[kind.name].get(name.rpartition(".")[0])
            if record is not None and has_page(edition, record):
                yield from plan_record(self.site, record)

    def _planned(self, path: str) -> OutputFile | None:
        return (self._index if SEARCH_FILE.match(path) else self._plan).get(path)

    @cached_property
    def _plan(self) -> Mapping[str, OutputFile]:
        return {planned.path: planned for planned in plan_pages(self.site, self._written)}

    @cached_property
    def _index(self) -> Mapping[str, OutputFile]:
        """The files of search, which all texts go into: made when somebody searches."""
        pages = searched_pages(self.frame.pages, self.site.edition)
        return {planned.path: planned for planned in plan_index(self.site, pages)}
