"""A bundle proves that it is whole."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from casebook_site.outputs.bundles.layout import COPY, COVER, MANIFEST, SUMS
from casebook_site.outputs.bundles.manifest import NotABundle
from casebook_site.outputs.bundles.verifying import verify


def unzipped(zip: Path) -> Path:
    """The folder that a reader has."""
    folder = zip.with_name("解压 的 文件夹")
    with zipfile.ZipFile(zip) as archive:
        archive.extractall(folder)
    return folder


def rezipped(zip: Path, change: dict[str, bytes | None]) -> Path:
    """The zip again with files changed, added, or (None) left out."""
    with zipfile.ZipFile(zip) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files |= {name: content for name, content in change.items() if content is not None}
    with zipfile.ZipFile(zip, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if change.get(name, b"") is not None:
                archive.writestr(name, content)
    return zip


def codes(path: Path) -> set[tuple[str, str]]:
    """(code, file) of every problem."""
    return {(p.code, p.location.path) for p in verify(path).problems}


def test_a_zip_and_its_folder_are_whole(toy_zip: Path) -> None:
    assert verify(toy_zip).problems == ()
    verdict = verify(unzipped(toy_zip))
    assert verdict.problems == ()
    assert verdict.leftover == ()


PAGES = [COVER, COPY, "files/index.html", "files/townships/bing.html",
         "files/assets/casebook/frame.js", "files/bundle/check.html", "files/search/corpus.js"]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_changed_file_is_found(toy_zip: Path, name: str) -> None:
    folder = unzipped(toy_zip)
    raw = bytearray((folder / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / name).write_bytes(raw)
    assert codes(folder) == {("CB702", name)}
    assert codes(rezipped(toy_zip, {name: bytes(raw)})) == {("CB702", name)}


@pytest.mark.parametrize("name", [*PAGES, SUMS])
def test_a_missing_file_is_found(toy_zip: Path, name: str) -> None:
    folder = unzipped(toy_zip)
    (folder / name).unlink()
    assert codes(folder) == {("CB701", name)}
    assert codes(rezipped(toy_zip, {name: None})) == {("CB701", name)}


def test_a_file_cut_short_is_found(toy_zip: Path) -> None:
    folder = unzipped(toy_zip)
    page = folder / "files/index.html"
    page.write_bytes(page.read_bytes()[:-9])
    assert codes(folder) == {("CB702", "files/index.html")}


def test_a_link_in_the_place_of_a_file_is_no_file(toy_zip: Path) -> None:
    folder = unzipped(toy_zip)
    page = folder / "files/index.html"
    shutil.move(page, folder / "elsewhere.html")
    page.symlink_to(folder / "elsewhere.html")
    assert ("CB701", "files/index.html") in codes(folder)


def test_a_stranger_in_the_zip_is_found_and_one_in_the_folder_is_named(toy_zip: Path) -> None:
    folder = unzipped(toy_zip)
    (folder / "笔记.txt").write_text("我的")
    verdict = verify(folder)
    assert verdict.problems == ()
    assert verdict.leftover == ("笔记.txt",)
    assert codes(rezipped(toy_zip, {"files/virus.exe": b"MZ"})) == {("CB703", "files/virus.exe")}


def test_sums_that_do_not_fit_the_manifest_are_found(toy_zip: Path) -> None:
    assert codes(rezipped(toy_zip, {SUMS: b"0" * 64 + b"  index.html\n"})) == {("CB702", SUMS)}


@pytest.mark.parametrize("manifest", [None, b"", b"{}", b"[1]", b'{"format":"other"}', b"\xff\xfe"])
def test_without_its_manifest_it_is_no_bundle(toy_zip: Path, manifest: bytes | None) -> None:
    with pytest.raises(NotABundle):
        verify(rezipped(toy_zip, {MANIFEST: manifest}))


def test_a_manifest_that_names_files_elsewhere_is_refused(toy_zip: Path) -> None:
    with zipfile.ZipFile(toy_zip) as archive:
        manifest = archive.read(MANIFEST)
    evil = manifest.replace(b'"files/index.html"', b'"../../etc/passwd"')
    assert evil != manifest
    folder = unzipped(toy_zip)
    (folder / MANIFEST).write_bytes(evil)
    with pytest.raises(NotABundle, match="不安全"):
        verify(folder)


@pytest.mark.parametrize("part", [0.02, 0.5, 0.98])
def test_a_zip_cut_short_is_refused(toy_zip: Path, part: float) -> None:
    raw = toy_zip.read_bytes()
    toy_zip.write_bytes(raw[: int(len(raw) * part)])
    with pytest.raises(NotABundle):
        verify(toy_zip)


def test_a_flipped_bit_anywhere_is_noticed(toy_zip: Path) -> None:
    """In packed bytes, sizes and sums alike; names and times of the zip are not content."""
    raw = toy_zip.read_bytes()
    with zipfile.ZipFile(toy_zip) as archive:
        entries = archive.infolist()
    for entry in entries[:: max(1, len(entries) // 25)]:
        at = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size // 2
        toy_zip.write_bytes(raw[:at] + bytes([raw[at] ^ 8]) + raw[at + 1 :])
        try:
            assert verify(toy_zip).problems, entry.filename
        except NotABundle:
            assert entry.filename in (MANIFEST, SUMS)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotABundle, match=r"manifest\.json"):
        verify(tmp_path)
