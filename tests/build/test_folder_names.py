"""Site folders whose names mean something in addresses, patterns or shells, or are long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.folders import toy_copy, tree
from tests.webpages import broken_links

NAMES = {
    "marks": "a b #1 %41 %zz [x]{y}*?;&'\"",
    "emoji, NFD": "📁 e\u0301 联村",
    "long": "/".join(["长" * 60, "a" * 60, "b" * 80]),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if about == "marks" else [pytest.mark.slow], id=about)
        for about, name in NAMES.items()
    ],
)
def test_a_site_is_built_there_as_anywhere(tmp_path: Path, public_site: Path, name: str) -> None:
    folder = toy_copy(tmp_path / name / "toy")
    site = folder.build("--strict")
    assert tree(site) == tree(public_site)
    assert broken_links(site, "/sub/path/") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_records_are_renamed_and_bundled_there(tmp_path: Path, name: str) -> None:
    folder = toy_copy(tmp_path / name / "toy")
    for command in (
        ["rename", "village", "zi", "zi-new"],
        ["export", "--kind", "village", "--out", "village.csv"],
        ["import", "village.csv"],
        ["bundle", "village:zi-new"],
        ["verify", "bundles/village-zi-new.zip"],
    ):
        done = folder.casebook(*command)
        assert done.returncode == 0, done.stdout + done.stderr
