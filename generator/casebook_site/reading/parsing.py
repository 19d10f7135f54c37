"""YAML → plain data and positions, from one parse.

Events, not nodes: they show anchors, tags and quoting, and walking them needs no recursion, so a
hostile file cannot overflow the stack.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml
from yaml import events

from casebook_site.base.characters import FORBIDDEN, UNSEEN, bare, forbidden_in, visible
from casebook_site.reading.folding import has_folds, unfolded
from casebook_site.reading.syntax import full_width_fault, syntax_fault

MAX_DEPTH = 20
"""Levels of lists and fields; records need five."""

DataPath = tuple[str | int, ...]
Place = tuple[int, int]
"""(line, column), both from 1."""


@dataclass
class Parsed:
    """One YAML document: plain data, and where each key and value stands."""

    data: Any = None
    values: dict[DataPath, Place] = field(default_factory=dict)
    keys: dict[DataPath, Place] = field(default_factory=dict)
    faults: list[tuple[Place, str, str, str]] = field(default_factory=list)
    """(place, code, message, remedy)."""
    written: dict[DataPath, str] = field(default_factory=dict)
    """Numbers, dates and flags as they are written, where that is not how they are said: `1.10`."""
    whole: bool = True
    """Whether the document was read to its end."""

    def place(self, path: DataPath, *, key: bool = False) -> Place:
        """Return the place of the value (or key) at `path`, or of what is nearest around it."""
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
    """Return the value of a plain scalar; raise `_Misread` for what YAML 1.1 misreads."""
    if text > "\x7f" or (text and not _MAYBE_SPECIAL.match(text)):
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


_known_word = lru_cache(maxsize=1024)(resolve)
"""For words that stand in every file: names of fields."""


def _resolved(text: str) -> Any:
    """Return the value of a plain scalar; what nobody sees keeps no number from being one."""
    if text.isascii():
        return resolve(text)
    value = resolve(bare(text))
    if isinstance(value, str):
        return text.strip() if text.strip().isascii() else text
    return value


class _Builder:
    """Builds data and positions from the events of one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folds = has_folds(text)
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
                value = _resolved(value)
            except _Misread as misread:
                self.fault(event, "CB110", f"{misread}。", f'若是文字，加引号写作 "{value}"。')
        if isinstance(value, str):
            if found := forbidden_in(value):
                self.fault(
                    event, "CB106", f"文字里有不能用的字符 {found[1]}。", "删去这个字符重新输入。"
                )
            if self.folds:
                value = unfolded(value, event, self.text)
            value = visible(value)
        path = self.put(event, value)
        if not isinstance(value, str | None) and str(value) != event.value:
            self.parsed.written[path] = event.value

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
        """Set a value (or a key) at the current path; return that path."""
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
        name = _key_name(event, value)
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


def sound_data(text: str) -> Any:
    """Return `parse(text).data` of a text without fault; None if it has one, or holds no data.

    No places are kept, which takes a third less time; they are needed only for files with
    problems.
    """
    if FORBIDDEN.search(text) or _ESCAPE.search(text):
        return None
    loader = yaml.CSafeLoader(text)
    try:
        unseen = UNSEEN.search(text) is not None
        data = _sound_data(loader.get_event, text if has_folds(text) else "", unseen)
        return None if full_width_fault(text, data) else data
    except (_Unsound, _Misread, yaml.YAMLError):
        return None
    finally:
        loader.dispose()


_ESCAPE = re.compile(r"\\[0-9A-Za-z_]")
"""What may be an escape of double quotes, by which a forbidden character can come in."""


class _Unsound(Exception):
    """Something that `parse` would call a fault."""


def _sound_data(next_event: Callable[[], Any], folds: str, unseen: bool) -> Any:
    """Return the data of a document.

    `folds`: its text, if there may be lines to join; `unseen`: whether it holds what nobody sees.
    """
    top: list[Any] = []
    container: Any = top
    key: str | None = None
    above: list[tuple[Any, str | None]] = []
    while (kind := (event := next_event()).__class__) is not _STREAM_END:
        is_key = key is None and container.__class__ is dict
        if kind is _SCALAR:
            value = event.value
            if event.implicit[0]:  # plain, not quoted
                value = _known_word(value) if is_key else _resolved(value)
            if folds and value.__class__ is str:
                value = unfolded(value, event, folds)
            if unseen and value.__class__ is str:
                value = visible(value)
        elif kind is _MAP_START or kind is _SEQ_START:
            value = {} if kind is _MAP_START else []
            if len(above) == MAX_DEPTH:
                raise _Unsound
        elif kind is _MAP_END or kind is _SEQ_END:
            container, key = above.pop()
            continue
        elif kind is _ALIAS:
            raise _Unsound
        else:
            continue  # where the document begins and ends
        if event.anchor or event.tag:
            raise _Unsound
        if is_key:
            key = _sound_key(event, value, container)
        elif key is not None:
            container[key] = value
            key = None
        else:
            container.append(value)
        if kind is not _SCALAR:
            above.append((container, key))
            container, key = value, None
    return top[0] if len(top) == 1 else None


def _sound_key(event: Any, value: Any, container: dict[str, Any]) -> str:
    if value == "<<" or isinstance(value, dict | list):
        raise _Unsound
    key = _key_name(event, value)
    if key in container:
        raise _Unsound
    return key


def _key_name(event: Any, value: Any) -> str:
    """Return the name of a field as written; an alias in its place has only its own name."""
    if isinstance(value, str):
        return value
    return f"*{event.anchor}" if event.__class__ is _ALIAS else str(event.value)


def parse(text: str) -> Parsed:
    """Return one YAML document with positions; what is wrong with it is in `faults`."""
    builder = _Builder(text)
    loader = yaml.CSafeLoader(text)
    try:
        while True:
            event = loader.get_event()
            if event.__class__ is _STREAM_END:
                break
            builder.feed(event)
            if builder.too_deep:
                builder.parsed.whole = False
                break
    except yaml.MarkedYAMLError as error:
        builder.parsed.whole = False
        builder.parsed.faults.append(syntax_fault(error, text))
    except yaml.reader.ReaderError as error:
        builder.parsed.whole = False
        # The C loader counts bytes, and gives the character as a number.
        before = text.encode()[: error.position].decode("utf-8", "ignore")
        place = place_of(text, len(before))
        number = error.character if isinstance(error.character, int) else ord(error.character)
        char = f"U+{number:04X}"
        builder.parsed.faults.append(
            (place, "CB106", f"有不可见的控制字符 {char}。", "删去这个字符重新输入。")
        )
    finally:
        loader.dispose()
    if not builder.parsed.faults and (fault := full_width_fault(text, builder.parsed.data)):
        builder.parsed.faults.append(fault)
    return builder.parsed


def place_of(text: str, index: int) -> Place:
    """Return line and column, from 1, of an index in a text."""
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1
