"""Map layouts follow the records: a new township gets a free tile, one that is gone loses its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from casebook_site.base.problems import UserError
from casebook_site.base.settings import Settings
from casebook_site.editing.files import FileChange, content_of
from casebook_site.editing.round_trip import same
from casebook_site.editing.yaml_text import changed_text
from casebook_site.maps.layouts import Layouts, Tile, TileLayout, WrittenLayout, read_layouts
from casebook_site.model.catalog import Catalog, Key
from casebook_site.reading.parsing import parse
from casebook_site.records.places import County, Township

_LAST = 99
"""The last column, and the last row, that a layout may have."""

_NOTE = "  # 自动放在旁边的空格里，方位不详"

Wanted = Mapping[Key, Mapping[str, Any] | None]
"""Records as they shall be; None for those that shall be deleted."""


def layout_changes(settings: Settings, catalog: Catalog, wanted: Wanted) -> list[FileChange]:
    """Return the changes of layout files that go with changes of counties and townships.

    Only the tiles of `wanted` townships are touched, and a layout goes with its county. A file that
    cannot be changed safely stays, and the rule on layouts says what is missing in it.
    """
    if not any(key.kind in (Township.kind, County.kind) for key in wanted):
        return []
    layouts, _ = read_layouts(settings.maps_dir, settings.root)
    found = (_layout_change(written, catalog, wanted) for written in layouts.written)
    return [change for change in found if change]


def changed_layouts(settings: Settings, changes: Sequence[FileChange]) -> Layouts:
    """Return the layouts of a site as they would be after `layout_changes`."""
    layouts, _ = read_layouts(settings.maps_dir, settings.root)
    new = {change.path: change.new for change in changes}
    return Layouts(tuple(_written_anew(layouts.written, new)))


def _written_anew(
    written: Sequence[WrittenLayout], new: Mapping[Path, bytes | None]
) -> Iterator[WrittenLayout]:
    for one in written:
        file = Path(one.origin.file)
        content = new.get(file)
        if content is not None:
            data = parse(content.decode("utf-8-sig")).data
            yield replace(one, layout=TileLayout.model_validate(data))
        elif file not in new:
            yield one


def _layout_change(written: WrittenLayout, catalog: Catalog, wanted: Wanted) -> FileChange | None:
    layout, file = written.layout, Path(written.origin.file)
    if not isinstance(layout, TileLayout):
        return None
    old = content_of(file)
    if old is None:
        return None
    if wanted.get(Key(County.kind, layout.county), {}) is None:
        return FileChange(file, old, None)
    there = {tile.township for tile in layout.cells}
    gone = {
        id
        for id in there
        if (key := Key(Township.kind, id)) in wanted and _county(wanted[key]) != layout.county
    }
    new = [
        key.id
        for key, data in wanted.items()
        if key.kind == Township.kind
        and _county(data) == layout.county
        and key.id not in there
        and not _is_elsewhere(key, catalog, layout.county)
    ]
    if not gone and not new:
        return None
    try:
        text = _text(old.decode("utf-8-sig"), layout, gone, new)
    except (UserError, ValueError):
        return None
    mark = old[: len(old) - len(old.decode("utf-8-sig").encode())]
    return FileChange(file, old, mark + text.encode())


def _county(data: Mapping[str, Any] | None) -> str | None:
    return None if data is None else data.get("county")


def _is_elsewhere(key: Key, catalog: Catalog, county: str) -> bool:
    """Return whether a township that was in the county before has no tile: that is told, not mended."""
    before = catalog.of(Township).get(key.id)
    return before is not None and before.county == county


def _text(text: str, layout: TileLayout, gone: set[str], new: Sequence[str]) -> str:
    """Return the text of a layout without the tiles that are gone, and with those that are new."""
    cells = parse(text).data["cells"]
    kept = [cell for cell in cells if cell["township"] not in gone]
    if gone:
        text = _without_lines(text, gone, kept) or changed_text(
            text, None, {"cells": kept}, [*TileLayout.model_fields]
        )
    left = [tile for tile in layout.cells if tile.township not in gone]
    for tile in _free_tiles(left, new):
        added = {"township": tile.township, "column": tile.column, "row": tile.row}
        kept = [*kept, added]
        text = _with_line(text, tile, kept) or changed_text(
            text, None, {"cells": kept}, [*TileLayout.model_fields]
        )
    return text


def _without_lines(text: str, gone: set[str], cells: Sequence[Any]) -> str:
    """Return the text without the lines of tiles; empty where they have no lines of their own."""
    ids = "|".join(map(re.escape, sorted(gone)))
    line = rf"(?m)^ *- \{{[^{{}}\n]*\btownship: *[\"']?(?:{ids})[\"']?[ ,}}][^\n]*\n?"
    whole = re.sub(line, "", text)
    return whole if same(parse(whole).data.get("cells"), list(cells)) else ""


def _with_line(text: str, tile: Tile, cells: Sequence[Mapping[str, Any]]) -> str:
    """Return the text with a line for a tile behind the last; empty where a line does not do."""
    lines = text.splitlines(keepends=True)
    last = max((n for n, line in enumerate(lines) if re.match(r" *- ", line)), default=None)
    if last is None or "{" not in lines[last]:
        return ""
    indent = lines[last][: len(lines[last]) - len(lines[last].lstrip(" "))]
    end = "\r\n" if lines[last].endswith("\r\n") else "\n"
    if not lines[last].endswith("\n"):
        lines[last] += end
    entry = f"{{township: {tile.township}, column: {tile.column}, row: {tile.row}}}"
    lines.insert(last + 1, f"{indent}- {entry}{_NOTE}{end}")
    whole = "".join(lines)
    return whole if same(parse(whole).data.get("cells"), list(cells)) else ""


def _free_tiles(cells: Sequence[Tile], ids: Sequence[str]) -> Iterator[Tile]:
    """Yield a tile for each township: in the first column to the right that has no tile at all.

    A layout that is full to the right goes on below.
    """
    columns = {tile.column for tile in cells}
    rows = {tile.row for tile in cells}
    column, height = max(columns, default=-1) + 1, max(rows, default=0) + 1
    for number, id in enumerate(ids):
        across, down = divmod(number, height)
        if column + across <= _LAST:
            yield Tile(township=id, column=column + across, row=down)
            continue
        yield Tile(township=id, column=number % (_LAST + 1), row=height + number // (_LAST + 1))
