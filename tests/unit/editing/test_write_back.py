"""Ids are set into the XML of a sheet, however a program has written it."""

from __future__ import annotations

import pytest

from casebook_site.editing.write_back import with_ids
from casebook_site.editing.xlsx import sheets_in
from casebook_site.model.catalog import Key
from tests.unit.editing.test_hostile_sheets import sheet_of

KEY = Key("term", "xin-ci")


@pytest.mark.parametrize(
    ("cells", "done"),
    [
        ('<row r="2"><c r="A2" s="1"/><c r="B2" t="inlineStr"><is><t>词</t></is></c></row>', True),
        ('<row r="2"><c r="B2" t="inlineStr"><is><t>词</t></is></c></row>', True),
        ('<row spans="1:2" r="2" ht="3"><c r="A2" t="str"><v></v></c></row>', True),
        ('<row r="2" ht="3"/><row r="3"><c r="A3"><v>1</v></c></row>', False),
        ("<row r='2'><c r='A2'/><c r='B2'><v>1</v></c></row>", True),
        ("<row><c><v>1</v></c></row>", False),
    ],
)
def test_the_cell_of_a_row_is_filled(cells: str, done: bool) -> None:
    content = sheet_of(cells)
    title = next(sheets_in(content)).title
    filled, left = with_ids(content, {KEY: f"{title}!A2"})
    assert left == ([] if done else [KEY])
    (sheet,) = sheets_in(filled)
    assert (sheet.rows.get(2, {}).get(1) == KEY.id) == done
