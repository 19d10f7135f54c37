"""One file of YAML → plain data with the places of its values, or what keeps it from being read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casebook_site.base.faults import boundary
from casebook_site.base.file_names import file_fault
from casebook_site.base.problems import ContentError, Location, Problem
from casebook_site.base.system_errors import reason_of
from casebook_site.reading.parse_cache import ParseCache, digest_of
from casebook_site.reading.parsing import DataPath, Parsed, Place, parse, place_of
from casebook_site.reading.sound import sound_data

MAX_BYTES = 1_000_000
"""A file of records larger than this is a mistake; a list of 1,000 villages has 200 kB."""


Fault = tuple[Place, str, str, str]
"""Place, code, message and remedy of a problem in a file."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was written down."""

    path: str
    """POSIX path relative to the site's folder."""
    file: str
    index: int | None = None
    """Position in a file that holds a list; None for a file of one record."""

    def locate(self, path: DataPath = (), *, key: bool = False) -> Location:
        """Return the place of a value (or its key); the file is read again only for that."""
        full = path if self.index is None else (self.index, *path)
        return Location(self.path, *_positions(self.file).place(full, key=key))

    def written(self, path: DataPath, value: object) -> str:
        """Return a number, a date or a flag as the file has it: `1.10` for 1.1."""
        full = path if self.index is None else (self.index, *path)
        plain = str(value).lower() if isinstance(value, bool) else str(value)
        return _positions(self.file).written.get(full, plain)


@lru_cache(maxsize=32)
def _positions(file: str) -> Parsed:
    try:
        return parse(Path(file).read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Parsed()


@dataclass(frozen=True, slots=True)
class FileData:
    """What one file holds: plain data that can be sent between processes."""

    data: Any
    problems: tuple[Problem, ...]
    whole: bool = True
    """Whether the file was read to its end."""


def relative_name(path: Path, root: Path) -> str:
    """How problems name a file: relative to the site's folder where it lies in it."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def forget_positions() -> None:
    """To be called before files are read again: their lines may have moved."""
    _positions.cache_clear()


BATCH = 250
"""Files that a process reads before it asks for more; they share a file of the cache."""


def cache_file(folder: Path | None, number: int) -> str:
    return f"{folder}/{number // BATCH}.json" if folder else ""


def read_batch(files: list[tuple[str, str, str]]) -> list[FileData]:
    kept = files[0][2]
    cache = ParseCache(Path(kept)) if kept else None
    contents = [read_file(Path(file), name, cache) for file, name, _ in files]
    if cache:
        cache.save()
    return contents


def read_file(file: Path, name: str, cache: ParseCache | None = None) -> FileData:
    """Return a YAML file as plain data, or the problems that kept it from being read."""
    try:
        with boundary(lambda: Location(name)):
            return _read_file(file, name, cache)
    except ContentError as error:
        return FileData(None, error.problems, whole=False)


def _read_file(file: Path, name: str, cache: ParseCache | None) -> FileData:

    def refused(fault: Fault) -> FileData:
        place, code, message, remedy = fault
        return FileData(None, (Problem(Location(name, *place), code, message, remedy),))

    raw = _bytes_of(file)
    if not isinstance(raw, bytes):
        return refused(raw)
    digest = digest_of(raw) if cache else ""
    if cache and (known := cache.get(digest)) is not None:
        return FileData(known, ())
    text = _text_of(raw)
    if not isinstance(text, str):
        return refused(text)
    if data := sound_data(text):
        if cache:
            cache.put(digest, data)
        return FileData(data, ())
    parsed = parse(text)
    if not parsed.faults and parsed.data in (None, {}, []):
        return refused(((1, 1), "CB104", "文件里没有内容。", "写上记录，或删去这个文件。"))
    problems = tuple(
        Problem(Location(name, *place), code, message, remedy)
        for place, code, message, remedy in parsed.faults
    )
    return FileData(parsed.data, problems, parsed.whole)


def _bytes_of(file: Path) -> bytes | Fault:
    """Return what stands in a file, or why it is not read."""
    if fault := file_fault(file):
        return (1, 1), "CB101", f"这里{fault}。", "放上文件本身，或移走它。"
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            message = f"文件有 {size / 1e6:.1f} MB，超过 {MAX_BYTES / 1e6:.0f} MB。"
            return (1, 1), "CB102", message, "图片放到 media/，记录分成几个文件。"
        return file.read_bytes()
    except OSError as error:
        message = f"文件读不出来（{reason_of(error)}）。"
        return (1, 1), "CB101", message, "检查权限，或重新保存。"


def _text_of(raw: bytes) -> str | Fault:
    """Return the text of a file, or where it is not UTF-8 or has a tab."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        before = raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start]
        place = (line, len(before.decode("utf-8", "replace")) + 1)
        return place, "CB103", "文件不是 UTF-8 编码（多半是 GBK）。", "在编辑器里另存为 UTF-8。"
    if "\t" in text:
        return place_of(text, text.index("\t")), "CB105", "这里有制表符（Tab）。", "换成空格。"
    return text
