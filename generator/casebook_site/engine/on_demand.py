"""The site at one moment; each of its files is made when somebody asks for it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from casebook_site.base.problems import Problem
from casebook_site.base.templates import Renderer
from casebook_site.model.editions import has_page
from casebook_site.model.urls import search_path
from casebook_site.outputs.page_template import ThemeCapture
from casebook_site.outputs.site.files import OutputFile, Rendering, plan_record
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.planning import (
    plan_captured,
    plan_index,
    plan_pages,
    site_templates,
)
from casebook_site.outputs.site.search import searched_pages

_SUFFIXES = (".html", ".json")
SEARCH_FILE = re.compile(re.escape(search_path("@")).replace("@", "[a-z0-9-]+"))


@dataclass(frozen=True)
class Snapshot:
    """A site in the pages that MkDocs gave last. Files are made one at a time."""

    site: SiteModel
    capture: ThemeCapture
    renderer: Renderer
    problems: tuple[Problem, ...] = ()
    """What is wrong with the content; then the site is an earlier one."""
    packs: tuple[OutputFile, ...] = ()
    """Study packs beside the pages."""

    def file(self, path: str) -> bytes | None:
        """Return the bytes of a file of the site, or None if it has no such file."""
        with self._lock:
            found = self._captured.get(path) or self._of_record(path) or self._planned(path)
            return found.render(self._rendering).content if found else None

    @cached_property
    def _lock(self) -> threading.Lock:
        return threading.Lock()

    @cached_property
    def _rendering(self) -> Rendering:
        return Rendering(self.renderer, site_templates(self.site, self.capture))

    @cached_property
    def _captured(self) -> Mapping[str, OutputFile]:
        files = chain(plan_captured(self.site, self.capture), self.packs)
        return {file.path: file for file in files}

    def _of_record(self, path: str) -> OutputFile | None:
        """Return the file of a record, found without planning the whole site."""
        return next((file for file in self._record_files(path) if file.path == path), None)

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
        pages = [page.path for page in self.capture.pages]
        return {file.path: file for file in plan_pages(self.site, pages)}

    @cached_property
    def _index(self) -> Mapping[str, OutputFile]:
        """The files of search, which all texts go into: made when somebody searches."""
        pages = searched_pages(self.capture.pages, self.site.edition)
        return {file.path: file for file in plan_index(self.site, pages)}
