"""Records out to a workbook and back by the form: shown first, then written as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from casebook_site.base.problems import ContentError, Problem, UserError
from casebook_site.base.templates import Template
from casebook_site.editing.cells import names_of
from casebook_site.editing.comparing import Prefer
from casebook_site.editing.differences import render_differences
from casebook_site.editing.record_files import written_records
from casebook_site.editing.report_book import make_report, report_rows
from casebook_site.editing.sheets import Sheet
from casebook_site.editing.workbook import make_workbook
from casebook_site.engine.imports import BookImport, ImportQuestion, make_import, try_import
from casebook_site.engine.loading import Loaded
from casebook_site.engine.office_imports import read_office_list
from casebook_site.model.ordering import sorter
from casebook_site.webapp.live_site import LiveSite

SHOWN = 300
"""Lines of what would change, and problems, that a page shows."""


@dataclass(frozen=True)
class ExchangePage:
    """What a book would change, or has changed."""

    base: str
    site_name: str
    kinds: Mapping[str, str]
    book: str = ""
    told: str = ""
    waits: bool = False
    """Whether the book waits to be written."""
    is_asked: bool = False
    """Whether book and files both changed something, so that the editor has to decide."""
    lines: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


EXCHANGE_PAGE = Template("edit/exchange.html", ExchangePage)


class BookExchange:
    """The books of one form: the last that was sent waits until it is written or replaced."""

    def __init__(self, site: LiveSite, folder: Path) -> None:
        """Keep the site, and the folder in which books wait."""
        self._site = site
        self._folder = folder
        self._tried: BookImport | None = None

    def page(self, base: str) -> ExchangePage:
        """Return the page before anything was sent."""
        kinds = {kind.name: kind.title for kind in self._site.content.schema}
        return ExchangePage(base, self._site.settings.site_name, kinds)

    def export(self, kind: str) -> bytes:
        """Return the workbook of a kind, or of all records for an empty one."""
        loaded = self._loaded()
        catalog = loaded.catalog
        written = written_records(catalog)
        records = {key: written[key].data for key in sorted(written, key=sorter(catalog))}
        kinds = (kind,) if kind in catalog.schema else ()
        names = names_of(catalog)
        return make_workbook(records, names, catalog.schema, kinds, faults=loaded.problems)

    def send(
        self, page: ExchangePage, name: str, content: bytes, kind: str, *, as_list: bool
    ) -> ExchangePage:
        """Return what a book would change; it waits to be written if nothing is wrong with it."""
        name = re.sub(r"[^\w.（）()-]", "-", Path(name).name)[-80:] or "book.xlsx"
        path = self._folder / name
        path.write_bytes(content)
        return self._try(page, ImportQuestion(path, kind or None, is_list=as_list))

    def decide(self, page: ExchangePage, prefer: Prefer) -> ExchangePage:
        """Return what the waiting book would change, with what both touched taken from one side."""
        if self._tried is None:
            raise UserError("没有等着导入的表，请重新选一份。")
        return self._try(page, replace(self._tried.question, prefer=prefer))

    def write(self, page: ExchangePage) -> ExchangePage:
        """Write the waiting book; raise `UserError` where files have changed since it was shown."""
        tried = self._tried
        if tried is None or tried.problems:
            raise UserError("没有等着导入的表，请重新选一份。")
        make_import(self._site.settings, tried)
        content, records = self._site.content, self._site.settings.records_dir
        content.read_again(
            str(change.path) for change in tried.changes if change.path.is_relative_to(records)
        )
        self._loaded()
        told = f"已改 {len(tried.found)} 条记录、{len(tried.changes)} 个文件。"
        return replace(page, book=tried.question.book.name, told=told)

    def report(self) -> bytes:
        """Return what became of each row of the last book."""
        if self._tried is None:
            raise UserError("还没有导入过表。")
        tried = self._tried
        return make_report(report_rows(tried.plan, tried.found, tried.problems))

    def _try(self, page: ExchangePage, question: ImportQuestion) -> ExchangePage:
        loaded = self._loaded()
        left: tuple[str, ...] = ()
        sheets: Sequence[Sheet] | None = None
        settings, self._tried = self._site.settings, None
        page = replace(page, book=question.book.name)
        try:
            if question.is_list:
                placed = read_office_list(settings, loaded, question.book, question.kind)
                left, sheets = placed.left, placed.sheets
        except ContentError as error:
            return replace(
                page, problems=error.problems[:SHOWN], told="还有几处没有定，什么都没有改。"
            )
        self._tried = tried = try_import(settings, loaded, question, sheets)
        lines = render_differences([*tried.found], loaded.catalog.schema).splitlines()
        if tried.problems:
            asked = any(problem.code == "CB906" for problem in tried.problems)
            told = f"有 {len(tried.problems)} 处问题，什么都没有改。"
            return replace(
                page, told=told, left=left, problems=tried.problems[:SHOWN], is_asked=asked
            )
        told = f"会改 {len(tried.found)} 条记录、{len(tried.changes)} 个文件。"
        if not tried.changes:
            return replace(page, told="没有改动。", left=left)
        return replace(page, told=told, left=left, lines=tuple(lines[:SHOWN]), waits=True)

    def _loaded(self) -> Loaded:
        content = self._site.content
        content.link()
        content.check()
        assert content.loaded is not None
        return content.loaded
