"""Return files are read without harm, and added up once for each machine."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook_site.editing.collected import Collected, by_subject, collect, evaluations
from casebook_site.editing.return_files import (
    LARGEST,
    DamagedReturn,
    parse_return,
    read_return,
    return_files,
)
from casebook_site.model.catalog import Catalog, Key
from tests.unit.editing.returns import MACHINE, payload, saved


def with_class(**changes: Any) -> dict[str, Any]:
    """Return what is handed in with another class."""
    return payload(classes=[payload()["classes"][0] | changes])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b"\xff\xfe\x00",
        b"null",
        b'{"format": "casebook-return-2"}',
        saved("[" * 20_000),
        saved("null"),
        saved(payload(machine="../../etc/passwd")),
        saved(payload(number=0)),
        saved(payload(number="1")),
        saved(payload(number=1e300)),
        saved(payload(extra=1)),
        saved(payload(quiz=[{"record": "course/a", "answered": 1, "right": 2}])),
        saved(payload(quiz=[{"record": "course/a", "answered": -1, "right": -1}])),
        saved(payload(quiz=[{"record": "course/../a", "answered": 1, "right": 1}])),
        saved(payload(quiz=[{"record": "course/a", "answered": 10**30, "right": 1}])),
        saved(payload(notes=[{"page": "", "text": "\x1b[2J"}])),
        saved(payload(notes=[{"page": "", "text": "长" * 2_000}])),
        saved(payload(notes=[{"page": "", "text": "a"}] * 1_000)),
        saved(json.dumps(payload()).replace("子村产业园", "\\ud800")[:-1] + ', "x": "\\ud800"}'),
        saved(with_class(returned=1)),
        saved(with_class(id="../spring")),
        saved(with_class(items=[payload()["classes"][0]["items"][0]] * 2)),
        saved(with_class(returned=True)),
    ],
    ids=range(24),
)
def test_what_is_no_return_file_is_told(content: bytes) -> None:
    with pytest.raises(DamagedReturn):
        parse_return(content)


def test_a_file_that_was_changed_is_told() -> None:
    content = saved(payload())
    assert parse_return(content)[0].quiz[0].right == 2
    assert parse_return(b"\xef\xbb\xbf" + content)[0].number == 1
    with pytest.raises(DamagedReturn, match="改动过"):
        parse_return(content.replace(b'\\"right\\": 2', b'\\"right\\": 3'))
    with pytest.raises(DamagedReturn, match="太大"):
        parse_return(b" " * (LARGEST + 1))


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "away.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "large.json").write_bytes(b" " * (LARGEST + 1))
    for name in ("pipe", "away", "folder", "large"):
        with pytest.raises(DamagedReturn):
            read_return(tmp_path / f"{name}.json")


def test_files_in_folders_are_found_and_leavings_are_not(tmp_path: Path) -> None:
    for name in ("一村/return.json", "b.json", ".hidden.json", "x.json~", "readme.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [file.name for file in return_files(tmp_path)] == ["b.json", "return.json"]


@pytest.fixture
def collecting(toy_catalog: Catalog, tmp_path: Path) -> Callable[..., Collected]:
    """Writes return files by name and adds them up."""

    def collected(**files: bytes) -> Collected:
        for name, content in files.items():
            (tmp_path / f"{name}.json").write_bytes(content)
        return collect(toy_catalog, tmp_path, return_files(tmp_path), lambda bundle: "")

    return collected


def test_machines_are_added_up(collecting: Callable[..., Collected], toy_catalog: Catalog) -> None:
    made = collecting(one=saved(payload()), two=saved(payload(machine="f" * 16)))
    assert made.counted == 2
    quiz = made.quiz[Key("course", "party-constitution")]
    assert (quiz.answered, quiz.right) == (6, 4)
    assert made.classes["spring"].returned == 4
    assert made.classes["spring"].remarks == ["多看现场"] * 2
    subjects = {str(key): (tally.very, tally.answers) for key, tally in
                by_subject(toy_catalog, made).items()}  # fmt: skip
    assert subjects["course/party-constitution"] == (2, 4)
    assert subjects["teaching-point/zi-park"] == (4, 4)
    assert [key for key in subjects if key.startswith("faculty/")]
    ((key, evaluation),) = evaluations(toy_catalog, made.classes)
    assert (key.id, evaluation["sent"], evaluation["returned"]) == ("spring", 45, 4)
    assert evaluation["items"][1] == {"name": "现场教学", "very": 4}


def test_copies_and_earlier_files_of_a_machine_are_not_counted(
    collecting: Callable[..., Collected],
) -> None:
    made = collecting(
        one=saved(payload()), copy=saved(payload()), later=saved(payload(number=2, notes=[]))
    )
    told = {verdict.file: verdict.told for verdict in made.files}
    assert made.counted == 1
    assert "完全相同" in told["one.json"]
    assert "以后一份为准" in told["copy.json"]
    assert made.classes["spring"].returned == 2
    assert made.notes == []


def test_two_files_of_one_number_are_not_believed(collecting: Callable[..., Collected]) -> None:
    made = collecting(one=saved(payload()), two=saved(payload(notes=[])))
    assert made.counted == 0
    assert all("不知哪一份是真的" in verdict.told for verdict in made.files)


def test_what_cannot_be_is_told(collecting: Callable[..., Collected]) -> None:
    many = with_class(returned=46)
    unknown = with_class(id="other") | {"machine": "a" * 16}
    strange = payload(machine="b" * 16, quiz=[{"record": "course/x", "answered": 1, "right": 1}])
    made = collecting(many=saved(many), unknown=saved(unknown), strange=saved(strange))
    told = {verdict.file: verdict.told for verdict in made.files}
    assert "多于到课的 45 人" in told["many.json"]
    assert "没有“other”这个培训班" in told["unknown.json"]
    assert "没有“course/x”这条记录" in told["strange.json"]
    assert made.classes["spring"].returned == 2


def test_numbers_of_persons_are_masked(collecting: Callable[..., Collected]) -> None:
    noted = payload(notes=[{"page": "", "text": "找老王 13800138000 问"}])
    made = collecting(one=saved(noted))
    assert made.notes[0].text == "找老王 138****8000 问"


def test_a_bundle_that_is_not_ours_is_left_out(toy_catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "one.json").write_bytes(saved(payload()))
    made = collect(toy_catalog, tmp_path, return_files(tmp_path), lambda bundle: "不是本单位发的。")
    assert (made.counted, made.files[0].told) == (0, "不是本单位发的。")
    assert MACHINE not in str(made.files)
