"""`.casebook/` from a stranger, or damaged: nothing outside is touched, and the next run is clean."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook_site.base import pinyin
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.base.workplace import tidy, workplace
from casebook_site.editing.files import FileChange, commit, finish_interrupted, staged
from tests.folders import SiteFolder, tree

FORGED = [
    [[None, "../victim.txt"]],
    [["0", "../victim.txt"]],
    [[None, "content/../../victim.txt"]],
    [[None, "/etc/victim"]],
    [[None, "link/victim.txt"]],
    [["../../victim.txt", "content/a.yml"]],
    [["..", "content/a.yml"]],
    [["/etc/passwd", "content/a.yml"]],
    [["0", ".git/hooks/pre-commit"]],
    [["0", "content/.hidden/a.yml"]],
    [["0", "C:\\a.yml"]],
    [["0", "content\\..\\..\\a.yml"]],
    [["0", "content/a\0.yml"]],
    [[None, ""]],
    [[None, "."]],
    [[None, "长" * 200]],
    [["0", "content/" + "a/" * 3000 + "b.yml"]],
    [["0", "kept.txt/a.yml"]],
    [[None, "kept.txt/a.yml"]],
    [["0", "folder"]],
    [[None, "folder"]],
    [["0", "content/a.yml"], [None, "../victim.txt"]],
    [[None, "kept.txt"], [None, "../victim.txt"]],
    "",
    {"a": 1},
    {},
    1,
    None,
    [1],
    [[]],
    [["0"]],
    [["0", 1]],
    [[0, "a.yml"]],
    [["0", "a.yml", "b"]],
    ["00"],
]


def beside(folder: Path, ours: str) -> dict[str, str]:
    """Path → digest of all files that are not below a folder of ours."""
    return {path: digest for path, digest in tree(folder).items() if ours not in Path(path).parts}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site's folder beside a file that is nobody's business; `link` leads out."""
    root = tmp_path / "site"
    (root / ".casebook/writing").mkdir(parents=True)
    (root / ".casebook/writing/0").write_bytes(b"forged")
    (tmp_path / "victim.txt").write_text("mine")
    (root / "kept.txt").write_text("kept")
    (root / "folder").mkdir()
    (root / "link").symlink_to(tmp_path)
    return root


@pytest.mark.parametrize("journal", FORGED, ids=repr)
def test_a_forged_journal_is_refused_told_and_gone(site: Path, journal: object) -> None:
    (site / ".casebook/writing.json").write_text(json.dumps(journal))
    before = beside(site.parent, ".casebook")
    with pytest.raises(SettingsError, match="不是本程序写的"):
        finish_interrupted(site)
    finish_interrupted(site)
    assert beside(site.parent, ".casebook") == before
    assert [path.name for path in (site / ".casebook").iterdir()] == ["writing.lock"]


@pytest.mark.parametrize(
    "content",
    [b"", b"[", b"\xff\xfe", b"[[null, 'a']]", b"[" * 100_000, b'[[null,"\xed\xa0\x80"]]', b"\0" * 99],
)  # fmt: skip
def test_a_damaged_journal_is_as_good_as_deleted(site: Path, content: bytes) -> None:
    (site / ".casebook/writing.json").write_bytes(content)
    before = beside(site.parent, ".casebook")
    finish_interrupted(site)
    assert beside(site.parent, ".casebook") == before
    assert not (site / ".casebook/writing.json").exists()


@settings(max_examples=30)
@given(st.recursive(st.none() | st.text(max_size=8) | st.integers(), st.lists, max_leaves=6))
def test_no_journal_ends_in_anything_but_a_sentence(journal: object) -> None:
    with TemporaryDirectory() as name:
        root = Path(name, "site")
        (root / ".casebook").mkdir(parents=True)
        (root / ".casebook/writing.json").write_text(json.dumps(journal))
        try:
            finish_interrupted(root)
        except SettingsError:
            finish_interrupted(root)
        assert [path.name for path in Path(name).iterdir()] == ["site"]


