"""Files of records → records, each with its origin, and every problem on the way."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from casebook_site.base.characters import with_names
from casebook_site.base.faults import guarded
from casebook_site.base.file_names import is_leftover
from casebook_site.base.parallel import map_batches
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.reading.files import (
    BATCH,
    FileData,
    Origin,
    cache_file,
    forget_positions,
    read_batch,
    read_file,
    relative_name,
)
from casebook_site.records import Record
from casebook_site.schema.fields import check_id
from casebook_site.schema.kinds import Kind, RecordModel, Schema
from casebook_site.schema.messages import explain


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A valid record with its origin."""

    record: Record
    origin: Origin


@dataclass(frozen=True)
class Reading:
    """All records that could be read, and all problems of those that could not."""

    entries: tuple[ReadEntry, ...]
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]]
    """(kind, id) of what could not be read: not missing, only broken. Id `*` where a whole list is
    broken, so that nobody knows what stood in it."""


@dataclass(frozen=True, slots=True)
class FileRecords:
    """What became of one file."""

    entries: tuple[ReadEntry, ...]
    problems: tuple[Problem, ...]
    unread: frozenset[tuple[str, str]] = frozenset()
    """As in `Reading`."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file to be read. Text, not `Path`: there are a hundred thousand of them."""

    path: str
    name: str
    """POSIX path relative to the site's folder, for problems."""
    folder: str
    """The kind's folder."""

    @property
    def stem(self) -> str:
        return os.path.basename(self.path).removesuffix(".yml")  # noqa: PTH119


def read_records(
    records_dir: Path,
    root: Path,
    schema: Schema,
    *,
    workers: int = 1,
    cache_dir: Path | None = None,
) -> Reading:
    """Every record under `records_dir`; nothing is raised for bad content."""
    files = read_files(records_dir, root, schema, workers=workers, cache_dir=cache_dir)
    return join_files(files.values())


def join_files(files: Iterable[FileRecords]) -> Reading:
    """Return what all files give together."""
    entries: list[ReadEntry] = []
    problems: list[Problem] = []
    unread: set[tuple[str, str]] = set()
    for file in files:
        entries += file.entries
        problems += file.problems
        unread |= file.unread
    read = {(entry.record.kind, entry.record.id) for entry in entries} if unread else set()
    return Reading(tuple(entries), tuple(sorted(set(problems))), frozenset(unread - read))


def read_files(
    records_dir: Path,
    root: Path,
    schema: Schema,
    *,
    workers: int = 1,
    cache_dir: Path | None = None,
) -> dict[str, FileRecords]:
    """Return file → its records and problems, in the order of the files.

    Files are parsed in parallel; records are validated in file order, so the result does not
    depend on the number of workers. What was parsed is kept in `cache_dir`, if one is given.
    """
    forget_positions()
    if not records_dir.is_dir():
        place, remedy = (
            Location(relative_name(records_dir, root)),
            "检查 mkdocs.yml 里的 content_dir。",
        )
        problem = Problem(place, "CB101", "找不到记录文件夹。", remedy)
        return {os.fspath(records_dir): FileRecords((), (problem,))}
    found: dict[str, FileRecords] = {}
    sound: list[_File] = []
    for file in _find_files(records_dir, root):
        problem_of_place = _misplaced(file, schema)
        if problem_of_place:
            found[file.path] = FileRecords((), (problem_of_place,))
        else:
            sound.append(file)
    named = [
        (file.path, file.name, cache_file(cache_dir, number)) for number, file in enumerate(sound)
    ]
    contents: Iterator[FileData] = (
        content
        for group in map_batches(read_batch, named, size=BATCH, workers=workers)
        for content in group
    )
    for file, content in zip(sound, contents, strict=True):
        found[file.path] = _records_of(file, content, schema)
    return found


def read_again(
    path: str, records_dir: Path, root: Path, schema: Schema, *, draft: Path | None = None
) -> FileRecords | None:
    """Return the records and problems of one file; None if it holds no records (any more).

    `draft`: a file of the same name elsewhere, which is read as if it stood at `path`.
    """
    folder, name = os.path.split(path)
    read_from = os.fspath(draft or path)
    for file in _files_in(folder, [name], records_dir, root):
        if os.path.lexists(read_from):
            problem = _misplaced(file, schema)
            if problem:
                return FileRecords((), (problem,))
            content = read_file(Path(read_from), file.name)
            return _records_of(replace(file, path=read_from), content, schema)
    return None


