"""The last import, renaming or deletion is taken back, unless somebody has written since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebook_site.base.workplace import WORKPLACE
from casebook_site.editing.files import FileChange
from casebook_site.editing.undo import NothingToUndoError, forget, keep, last_change
from tests.folders import SiteFolder, tree

TERMS = "content/records/terms/list.yml"


def content(toy: SiteFolder) -> dict[str, str]:
    return tree(toy.root / "content")


def imported(toy: SiteFolder, text: str) -> None:
    (toy.root / "term.csv").write_text(f"编号,名称,释义\n{text}\n", "utf-8")
    done = toy.casebook("import", "term.csv")
    assert done.returncode == 0, done.stdout + done.stderr


def kept(toy: SiteFolder) -> list[Path]:
    return sorted((toy.root / WORKPLACE).glob("undo-*.json"))


def test_imports_and_renamings_are_taken_back_one_by_one(toy: SiteFolder) -> None:
    first = content(toy)
    imported(toy, "xin,新词,新的\nlong-tou,龙头村,改过")
    second = content(toy)
    assert toy.casebook("rename", "term", "long-tou", "lead-village").returncode == 0
    done = toy.casebook("undo", "--dry-run", "--json")
    told = json.loads(done.stdout)
    assert told["undone"] == "术语“long-tou”的编号改成“lead-village”"
    assert {"file": TERMS, "action": "changed"} in told["files"]
    for state in (second, first):
        done = toy.casebook("undo")
        assert done.returncode == 0, done.stdout + done.stderr
        assert content(toy) == state
    done = toy.casebook("undo")
    assert (done.returncode, content(toy)) == (2, first)
    assert "没有可以退回的改动" in done.stderr


def test_what_was_written_since_is_not_lost(toy: SiteFolder) -> None:
    imported(toy, "long-tou,龙头村,改过")
    toy.edit(TERMS, "改过", "又改过")
    now = content(toy)
    done = toy.casebook("undo")
    assert done.returncode == 2
    assert TERMS in done.stderr
    assert content(toy) == now


def test_what_others_rest_on_by_now_is_not_taken_back(toy: SiteFolder) -> None:
    imported(toy, "xin,新词,新的")
    toy.write("records/terms/other.yml", "name: 别的\ndefinition: 见[](record:term/xin)。\n")
    now = content(toy)
    done = toy.casebook("undo")
    assert done.returncode == 1
    assert "content/records/terms/other.yml" in done.stdout
    assert "记录没有改动" in done.stderr
    assert content(toy) == now


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        '{"title": "x", "files": [["../outside.yml", "eA==", null]]}',
        '{"title": "x", "files": [["content/a.yml", 1, null]]}',
    ],
)
def test_what_is_damaged_or_forged_is_passed_over(toy: SiteFolder, damage: str) -> None:
    first = content(toy)
    imported(toy, "xin,新词,新的")
    (toy.root / WORKPLACE / "undo-000009.json").write_text(damage, "utf-8")
    assert toy.casebook("undo").returncode == 0
    assert content(toy) == first
    assert kept(toy) == []


def test_a_change_that_was_never_made_is_passed_over(
    toy: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("casebook_site.engine.imports.commit", fail)
        (toy.root / "term.csv").write_text("编号,名称,释义\nxin,新词,新的\n", "utf-8")
        assert toy.casebook("import", "term.csv").returncode == 2
    assert len(kept(toy)) == 1
    assert toy.casebook("undo").returncode == 2
    assert kept(toy) == []


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    for number in range(23):
        keep(tmp_path, str(number), [FileChange(file, None, b"x")])
    file.write_bytes(b"x")
    titles = []
    for _ in range(20):
        change = last_change(tmp_path)
        titles.append(change.title)
        forget(change)
    assert titles == [str(number) for number in reversed(range(3, 23))]
    with pytest.raises(NothingToUndoError):
        last_change(tmp_path)
