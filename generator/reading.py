"""YAML files → records, each with its origin, and every problem on the way.

One parse of the event stream gives data and positions. Events, not nodes: they show anchors,
tags and quoting, and walking them needs no recursion, so a hostile file cannot overflow the stack.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import PydanticCustomError
from yaml import events

from generator.parallel import map_batches
from generator.problems import Location, Problem, did_you_mean
from generator.records import FOLDERS, Record
from generator.records.fields import check_id
from generator.records.messages import explain

MAX_BYTES = 1_000_000
"""A file of records larger than this is a mistake; a list of 1,000 villages has 200 kB."""
MAX_DEPTH = 20

DataPath = tuple[str | int, ...]
Place = tuple[int, int]
"""(line, column), both from 1."""


# --- parsing ----------------------------------------------------------------------------------


@dataclass
class Parsed:
    """One YAML document: plain data, and where each key and value stands."""

    data: Any = None
    values: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str, str, str]] = field(default_factory=list)
    """(place, code, message, remedy)."""

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """The place of the value (or key) at `path`, or of what is nearest around it."""
        table = self.keys if key else self.values
        for end in range(len(path), -1, -1):
            if place := table.get(path[:end]) or self.values.get(path[:end]):
                return place
        return (1, 1)


_WORD_NULL = frozenset(["", "~", "null", "Null", "NULL"])
_WORD_TRUE = frozenset(["true", "True", "TRUE"])
_WORD_FALSE = frozenset(["false", "False", "FALSE"])
_WORD_BOOL = frozenset(
    f(word) for word in ("yes", "no", "on", "off") for f in (str.lower, str.title, str.upper)
)
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MISREAD = re.compile(
    r"""[-+]?0[0-9_]+ | [-+]?0[xXbBoO][0-9a-fA-F_]+ | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      | [-+]?[0-9][0-9_]*_[0-9_]* | [-+]?[0-9][0-9_]*\.?[0-9_]*[eE][-+]?[0-9]+ | [-+]?\.[0-9_]+
      | [-+]?[0-9][0-9_]*\. | [-+]?0[0-9_]+\.[0-9_]*
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) | [=]
      | \d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d{2}.*""",
    re.VERBOSE,
)
_MAYBE_SPECIAL = re.compile(r"[-+.~=<0-9]|[a-zA-Z~]{1,5}$")

_SCALAR, _ALIAS = events.ScalarEvent, events.AliasEvent
_MAP_START, _MAP_END = events.MappingStartEvent, events.MappingEndEvent
_SEQ_START, _SEQ_END = events.SequenceStartEvent, events.SequenceEndEvent
_DOC_START, _STREAM_END = events.DocumentStartEvent, events.StreamEndEvent


class _Misread(ValueError):
    """A plain scalar that YAML 1.1 turns into something else than it looks like."""


def resolve(text: str) -> Any:
    """The value of a plain (unquoted) scalar; raises `_Misread` where YAML 1.1 is treacherous."""
    if not _MAYBE_SPECIAL.match(text) and text:
        return text
    if text in _WORD_NULL:
        return None
    if text in _WORD_TRUE or text in _WORD_FALSE:
        return text in _WORD_TRUE
    if text in _WORD_BOOL:
        raise _Misread(f"“{text}”会被 YAML 读成“是/否”")
    if _INT.fullmatch(text):
        return int(text) if len(text) < 20 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    if match := _DATE.fullmatch(text):
        try:
            return datetime.date(*map(int, match.groups()))
        except ValueError:
            raise _Misread(f"“{text}”像日期，但历法中没有这一天") from None
    if _MISREAD.fullmatch(text):
        raise _Misread(f"“{text}”会被 YAML 读成另一个值")
    return text


class _Builder:
    """Builds data and positions from the events of one document."""

    def __init__(self) -> None:
        self.parsed = Parsed()
        self.stack: list[tuple[Any, DataPath, list[str]]] = []
        """(container, its path, the key that waits for its value — at most one)."""
        self.documents = 0
        self.too_deep = False

    def fault(self, event: Any, code: str, message: str, remedy: str = "") -> None:
        mark = event.start_mark
        self.parsed.faults.append(((mark.line + 1, mark.column + 1), code, message, remedy))

    def feed(self, event: Any) -> None:
        kind = event.__class__
        if kind is _SCALAR:
            self.scalar(event)
        elif kind in (_MAP_START, _SEQ_START):
            self.open(event, {} if kind is _MAP_START else [])
        elif kind in (_MAP_END, _SEQ_END):
            self.stack.pop()
        elif kind is _ALIAS:
            self.fault(event, "CB108", f"用了别名 *{event.anchor}。", "把内容直接写出来。")
            self.put(event, None)
        elif kind is _DOC_START:
            self.documents += 1
            if self.documents == 2:
                self.fault(
                    event, "CB112", "一个文件里用 --- 分了几份。", "分成几个文件，或写成一个列表。"
                )

    def scalar(self, event: Any) -> None:
        self.refuse_properties(event)
        value: Any = event.value
        if event.implicit[0]:  # plain, not quoted
            try:
                value = resolve(value)
            except _Misread as misread:
                self.fault(event, "CB110", f"{misread}。", f'若是文字，加引号写作 "{value}"。')
        self.put(event, value)

    def open(self, event: Any, container: Any) -> None:
        self.refuse_properties(event)
        path = self.put(event, container)
        self.stack.append((container, path, []))
        if len(self.stack) > MAX_DEPTH:
            self.too_deep = True
            self.fault(event, "CB111", f"层次超过 {MAX_DEPTH} 层。", "记录不需要这样深，检查缩进。")

    def refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self.fault(event, "CB108", f"用了锚点 &{event.anchor}。", "把内容直接写出来。")
        if event.tag:
            self.fault(event, "CB109", f"用了类型标签 {event.tag}。", "去掉标签；文字加引号即可。")

    def put(self, event: Any, value: Any) -> DataPath:
        """Sets a value (or a key) where the document has come to; returns its path."""
        mark = event.start_mark
        place = (mark.line + 1, mark.column + 1)
        if not self.stack:
            if self.documents == 1:
                self.parsed.data = value
                self.parsed.values[()] = place
            return ()
        container, above, pending = self.stack[-1]
        if isinstance(container, list):
            path: DataPath = (*above, len(container))
            container.append(value)
        elif pending:
            path = (*above, pending[0])
            container[pending.pop()] = value
        else:
            return self.key(event, value, container, above, pending, place)
        self.parsed.values[path] = place
        return path

    def key(
        self,
        event: Any,
        value: Any,
        container: dict[str, Any],
        above: DataPath,
        pending: list[str],
        place: Place,
    ) -> DataPath:
        if value == "<<":
            self.fault(event, "CB108", "用了合并键 <<。", "把内容直接写出来。")
        if isinstance(value, dict | list):
            self.fault(event, "CB106", "字段名不能是列表或一组字段。", "检查括号和冒号。")
            value = "?"
        name = value if isinstance(value, str) else str(event.value)
        path = (*above, name)
        if name in container:
            first = self.parsed.keys.get(path, (1, 1))[0]
            self.fault(
                event, "CB107", f"“{name}”写了两次（第 {first} 行已有）。", "留一处，删一处。"
            )
        else:
            self.parsed.keys[path] = place
        pending.append(name)
        return path


def parse(text: str) -> Parsed:
    """One YAML document with positions; what is wrong with it is in `faults`."""
    builder = _Builder()
    loader = yaml.CSafeLoader(text)
    try:
        while True:
            event = loader.get_event()
            if event.__class__ is _STREAM_END:
                break
            builder.feed(event)
            if builder.too_deep:
                break
    except yaml.MarkedYAMLError as error:
        builder.parsed.faults.append(_syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        # The C loader counts bytes, and gives the character as a number.
        before = text.encode()[: error.position].decode("utf-8", "ignore")
        place = _place_of(text, len(before))
        number = error.character if isinstance(error.character, int) else ord(error.character)
        char = f"U+{number:04X}"
        builder.parsed.faults.append(
            (place, "CB106", f"有不可见的控制字符 {char}。", "删去这个字符重新输入。")
        )
    finally:
        loader.dispose()
    return builder.parsed


def _place_of(text: str, index: int) -> Place:
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


_SYNTAX = (
    ("mapping values are not allowed", "这里多了一个冒号。", "值里含冒号时，整个值加引号。"),
    (
        "could not find expected ':'",
        "这一行缺少半角冒号。",
        "写作“字段: 值”，冒号用半角，后面空一格。",
    ),
    (
        "did not find expected key",
        "缩进不齐，或引号、括号没有成对。",
        "与上一行同级的字段左边对齐。",
    ),
    ("did not find expected '-' indicator", "列表各项没有对齐。", "每项的 - 左边对齐。"),
    (
        "did not find expected ',' or",
        "方括号或花括号里缺逗号，或没有收尾。",
        "补上半角逗号或右括号。",
    ),
    ("found unexpected end of stream", "引号没有收尾。", "补上右引号。"),
    (
        "found character that cannot start any token",
        "这个符号不能放在值的开头。",
        "给整个值加引号。",
    ),
    ("found undefined alias", "“*”开头会被当作别名。", "给整个值加引号。"),
    ("block sequence entries are not allowed", "“- ”不能写在这里。", "列表另起一行写。"),
    ("found unknown escape character", "双引号里的反斜线写法不对。", "改用单引号。"),
    ("did not find expected alphabetic", "“*”“&”“!”开头会被当作特殊记号。", "给整个值加引号。"),
)


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> tuple[Place, str, str, str]:
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    for number in {place[0], place[0] - 1}:
        line = lines[number - 1] if 0 < number <= len(lines) else ""
        if match := re.match(r"\s*(?:- )?[a-z_]+(：)", line):
            return (
                (number, match.start(1) + 1),
                "CB106",
                "冒号是全角的“：”。",
                "改成半角冒号加一个空格。",
            )
    problem = error.problem or ""
    for key, message, remedy in _SYNTAX:
        if key in problem:
            return place, "CB106", message, remedy
    return place, "CB106", f"YAML 写法有误（{problem}）。", "对照同类文件检查缩进、冒号和引号。"


# --- files ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Origin:
    """Where a record was written down."""

    path: str
    """POSIX path relative to the site's folder."""
    file: Path
    index: int | None = None
    """Position in a file that holds a list; None for a file of one record."""

    def locate(self, path: DataPath = (), *, key: bool = False) -> Location:
        """The place of a value (or its key) in the file, read again only when it is asked for."""
        full = path if self.index is None else (self.index, *path)
        return Location(self.path, *_positions(self.file).place(full, key=key))