def _records_of(file: _File, content: FileData, schema: Schema) -> FileRecords:
    kind = schema.by_folder[file.folder]
    entries = () if content.problems else _entries(file, content.data, kind)
    found = list(guarded(entries, lambda: Location(file.name)))
    problems = tuple(entry for entry in found if isinstance(entry, Problem))
    return FileRecords(
        tuple(entry for entry in found if isinstance(entry, ReadEntry)),
        content.problems + problems,
        frozenset(_unread(file, content, kind.name))
        if content.problems or problems
        else frozenset(),
    )


def _unread(file: _File, content: FileData, kind: str) -> set[tuple[str, str]]:
    """Return the keys of the records that a file with problems would have held."""
    if not isinstance(content.data, list):
        one = {(kind, file.stem)}
        return one if content.data or content.whole else one | {(kind, "*")}
    ids = {(kind, str(item.get("id"))) for item in content.data if isinstance(item, Mapping)}
    return ids if content.whole else ids | {(kind, "*")}


def _find_files(records_dir: Path, root: Path) -> Iterator[_File]:
    for folder, subfolders, names in os.walk(records_dir):
        odd = [name for name in subfolders if name.endswith(".yml")]  # told when they are read
        subfolders[:] = sorted(name for name in subfolders if name not in odd)
        yield from _files_in(folder, sorted([*names, *odd]), records_dir, root)


def _files_in(folder: str, names: list[str], records_dir: Path, root: Path) -> Iterator[_File]:
    below = os.path.relpath(folder, records_dir).replace(os.sep, "/")
    shown = relative_name(records_dir, root) + ("" if below == "." else f"/{below}")
    for name in names:
        if not is_leftover(name) and not name.startswith("README"):
            yield _File(f"{folder}/{name}", f"{shown}/{name}", below.split("/")[0])


def _misplaced(file: _File, schema: Schema) -> Problem | None:
    name = os.path.basename(file.path)  # noqa: PTH119
    if file.folder not in schema.by_folder:
        wrong = name if file.folder == "." else file.folder
        return Problem(
            Location(file.name),
            "CB113",
            f"“{wrong}”不是记录的类别文件夹。",
            did_you_mean(wrong, schema.by_folder) or f"可用的有：{'、'.join(schema.by_folder)}。",
        )
    if not name.endswith(".yml"):
        suffix = Path(name).suffix
        remedy = "改成 .yml，或移出此文件夹。"
        return Problem(Location(file.name), "CB113", f"记录文件的扩展名是“{suffix}”。", remedy)
    return None


def _entries(file: _File, data: Any, kind: Kind) -> Iterator[ReadEntry | Problem]:
    model = kind.model
    if isinstance(data, list):
        for index, element in enumerate(data):
            yield from _record(model, element, Origin(file.name, file.path, index), None)
    else:
        yield from _record(model, data, Origin(file.name, file.path), file.stem)


def _record(
    model: type[RecordModel], data: Any, origin: Origin, stem: str | None
) -> Iterator[ReadEntry | Problem]:
    if not isinstance(data, Mapping):
        yield Problem(
            origin.locate(),
            "CB203",
            f"一条{model.kind_title}记录要写成“字段: 值”。",
            "第一行写 name: 名称；冒号用半角，后面空一格。",
        )
        return
    problems = list(_id_problems(data, origin, stem))
    try:
        record = model.model_validate(data if stem is None else {"id": stem, **data})
    except ValidationError as error:
        yield from problems
        yield from dict.fromkeys(explain(model, error, origin.locate, data, origin.written))
        return
    yield from problems
    if not problems:
        assert isinstance(record, Record)
        yield ReadEntry(record, origin)


def _id_problems(data: Mapping[str, Any], origin: Origin, stem: str | None) -> Iterator[Problem]:
    written = data.get("id", stem)
    if written is None:
        return  # the model says that it is missing
    if not isinstance(written, str):
        return  # the model says that it must be text

    def at() -> Location:
        return origin.locate(("id",)) if "id" in data else Location(origin.path)

    try:
        check_id(written)
    except PydanticCustomError as error:
        yield Problem(
            at(),
            "CB206",
            f"编号“{with_names(written)}”{error.message()}。",
            "换一个编号（单独成文件时就是文件名）。",
        )
    if stem is not None and written != stem:
        yield Problem(
            at(), "CB206", f"编号“{written}”与文件名“{stem}”不同。", "删去 id 这一行即可。"
        )
