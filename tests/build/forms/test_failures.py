"""A form that cannot be saved comes back with all that was typed, and says why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.editing import files
from casebook_site.webapp import record_editor, sessions
from casebook_site.webapp.fields import MAX_ENTRIES
from tests.build.forms.served import PARK, Answer, ServedForms
from tests.unit.forms.browsing import inputs, sent

TYPED = {
    "organiser": "我刚写的",
    "about": "第一段。\n\n第二段 <b>。",
    "talking_points__0": "先讲这个",
}

LIST = "content/records/villages/list.yml"


def expect_all_that_was_typed(answer: Answer) -> None:
    """The page has a form with what was typed, and says that it was not saved."""
    found = dict(inputs(answer.text))
    for name, text in TYPED.items():
        assert found[name.replace("__", "-")].replace("\r\n", "\n") == text
    assert "没有保存" in answer.text
    assert 'id="save"' in answer.text


def in_gbk(file: Path) -> None:
    """Saves a file as old editors do."""
    file.write_bytes(file.read_text("utf-8").encode("gbk"))


def half(file: Path) -> None:
    """Leaves a file in the middle of being saved."""
    content = file.read_bytes()
    file.write_bytes(content[: content.index(b"choices: [") + 12])


def a_folder(file: Path) -> None:
    """Puts a folder in a file's place."""
    file.unlink()
    file.mkdir()


def a_list(file: Path) -> None:
    """Makes a file one of many records."""
    file.write_text("- {id: other, name: 别的}\n", "utf-8")


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        (in_gbk, 409, "UTF-8"),
        (half, 409, f"{PARK}:"),
        (lambda file: file.write_bytes(b""), 409, f"{PARK}:"),
        (Path.unlink, 404, "不在文件里了"),
        (a_folder, 500, "那里是一个文件夹"),
        (a_list, 404, "不在文件里了"),
    ],
)
def test_a_file_that_cannot_be_read_any_more_costs_nothing_that_was_typed(
    site: ServedForms, change: Callable[[Path], None], status: int, told: str
) -> None:
    page, file = site.opened(), site.folder.root / PARK
    before = file.read_bytes()
    change(file)
    damaged = file.read_bytes() if file.is_file() else None
    checked = site.check(page, **TYPED)
    assert not checked["sound"]
    assert told in " ".join(checked["inputs"][""])
    assert checked["changed"]
    answer = site.save(page, **TYPED)
    assert answer.status == status
    assert told in answer.text
    expect_all_that_was_typed(answer)
    assert (file.read_bytes() if file.is_file() else None) == damaged

    if file.is_dir():
        shutil.rmtree(file)
    file.write_bytes(before)  # once it is mended, the same page saves
    assert site.save(answer).status == 303
    assert "organiser: 我刚写的\n" in site.text()
    assert not site.folder.problems()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(28, "No space left on device"), "磁盘空间不够"),
        (OSError(30, "Read-only file system"), "磁盘是只读的"),
        (PermissionError(13, "Permission denied"), "没有权限"),
        (RuntimeError("no such thing"), "程序出错了"),
    ],
)
@pytest.mark.parametrize("at", ["commit", "draft"])
def test_a_disk_that_refuses_costs_nothing_that_was_typed(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str, at: str
) -> None:
    page, before = site.opened(), site.text()

    def refuses(*_: object) -> None:
        raise error

    if at == "commit":
        monkeypatch.setattr(record_editor, "commit", refuses)
    else:
        monkeypatch.setattr(site.editor._validator, "_draft", refuses)
    answer = site.save(page, **TYPED)
    assert answer.status == 500
    assert told in answer.text
    expect_all_that_was_typed(answer)
    assert site.text() == before
    monkeypatch.undo()
    assert site.save(answer).status == 303


