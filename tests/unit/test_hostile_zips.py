"""Whatever is handed to `verify` and `--since` as a zip: a verdict, or one sentence."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import minisign
import pytest

from casebook_site.base.characters import shown
from casebook_site.base.problems import Location, Problem, render_text
from casebook_site.engine.bundle_runs import read_base
from casebook_site.outputs.bundles.layout import COVER, MANIFEST, SIGNATURE, SUMS, inner, marker
from casebook_site.outputs.bundles.manifest import FileEntry, Manifest, NotABundle, Update, sums
from casebook_site.outputs.bundles.verifying import verify

VERSION = "0123456789ab"
FILES = {COVER: b"<!doctype html>" * 40, inner(marker(VERSION)): b"x = 1;\n"}


def manifest_of(**changes: object) -> Manifest:
    whole = Manifest(
        edition="public",
        scope="county:jia",
        title="甲县",
        site_name="示例",
        site_url="",
        date="2024-05",
        version=VERSION,
        counts={},
        files={path: FileEntry.of(content) for path, content in FILES.items()},
    )
    return whole.model_copy(update=changes)


def bundle(
    manifest: Manifest | None = None,
    files: dict[str, bytes] = FILES,
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A small bundle, whole unless something is changed."""
    manifest = manifest or manifest_of()
    encoded = manifest.encode()
    written = {**files, MANIFEST: encoded, SUMS: sums(manifest.files, encoded)}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, raw in written.items():
            archive.writestr(zipfile.ZipInfo(name), raw, method)
    return content.getvalue()


def edited(old: bytes, new: bytes, count: int = -1) -> bytes:
    """The small bundle with some of its bytes replaced."""
    whole = bundle()
    assert old in whole
    return whole.replace(old, new, count)


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def field(signature: bytes, offset: int, value: bytes) -> bytes:
    """The small bundle with a field of each header of one kind changed."""
    raw = bytearray(bundle())
    at = raw.find(signature)
    while at != -1:
        raw[at + offset : at + offset + len(value)] = value
        at = raw.find(signature, at + len(value))
    return bytes(raw)


def lzma_damaged() -> bytes:
    raw = bytearray(bundle(method=zipfile.ZIP_LZMA))
    raw[60:90] = bytes(30)
    return bytes(raw)


def twice() -> bytes:
    content = io.BytesIO(bundle())
    with warnings.catch_warnings(), zipfile.ZipFile(content, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(COVER, b"other")
    return content.getvalue()


def named(name: str) -> bytes:
    return bundle(files={**FILES, name: b"x"})


REFUSED: dict[str, Callable[[], bytes]] = {
    "version 99 in the directory": lambda: field(CENTRAL, 6, struct.pack("<H", 99)),
    "an unknown way of packing": lambda: field(CENTRAL, 10, struct.pack("<H", 77)),
    "lzma": lambda: bundle(method=zipfile.ZIP_LZMA),
    "lzma that is damaged": lzma_damaged,
    "bzip2": lambda: bundle(method=zipfile.ZIP_BZIP2),
    "encrypted": lambda: field(CENTRAL, 8, struct.pack("<H", 1)),
    "names that are no text": lambda: edited(COVER.encode(), b"\xff\xfe\xfdex.html"),
    "a name that moves the terminal": lambda: named("\x1b[2Jindex.html"),
    "an absolute name": lambda: named("/etc/passwd"),
    "a name that leaves": lambda: named("../victim.txt"),
    "a drive": lambda: named("C:/a.txt"),
    "the same name twice": twice,
    "cut in the middle": lambda: bundle()[:700],
    "cut at the end": lambda: bundle()[:-5],
    "no zip": lambda: b"<html>",
    "nothing": lambda: b"",
    "a directory that is elsewhere": lambda: field(END, 16, struct.pack("<I", 2**31)),
    "no marker file": lambda: bundle(
        manifest_of(files={COVER: FileEntry.of(FILES[COVER])}), {COVER: FILES[COVER]}
    ),
    "an update of files that it does not list": lambda: bundle(
        manifest_of(
            update=Update(base=VERSION, base_date="", added=(), changed=(), deleted=(), files=("x",))
        )
    ),
    "no such month": lambda: bundle(manifest_of(date="2024-99")),
    "a word for a date": lambda: bundle(manifest_of(date="gestern")),
}  # fmt: skip
FOUND: dict[str, Callable[[], bytes]] = {
    "a wrong sum": lambda: field(CENTRAL, 16, struct.pack("<I", 7)),
    "names that differ in place": lambda: edited(COVER.encode(), b"\xffndex.html", 1),
    "a missing file": lambda: bundle(files={COVER: FILES[COVER]}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_zip_that_cannot_be_trusted_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(REFUSED[name]())
    for reads in (verify, read_base):
        with pytest.raises(NotABundle) as refused:
            reads(file)
        assert str(refused.value).endswith("。")


@pytest.mark.parametrize("name", FOUND)
def test_a_damaged_entry_is_a_problem_of_its_own(name: str, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(FOUND[name]())
    with suppress(NotABundle):  # its manifest could not be read
        assert verify(file).problems
    with pytest.raises(NotABundle):
        read_base(file)


def test_the_small_bundle_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(bundle())
    assert verify(file).problems == ()
    assert read_base(file) == manifest_of()


def test_no_damage_ends_in_anything_else(tmp_path: Path) -> None:
    chance = random.Random(14)
    whole, file = bundle(), tmp_path / "a.zip"
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        file.write_bytes(bytes(raw[: chance.choice((len(raw), len(raw), len(raw) // 2))]))
        with suppress(NotABundle):
            verify(file)


@pytest.mark.parametrize(
    "signature", [b"", b"x", b"\xff" * 300, b"untrusted comment: a\nAAAA\n" * 2]
)
def test_a_signature_that_is_none_is_told(signature: bytes, tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_bytes(bytes(minisign.KeyPair.generate().public_key))
    content = io.BytesIO(bundle())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(SIGNATURE, signature)
    (tmp_path / "a.zip").write_bytes(content.getvalue())
    assert [p.code for p in verify(tmp_path / "a.zip", tmp_path / "key.pub").problems] == ["CB704"]


def test_what_is_printed_cannot_steer_a_terminal() -> None:
    evil = "a\x1b]0;b\x07\r\n::error::\x9b2J\u202e\ud800"
    assert shown(evil) == r"a\x1b]0;b\x07\r\n::error::\x9b2J\u202e\ud800"
    assert shown("甲县（county:jia）\t版本 é") == "甲县（county:jia）\t版本 é"
    line = render_text([Problem(Location(evil), "CB703", evil)])
    assert line.isprintable()
