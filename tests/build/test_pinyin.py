"""The pinyin of names, and the file in which it is kept from build to build."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypinyin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casebook_site.base import pinyin
from casebook_site.base.characters import folded
from casebook_site.base.place_readings import NAMES
from tests.folders import SiteFolder

WITHOUT_DICTIONARIES = """
import sys
sys.modules["pypinyin"] = None
from casebook_site.cli.main import main
main()
"""

Start = Callable[[], None]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Forgets all pinyin, as a new process does."""

    def begin() -> None:
        monkeypatch.setattr(pinyin, "_asked", {})
        monkeypatch.setattr(pinyin, "_recalled", {})
        monkeypatch.setattr(pinyin, "_told", 0)

    begin()
    return begin


@pytest.fixture
def spelled(start: Start, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was looked up in the dictionaries."""
    texts: list[str] = []
    look_up = pinyin._spelled

    def spelled(text: str) -> Any:
        texts.append(text)
        return look_up(text)

    monkeypatch.setattr(pinyin, "_spelled", spelled)
    return texts


_NAMES = st.text(
    st.one_of(
        st.sampled_from("沂源县鲁村镇重庆行长安乐朝阳区单县六安银都会 Ab3·（）\n"),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    ),
    max_size=8,
)


@given(_NAMES)
def test_it_is_what_the_dictionaries_say_of_all_but_names(text: str) -> None:
    assume(not NAMES.search(folded(text)))
    assert pinyin.pinyin(text) == " ".join(pypinyin.lazy_pinyin(folded(text))).lower()


def test_what_was_asked_for_is_known_in_the_next_run(
    tmp_path: Path, start: Start, spelled: list[str]
) -> None:
    file = tmp_path / "folder/pinyin.json"
    assert pinyin.pinyin("沂源县") == "yi yuan xian"
    pinyin.keep(file)
    start()
    pinyin.recall(file)
    assert pinyin.pinyin("沂源县") == "yi yuan xian"
    assert spelled == ["沂源县"]


def test_an_edit_keeps_what_it_did_not_ask_for_and_a_whole_build_does_not(
    tmp_path: Path, start: Start, spelled: list[str]
) -> None:
    file = tmp_path / "pinyin.json"
    pinyin.pinyin("甲村")
    pinyin.keep(file)
    for only_asked, expected in ((False, ["甲村", "乙村"]), (True, ["甲村", "乙村", "甲村"])):
        start()
        pinyin.recall(file)
        pinyin.pinyin("乙村")
        pinyin.keep(file, only_asked=only_asked)
        start()
        pinyin.recall(file)
        assert [pinyin.pinyin("甲村"), pinyin.pinyin("乙村")] == ["jia cun", "yi cun"]
        assert spelled == expected


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"cun", b"can"),
        lambda content: content.split(b"\n")[1],
        lambda content: b"\xff" * len(content),
    ],
)
def test_damage_does_no_harm(
    tmp_path: Path, start: Start, damage: Callable[[bytes], bytes]
) -> None:
    file = tmp_path / "pinyin.json"
    pinyin.pinyin("甲村")
    pinyin.keep(file)
    file.write_bytes(damage(file.read_bytes()))
    start()
    pinyin.recall(file)
    assert pinyin.pinyin("甲村") == "jia cun"
    pinyin.keep(file)
    start()
    pinyin.recall(file)
    assert pinyin._recalled == {"甲村": "jia cun"}


def test_what_other_dictionaries_said_is_not_taken(
    tmp_path: Path, start: Start, spelled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pinyin.json"
    pinyin.pinyin("甲村")
    pinyin.keep(file)
    start()
    monkeypatch.setattr(pinyin, "_dictionaries", lambda: b"another version")
    pinyin.recall(file)
    pinyin.pinyin("甲村")
    assert spelled == ["甲村", "甲村"]


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, start: Start) -> None:
    (tmp_path / "folder").write_text("a file where the folder should be")
    pinyin.pinyin("甲村")
    pinyin.keep(tmp_path / "folder/pinyin.json")


def contents(site: Path) -> dict[Path, bytes]:
    """Every page and every file of search."""
    return {file: file.read_bytes() for file in site.rglob("*") if file.suffix in (".html", ".js")}


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_build_needs_no_dictionaries(toy: SiteFolder, workers: int) -> None:
    toy.edit("mkdocs.yml", "workers: 2", f"workers: {workers}")
    first = contents(toy.build())
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DICTIONARIES, "build"],
        cwd=toy.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert contents(toy.root / "site") == first
