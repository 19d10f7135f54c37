"""The file that says how an office's list becomes records: what is undecided in it is told in its place."""

from __future__ import annotations

from pathlib import Path

from casebook_site.editing.office_maps import map_text, questions, read_map

TEXT = """\
kind: teaching-point
columns:
  名称: name
  手机:
  联系人及电话: [contact.name, contact.phone]
constants:
  county:
values:
  category:
    红色资源:
    其他: 不要
"""


def test_each_point_that_is_undecided_is_told_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "名册.yml"
    file.write_text(TEXT, "utf-8")
    office_map = read_map(file, tmp_path)
    assert office_map is not None
    found = [(p.location.line, p.code) for p in questions(file, office_map, tmp_path)]
    assert found == [(4, "CB907"), (7, "CB907"), (10, "CB907")]
    file.write_text(map_text(office_map, Path("名册.xlsx")), "utf-8")
    assert read_map(file, tmp_path) == office_map
