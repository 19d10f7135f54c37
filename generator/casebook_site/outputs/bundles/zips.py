"""Zips: the same files make the same bytes, and a strange zip does no harm."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from casebook_site.base.files import fill_atomically
from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.outputs.bundles.contents import BundleContent, Packed
from casebook_site.outputs.bundles.layout import name_fault, twins
from casebook_site.outputs.bundles.manifest import NotABundle

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes of one file when unpacked. No page or photo comes near."""
LARGEST_RATIO = 200
"""Unpacked to packed. Our pages are at most 30, a bomb is 1,000."""
MOST_FILES = 1_000_000

_OLDEST = (1980, 1, 1)
"""The first day that a zip can name."""


class _Zip(zipfile.ZipFile):
    """A zip that also takes files which are packed already."""

    def add(self, entry: zipfile.ZipInfo, packed: Packed) -> None:
        """Write an entry as `mkdir` of the base class does: without the part that packs."""
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.CRC, entry.file_size = packed.crc, packed.size
        entry.compress_size = len(packed.deflated)
        assert self.fp is not None
        entry.header_offset = self.start_dir
        self.fp.seek(self.start_dir)
        self.fp.write(entry.FileHeader(False))
        self.fp.write(packed.deflated)
        self.start_dir = self.fp.tell()
        self.filelist.append(entry)
        self.NameToInfo[entry.filename] = entry
        self._didModify = True  # else closing writes no directory


def write_zip(
    target: Path, files: Iterable[tuple[str, BundleContent]], date: tuple[int, int, int] = _OLDEST
) -> None:
    """Write a zip beside its place and swap it in; every entry carries `date` at noon."""

    def fill(beside: Path) -> None:
        with _Zip(beside, "w") as archive:
            for path, content in files:
                entry = zipfile.ZipInfo(path, (*max(date, _OLDEST), 12, 0, 0))
                entry.create_system = 3  # else it tells on which system it was made
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                archive.add(entry, content.packed)

    write_beside(target, fill)


def write_beside(target: Path, fill: Callable[[Path], None]) -> None:
    """Let a file be written beside its place and swap it in; raise `SettingsError` for `OSError`."""
    try:
        fill_atomically(target, fill)
    except OSError as error:
        raise SettingsError(f"写不了 {target}：{reason_of(error)}。") from None


class SafeZip:
    """A zip that is read with care: nothing is unpacked, and nothing is read beyond its size."""

    def __init__(self, path: Path) -> None:
        """Open a zip; raise `NotABundle` for what is none or cannot be trusted."""
        try:
            self._archive = zipfile.ZipFile(path)
        except Exception as error:  # a damaged directory fails in any way
            reason = reason_of(error) if isinstance(error, OSError) else "不是完整的 zip 文件"
            raise NotABundle(f"打不开 {path.name}：{reason}。") from None
        self.entries: dict[str, zipfile.ZipInfo] = {}
        try:
            self._refuse(path)
        except NotABundle:
            self.close()
            raise

    def _refuse(self, path: Path) -> None:
        entries = self._archive.infolist()
        faults = [fault for entry in entries if (fault := _entry_fault(entry))]
        faults += [f"{one} 与 {two} 重名" for one, two in twins(e.filename for e in entries)]
        if len(entries) > MOST_FILES:
            faults.append(f"有 {len(entries)} 个文件，太多")
        packed = max(1, path.stat().st_size)
        if sum(entry.file_size for entry in entries) > packed * LARGEST_RATIO:
            faults.append("解开后大得不合常理")
        if faults:
            raise NotABundle(f"{path.name} 不安全，不予读取：{'；'.join(faults[:5])}。")
        self.entries = {entry.filename: entry for entry in entries}

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; raise `NotABundle` where they cannot be had."""
        entry = self.entries[name]
        try:
            with self._archive.open(entry) as file:
                content = file.read(entry.file_size + 1)
        except Exception:  # and so does a damaged entry: each way of packing has errors of its own
            raise NotABundle(f"{name} 读不出来，压缩包已损坏。") from None
        if len(content) != entry.file_size:
            raise NotABundle(f"{name} 的大小与压缩包所写不符。")
        return content

    def close(self) -> None:
        """Lets go of the file."""
        self._archive.close()

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.orig_filename != entry.filename:
        return f"{entry.orig_filename!r} 的名字有误"
    if fault := name_fault(entry.filename):
        return f"{entry.filename!r} {fault}"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"{entry.filename} 的压缩方法不认识"
    if kind not in (0, stat.S_IFREG):
        return f"{entry.filename} 不是普通文件"
    if entry.flag_bits & 1:
        return f"{entry.filename} 加了密"
    if entry.file_size > LARGEST_FILE:
        return f"{entry.filename} 过大"
    return ""
