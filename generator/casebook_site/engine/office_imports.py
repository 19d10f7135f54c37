"""An office's own list into a site: its mapping found or proposed, kept, and followed."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from casebook_site.base.files import write_atomically
from casebook_site.base.problems import ContentError, UserError
from casebook_site.base.settings import Settings
from casebook_site.editing.columns import SheetTable, tables
from casebook_site.editing.office_headings import WORDS, is_known
from casebook_site.editing.office_lists import PlacedList, placed_list, proposed_map
from casebook_site.editing.office_maps import OfficeMap, map_file, map_text, questions, read_map
from casebook_site.editing.office_rows import OfficeSheet, office_sheet
from casebook_site.editing.sheets import SheetError, raw_sheets
from casebook_site.editing.yaml_text import changed_text
from casebook_site.engine.loading import Loaded


def read_office_list(
    settings: Settings, loaded: Loaded, book: Path, kind: str | None
) -> PlacedList:
    """Return the entries of a list as rows of our sheets; its mapping is written down.

    Raise `ContentError` with every point of the mapping that is undecided, `SettingsError` where
    nobody says of which kind the list is, and `SheetError` for a file that is no list.
    """
    file = map_file(settings.imports_dir, book)
    known = read_map(file, settings.root)
    schema = loaded.catalog.schema
    name = known.kind if known else kind
    if name is None or name not in schema or (kind and kind != name):
        raise UserError(f"先用 --kind 写明 {book.name} 里是哪一类记录，与对应办法里的一致。")
    table = tables(schema, (name,))[0]
    sheets = _office_sheets(table, book)
    office_map = proposed_map(table, sheets, known)
    placed = placed_list(table, sheets, office_map, loaded.catalog)
    if placed.office_map != known:
        _keep(file, placed.office_map, book)
    if placed.office_map.undecided:
        raise ContentError(questions(file, placed.office_map, settings.root))
    return placed


def _office_sheets(table: SheetTable, book: Path) -> list[OfficeSheet]:
    is_heading = partial(is_known, table.columns)
    found = [
        sheet
        for title, rows in raw_sheets(book, WORDS)
        if (sheet := office_sheet(title, rows, is_heading))
    ]
    if not found:
        raise SheetError(
            f"{book.name} 里没有一张表看得出列标题：前十五行里要有一行写着名称、类别、地址这样的标题。"
        )
    return found


def _keep(file: Path, office_map: OfficeMap, book: Path) -> None:
    """Write a mapping down; comments in a file that is there stay."""
    text = map_text(office_map, book)
    if file.exists():
        fields = {name: value for name, value in office_map.model_dump().items() if value}
        with suppress(
            UserError
        ):  # written in a way that cannot be changed: then it is written anew
            text = changed_text(file.read_text("utf-8"), None, fields, [*OfficeMap.model_fields])
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, text)
