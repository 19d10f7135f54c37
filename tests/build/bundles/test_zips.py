"""Zips: the same bytes each time, and no harm from a strange one."""

from __future__ import annotations

import errno
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.problems import SettingsError
from casebook_site.outputs.bundles import zips
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.bundles.layout import COPY
from casebook_site.outputs.bundles.manifest import NotABundle
from casebook_site.outputs.bundles.zips import SafeZip, write_zip

FILES = [
    ("index.html", BundleContent(b"<p>1</p>" * 99)),
    (COPY, BundleContent(b"2")),
    ("files/x", BundleContent(b"")),
]


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,3}\.x", fullmatch=True),
                       st.binary(max_size=2000), max_size=12))  # fmt: skip
def test_what_is_written_is_read_back_by_an_ordinary_reader(files: dict[str, bytes]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "b.zip"
        write_zip(target, ((path, BundleContent(raw)) for path, raw in files.items()))
        with zipfile.ZipFile(target) as archive:
            assert archive.testzip() is None
            assert {name: archive.read(name) for name in archive.namelist()} == files


def test_zips_of_the_same_files_are_equal_and_dated_by_their_content(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, FILES, (2026, 3, 0 + 9))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        entries = {entry.filename: entry for entry in archive.infolist()}
    assert list(entries) == ["index.html", COPY, "files/x"]
    assert {entry.date_time for entry in entries.values()} == {(2026, 3, 9, 12, 0, 0)}
    assert entries[COPY].flag_bits & 0x800, "the name is flagged as UTF-8"


def test_other_programs_find_nothing_wrong(tmp_path: Path) -> None:
    write_zip(tmp_path / "one.zip", FILES)
    done = subprocess.run(
        ["python3", "-m", "zipfile", "-t", str(tmp_path / "one.zip")],
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.zip"
    write_zip(target, FILES)
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zips._Zip, "add", full)
    with pytest.raises(SettingsError, match="磁盘空间不够"):
        write_zip(target, FILES)
    assert target.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["b.zip"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="写不了"):
        write_zip(tmp_path / "file" / "b.zip", FILES)


# --- strange zips -----------------------------------------------------------------------------------


def strange(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    """A zip as somebody else would make it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def link() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("files/link")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "entries",
    [
        [("../out.html", b"x")],
        [("/etc/passwd", b"x")],
        [("files/../../x", b"x")],
        [("C:\\x.html", b"x")],
        [(link(), b"/etc/passwd")],
        [("files/a", b"1"), ("files/a", b"2")],
        [("files/a", b"1"), ("FILES/A", b"2")],
        [("files/bomb", b"\0" * 30_000_000)],
    ],
    ids=["up", "root", "inner-up", "drive", "link", "twice", "case", "bomb"],
)
def test_a_hostile_zip_is_refused(
    tmp_path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]]
) -> None:
    with pytest.raises(NotABundle, match="不安全"):
        SafeZip(strange(tmp_path / "b.zip", *entries))


def test_a_size_that_lies_is_noticed(tmp_path: Path) -> None:
    path = strange(tmp_path / "b.zip", ("files/a", b"x" * 1000))
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02") + 24  # the unpacked size in the directory
    raw[at : at + 4] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(NotABundle), SafeZip(path) as archive:
        archive.read("files/a")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all" * 50])
def test_what_is_no_zip_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    with pytest.raises(NotABundle, match="打不开"):
        SafeZip(tmp_path / "b.zip")