def test_a_disk_that_is_full_while_a_file_is_written_leaves_the_old_one(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, before = site.opened(), site.text()

    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_write", full)
    expect_all_that_was_typed(site.save(page, **TYPED))
    assert site.text() == before
    monkeypatch.undo()
    assert site.save(page, **TYPED).status == 303
    assert "organiser: 我刚写的\n" in site.text()


def test_a_new_record_that_cannot_be_written_comes_back_too(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    page = site.opened("new/term")
    monkeypatch.setattr(record_editor, "commit", full)
    answer = site.save(page, id="xin-ci", name="新词", definition="一个词。")
    assert "磁盘空间不够" in answer.text
    found = dict(inputs(answer.text))
    assert (found["id"], found["name"], found["definition"]) == ("xin-ci", "新词", "一个词。")


def test_a_window_that_was_forgotten_asks_before_it_saves(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "MAX_SESSIONS", 1)
    page = site.opened()
    line = next(line for line in site.text().splitlines() if line.startswith("visit_minutes:"))
    site.folder.edit(PARK, line, "visit_minutes: 75")
    site.opened("edit/county/yi")
    before = site.text()
    answer = site.save(page, **TYPED)
    assert answer.status == 409
    assert "这个窗口开得太久了" in answer.text
    expect_all_that_was_typed(answer)
    assert "文件里现在是：75" in answer.text
    assert site.text() == before
    assert site.save(answer).status == 303
    assert "organiser: 我刚写的\n" in site.text()


@pytest.mark.parametrize("change", [in_gbk, Path.unlink])
def test_a_forgotten_window_of_a_file_that_is_gone_comes_back_too(
    site: ServedForms, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    monkeypatch.setattr(sessions, "MAX_SESSIONS", 1)
    page = site.opened()
    site.opened("edit/county/yi")
    change(site.folder.root / PARK)
    answer = site.save(page, **TYPED)
    expect_all_that_was_typed(answer)
    expect_all_that_was_typed(site.save(answer))


def test_a_window_that_nobody_opened_is_told(site: ServedForms) -> None:
    assert site.ask("save/nobody", b"name=x").status == 404
    assert site.ask("save/nobody", b"record.kind=nothing&name=x").status == 404
    assert site.ask("check/nobody", b"record.kind=term&name=x").status == 404


# --- long lists -----------------------------------------------------------------------------------


def long_list(site: ServedForms, count: int) -> list[str]:
    """Gives a record this many points to speak about."""
    points = [f"第{number}点" for number in range(count)]
    lines = site.text().splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("talking_points:"))
    end = next(i for i in range(start + 1, len(lines)) if not lines[i].startswith((" ", "-")))
    lines[start:end] = ["talking_points:", *(f"  - {point}" for point in points)]
    (site.folder.root / PARK).write_text("\n".join(lines) + "\n", "utf-8")
    site.editor.site.content.read_again([str(site.folder.root / PARK)])
    site.editor.site.content.link()
    return points


def points_of(site: ServedForms) -> list[str]:
    """The points of the record, as its file has them."""
    record = site.folder.catalog().records["teaching-point"]["zi-park"]
    return [*record.talking_points]  # type: ignore[attr-defined]


def test_of_a_list_of_3000_entries_the_form_shows_some_and_keeps_all(site: ServedForms) -> None:
    points = long_list(site, 3000)
    page = site.opened()
    shown = [name for name, _ in inputs(page.text) if name.startswith("talking_points-")]
    assert len(shown) == MAX_ENTRIES
    assert "还有2800项没有列在这里" in page.text
    answer = site.save(
        page,
        talking_points__1="",
        talking_points__2="改了",
        **{f"talking_points__{MAX_ENTRIES}": "加的"},
    )
    assert answer.status == 303, answer.text
    expected = [points[0], "改了", *points[3:MAX_ENTRIES], "加的", *points[MAX_ENTRIES:]]
    assert points_of(site) == expected


@pytest.mark.parametrize("removed", [0, 2])
def test_a_long_list_that_was_also_changed_elsewhere_keeps_all(
    site: ServedForms, removed: int
) -> None:
    points = long_list(site, MAX_ENTRIES + 5)
    page = site.opened()
    site.folder.edit(PARK, "name: 子村产业园", "name: 子村新园")
    changed = {f"talking_points__{number}": "" for number in range(removed)}
    changed[f"talking_points__{MAX_ENTRIES}"] = "加的"
    answer = site.save(page, **changed)
    assert answer.status == 409
    assert site.save(answer).status == 303
    assert points_of(site) == [*points[removed:MAX_ENTRIES], "加的", *points[MAX_ENTRIES:]]


@pytest.mark.slow
def test_3000_media_do_not_hold_the_form_up(site: ServedForms) -> None:
    text = site.text()
    media = "".join(
        f"  - {{file: bing/park-01.png, title: 照片{number}, credit: 某单位}}\n"
        for number in range(3000)
    )
    assert "\nmedia:\n" in text
    (site.folder.root / PARK).write_text(text.replace("\nmedia:\n", f"\nmedia:\n{media}"), "utf-8")
    site.editor.site.content.read_again([str(site.folder.root / PARK)])
    site.editor.site.content.link()
    page = site.opened()
    assert len(page.text) < 2_000_000
    body = sent(page.text, organiser="照存")
    answer = site.ask(f"save/{page.tab}", body)
    assert answer.status == 303, answer.text
    record = site.folder.catalog().records["teaching-point"]["zi-park"]
    assert len(record.media) == 3002


def test_what_others_typed_meanwhile_is_told_by_the_state_of_a_broken_file(
    site: ServedForms,
) -> None:
    page = site.opened()
    a_folder(site.folder.root / PARK)
    assert json.loads(site.ask(f"state/{page.tab}").text)["changed"]
    (site.folder.root / PARK).rmdir()