LINKS = ["writing.json", "writing.lock", "writing", "builds", "packs/public", "parsed", "pinyin.json",
         "blobs/ab/cdef", "writing/0", "unknown"]  # fmt: skip


@pytest.mark.parametrize("name", LINKS)
@pytest.mark.parametrize("target", ["victim.txt", "folder", "nowhere"])
def test_a_link_is_taken_out_and_told(tmp_path: Path, name: str, target: str) -> None:
    (tmp_path / "victim.txt").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/victim.txt").write_text("mine")
    link = tmp_path / "site/.casebook" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / target)
    before = beside(tmp_path, "site")
    with pytest.raises(SettingsError, match=name):
        tidy(tmp_path / "site")
    tidy(tmp_path / "site")
    assert beside(tmp_path, "site") == before


def test_the_folder_itself_may_be_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere/writing").mkdir(parents=True)
    (tmp_path / "elsewhere/writing/a").write_text("mine")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/.casebook").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match="链接"):
        finish_interrupted(tmp_path / "site")
    finish_interrupted(tmp_path / "site")
    assert (tmp_path / "elsewhere/writing/a").read_text() == "mine"


def test_a_pipe_is_taken_out(tmp_path: Path) -> None:
    (tmp_path / ".casebook").mkdir()
    os.mkfifo(tmp_path / ".casebook/writing.json")
    with pytest.raises(SettingsError):
        finish_interrupted(tmp_path)
    finish_interrupted(tmp_path)


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / ".casebook").write_text("mine")
    for meets in (tidy, workplace):
        with pytest.raises(SettingsError, match="是一个文件"):
            meets(tmp_path)
    assert (tmp_path / ".casebook").read_text() == "mine"


def test_files_and_folders_in_each_other_s_place_are_removed(tmp_path: Path) -> None:
    for name in ("writing.json/a", "writing.lock/a", "pinyin.json/a", "try-1.lock/a"):
        (tmp_path / ".casebook" / name).mkdir(parents=True)
    for name in ("builds", "packs", "writing"):
        (tmp_path / ".casebook" / name).write_text("x")
    finish_interrupted(tmp_path)
    commit(tmp_path, [FileChange(tmp_path / "a.yml", None, b"a")])
    assert (tmp_path / "a.yml").read_bytes() == b"a"


def test_left_trials_are_removed_and_those_at_work_stay(toy: SiteFolder) -> None:
    left = toy.root / ".casebook/try-0123"
    (left / "content").mkdir(parents=True)
    with staged(toy.settings(), []) as copy:
        finish_interrupted(toy.root)
        assert not left.exists()
        assert copy.root.is_dir()
    assert not [*(toy.root / ".casebook").glob("try-*")]


def test_a_trial_that_another_run_holds_stays(tmp_path: Path) -> None:
    (tmp_path / ".casebook/try-1").mkdir(parents=True)
    with FileLock(tmp_path / ".casebook/try-1.lock"):
        tidy(tmp_path)
        assert (tmp_path / ".casebook/try-1").is_dir()
    tidy(tmp_path)
    assert not [*(tmp_path / ".casebook").iterdir()]


def test_a_folder_of_records_that_leads_elsewhere_is_not_written_to(
    toy: SiteFolder, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.yml").write_text("mine")
    (toy.root / "content/records/linked").symlink_to(tmp_path / "elsewhere")
    site: Settings = toy.settings()
    change = FileChange(toy.root / "content/records/linked/a.yml", b"mine", b"other")
    with pytest.raises(SettingsError, match="链接"), staged(site, [change]):
        pass
    with pytest.raises(SettingsError, match="链接"):
        commit(toy.root, [change])
    assert (tmp_path / "elsewhere/a.yml").read_text() == "mine"


@pytest.mark.parametrize("kept", ["[1]", '{"\u7532": 1}', "null", "{", "[" * 100_000])
def test_readings_of_any_other_shape_are_none(tmp_path: Path, kept: str) -> None:
    file = tmp_path / "pinyin.json"
    file.write_bytes(pinyin._seal(kept.encode()) + b"\n" + kept.encode())
    pinyin.recall(file)
    assert pinyin.pinyin("甲县") == "jia xian"
