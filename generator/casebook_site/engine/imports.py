"""A book of records into a site: read, compared, tried out on a copy, then written as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebook_site.base.files import write_atomically
from casebook_site.base.problems import Location, Problem, added_problems
from casebook_site.base.settings import Settings
from casebook_site.base.system_errors import reason_of
from casebook_site.editing import undo
from casebook_site.editing.comparing import Prefer
from casebook_site.editing.differences import Difference, differences
from casebook_site.editing.files import FileChange, commit, staged
from casebook_site.editing.import_plan import ImportPlan, problems_at_cells
from casebook_site.editing.imported import Imported, read_imported, remember
from casebook_site.editing.importing import known_headings, read_import
from casebook_site.editing.layout_files import layout_changes
from casebook_site.editing.record_files import Written, file_changes, written_records
from casebook_site.editing.report_book import make_report, report_path, report_rows
from casebook_site.editing.sheets import Sheet, SheetError, read_sheets
from casebook_site.editing.write_back import with_ids
from casebook_site.engine import loading
from casebook_site.model.catalog import Key


@dataclass(frozen=True)
class ImportQuestion:
    """What is asked of an import."""

    book: Path
    kind: str | None = None
    """What the rows of a single sheet are (CSV)."""
    prefer: Prefer = ""
    delete: bool = False
    """Whether records that the book once held, and holds no more, are deleted."""
    is_list: bool = False
    """Whether it is an office's own list, which never holds all records."""


@dataclass(frozen=True)
class BookImport:
    """What importing a book would do. Where there are problems, nothing is to be written."""

    question: ImportQuestion
    plan: ImportPlan
    written: Mapping[Key, Written]
    """The records as they are in their files now."""
    imported: Imported
    changes: tuple[FileChange, ...] = ()
    found: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def absent(self) -> Sequence[Key]:
        """The records that the book once held and holds no more, where they are not deleted."""
        is_told = not self.question.delete and not self.question.is_list
        return self.plan.absent if is_told else ()


def try_import(
    settings: Settings,
    loaded: loading.Loaded,
    question: ImportQuestion,
    sheets: Sequence[Sheet] | None = None,
) -> BookImport:
    """Return what importing a book would do; nothing is written.

    `sheets`: what the book says, where it is no workbook of ours.
    """
    catalog, book = loaded.catalog, question.book
    written = written_records(catalog)
    imported = read_imported(settings.root)
    try:
        if sheets is None:
            sheets = read_sheets(book, known_headings(catalog.schema))
    except SheetError as error:
        problem = Problem(Location(book.name, 0), "CB901", str(error))
        return BookImport(question, ImportPlan(), written, imported, problems=(problem,))
    plan = read_import(
        sheets,
        catalog,
        written,
        question.kind,
        imported=imported,
        prefer=question.prefer,
        unread=loaded.unread,
    )
    removed = _removed(plan, written, question.prefer) if question.delete else []
    wanted: dict[Key, Any] = {**plan.records, **dict.fromkeys(removed)}
    changes = file_changes(written, wanted, settings, catalog.schema)
    changes += layout_changes(settings, catalog, wanted)
    problems = plan.with_problems(_at_cells(settings, changes, plan, loaded))
    found = differences(written, wanted, catalog.schema)
    return BookImport(
        question, plan, written, imported, tuple(changes), tuple(found), tuple(problems)
    )


def make_import(settings: Settings, tried: BookImport) -> None:
    """Write what was tried, all of it or nothing; it can be taken back, and is remembered."""
    if tried.problems or not tried.changes:
        return
    undo.keep(settings.root, f"导入 {tried.question.book.name}", tried.changes)
    commit(settings.root, tried.changes)
    remember(settings.root, tried.imported, tried.plan.added, tried.plan.imported)


def write_report(tried: BookImport) -> str:
    """Write beside the book what became of each row; return a sentence on where it is."""
    path = report_path(tried.question.book)
    rows = report_rows(tried.plan, tried.found, tried.problems)
    try:
        write_atomically(path, make_report(rows))
    except OSError as error:
        return f"{path.name} 写不进去（{reason_of(error)}），没有留下每一行的结果。"
    return f"每一行的结果：{path}"


def write_ids_back(tried: BookImport) -> str:
    """Write the ids of new rows into the book itself; return a sentence on what was done."""
    book, unnamed = tried.question.book, tried.plan.unnamed
    if book.suffix.lower() != ".xlsx":
        return f"编号只能写回 .xlsx；{book.name} 没有改。"
    if not unnamed:
        return "没有要写回的编号。"
    try:
        content, left = with_ids(book.read_bytes(), unnamed)
        write_atomically(book, content)
    except (OSError, ValueError, LookupError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "写法特殊"
        return f"编号没有写回 {book.name}（{reason}）。若正在 Excel 里开着，先关掉。"
    more = f"，{len(left)} 行写不回" if left else ""
    return f"已把 {len(unnamed) - len(left)} 个编号写回 {book.name}{more}。"


def _removed(plan: ImportPlan, written: Mapping[Key, Written], prefer: Prefer) -> list[Key]:
    """Return the records to delete; of one that changed after the export, ask."""
    if prefer == "sheets":
        return plan.absent
    if not prefer:
        for key in sorted(plan.newer):
            name = written[key].data.get("name", key.id)
            message = f"表里删去了 {name}（{key.id}），导出以后文件里却改过它。"
            remedy = "保留它加 --ours，仍要删去加 --theirs。"
            place = Location(written[key].file.name, 0)
            plan.problems.append(Problem(place, "CB906", message, remedy))
    return [key for key in plan.absent if key not in plan.newer]


def _at_cells(
    settings: Settings, changes: Sequence[FileChange], plan: ImportPlan, before: loading.Loaded
) -> list[Problem]:
    """Return the problems that the changes would bring, at the cells that they come from."""
    if not changes:
        return []
    with staged(settings, changes) as copy:
        loaded = loading.load(copy)
        brought = added_problems(before.problems, loaded.problems)
        return problems_at_cells(brought, loaded.catalog, plan)