@lru_cache(maxsize=32)
def _positions(file: Path) -> Parsed:
    try:
        return parse(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return Parsed()


@dataclass(frozen=True)
class Entry:
    """A valid record with its origin."""

    record: Record
    origin: Origin


@dataclass(frozen=True)
class Reading:
    """All records that could be read, and all problems of those that could not."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _FileData:
    """What one file holds: plain data that can be sent between processes."""

    data: Any
    problems: tuple[Problem, ...]


def read_records(records_dir: Path, root: Path, *, workers: int = 1) -> Reading:
    """Every record under `records_dir`; nothing is raised for bad content.

    Files are parsed in parallel; records are validated in file order, so the result does not
    depend on the number of workers.
    """
    _positions.cache_clear()
    files, problems = _find_files(records_dir, root)
    entries: list[Entry] = []
    named = [(str(file), _relative(file, root)) for file in files]
    contents: Iterator[_FileData] = (
        content
        for group in map_batches(_read_files, named, size=250, workers=workers)
        for content in group
    )
    for file, content in zip(files, contents, strict=True):
        problems += content.problems
        if content.problems:
            continue
        for entry in _entries(file, records_dir, root, content.data):
            if isinstance(entry, Problem):
                problems.append(entry)
            else:
                entries.append(entry)
    return Reading(tuple(entries), tuple(sorted(set(problems))))


def _relative(file: Path, root: Path) -> str:
    try:
        return file.relative_to(root).as_posix()
    except ValueError:
        return file.as_posix()


def _find_files(records_dir: Path, root: Path) -> tuple[list[Path], list[Problem]]:
    found: list[Path] = []
    problems: list[Problem] = []
    if not records_dir.is_dir():
        return [], [
            Problem(
                Location(_relative(records_dir, root)),
                "CB101",
                "找不到记录文件夹。",
                "检查 mkdocs.yml 里的 content_dir。",
            )
        ]
    for file in sorted(records_dir.rglob("*")):
        if file.is_dir() or file.name.startswith((".", "~", "README")):
            continue
        folder = file.relative_to(records_dir).parts[0]
        place = Location(_relative(file, root))
        if file.parent == records_dir or folder not in FOLDERS:
            problems.append(
                Problem(
                    place,
                    "CB113",
                    f"“{folder}”不是记录的类别文件夹。",
                    did_you_mean(folder, FOLDERS) or f"可用的有：{'、'.join(FOLDERS)}。",
                )
            )
        elif file.suffix != ".yml":
            problems.append(
                Problem(
                    place,
                    "CB113",
                    f"记录文件的扩展名是“{file.suffix}”。",
                    "改成 .yml，或移出此文件夹。",
                )
            )
        else:
            found.append(file)
    return found, problems


def _read_files(files: list[tuple[str, str]]) -> list[_FileData]:
    return [_read_file(Path(file), name) for file, name in files]


def _read_file(file: Path, name: str) -> _FileData:
    def refused(code: str, message: str, remedy: str, place: Place = (1, 1)) -> _FileData:
        return _FileData(None, (Problem(Location(name, *place), code, message, remedy),))

    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            return refused(
                "CB102",
                f"文件有 {size / 1e6:.1f} MB，超过 {MAX_BYTES / 1e6:.0f} MB。",
                "图片放到 media/，记录分成几个文件。",
            )
        raw = file.read_bytes()
    except OSError as error:
        return refused("CB101", f"文件读不出来（{error.strerror}）。", "检查权限，或重新保存。")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = len(
            raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")
        )
        return refused(
            "CB103",
            "文件不是 UTF-8 编码（多半是 GBK）。",
            "在编辑器里另存为 UTF-8。",
            (line, column + 1),
        )
    if "\t" in text:
        return refused(
            "CB105", "这里有制表符（Tab）。", "换成空格。", _place_of(text, text.index("\t"))
        )
    parsed = parse(text)
    problems = tuple(
        Problem(Location(name, *place), code, message, remedy)
        for place, code, message, remedy in parsed.faults
    )
    if not problems and parsed.data in (None, {}, []):
        return refused("CB104", "文件里没有内容。", "写上记录，或删去这个文件。")
    return _FileData(parsed.data, problems)


# --- records ----------------------------------------------------------------------------------


def _entries(file: Path, records_dir: Path, root: Path, data: Any) -> Iterator[Entry | Problem]:
    model = FOLDERS[file.relative_to(records_dir).parts[0]]
    name = _relative(file, root)
    if isinstance(data, list):
        for index, element in enumerate(data):
            yield from _record(model, element, Origin(name, file, index), None)
    else:
        yield from _record(model, data, Origin(name, file), file.stem)


def _record(
    model: type[Record], data: Any, origin: Origin, stem: str | None
) -> Iterator[Entry | Problem]:
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
        yield from dict.fromkeys(explain(model, error, origin.locate, data))
        return
    yield from problems
    if not problems:
        yield Entry(record, origin)


def _id_problems(data: Mapping[str, Any], origin: Origin, stem: str | None) -> Iterator[Problem]:
    written = data.get("id", stem)
    if written is None:
        return  # the model says that it is missing
    at = origin.locate(("id",)) if "id" in data else Location(origin.path)
    if not isinstance(written, str):
        return  # the model says that it must be text
    try:
        check_id(written)
    except PydanticCustomError as error:
        yield Problem(
            at,
            "CB206",
            f"编号“{written}”{error.message()}。",
            "换一个编号（单独成文件时就是文件名）。",
        )
    if stem is not None and written != stem:
        yield Problem(at, "CB206", f"编号“{written}”与文件名“{stem}”不同。", "删去 id 这一行即可。")
