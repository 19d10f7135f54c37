"""A batch becomes a sheet with numbered changes and room to sign, as PDF and Word."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from docx import Document

from tests.build.reviews.folder import DAY, FILES, TERM, done, reviewing, sign_all
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


def test_a_sheet_holds_what_changed_what_is_new_and_room_to_sign(
    site_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    folder = reviewing(site_folder(FILES))
    sign_all(folder)
    assert "不用印" in folder.casebook("review", "sheet").stderr
    folder.edit(TERM, "几个村一起", "几个村一起干")
    folder.write("records/terms/new.yml", "name: 新词\ndefinition: 新的意思。\n")
    done(folder, "review", "sheet", "--step", "初审", "--format", "pdf", "--format", "docx")
    made = folder.root / "packs-internal"
    assert (made / "review-2026-12-01.pdf").read_bytes().startswith(b"%PDF-")
    tables = [
        [[cell.text for cell in row.cells] for row in table.rows]
        for table in Document(str(made / "review-2026-12-01.docx")).tables
    ]
    batch, changes, whole, signatures = tables[-4:]
    assert [row[:3] for row in batch[1:]] == [
        ["1", "联村　术语", "签后改过"],
        ["2", "新词　术语", "待签"],
    ]
    assert changes[1][:2] == ["1", "释义"]
    assert changes[1][2].startswith("几个村一起。")
    assert changes[1][3].startswith("几个村一起干。")
    assert ["释义", "新的意思。"] in whole
    assert [row[0] for row in signatures] == ["审次", "初审"]
