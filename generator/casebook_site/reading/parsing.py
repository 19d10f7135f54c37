"""YAML → plain data and positions, from one parse.

Events, not nodes: they show anchors, tags and quoting, and walking them needs no recursion, so a
hostile file cannot overflow the stack.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml import events

from casebook_site.base.characters import forbidden_in, visible
from casebook_site.reading.folding import has_folds, unfolded
from casebook_site.reading.scalars import Misread, resolved
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


_SCALAR, _ALIAS = events.ScalarEvent, events.AliasEvent
_MAP_START, _MAP_END = events.MappingStartEvent, events.MappingEndEvent
_SEQ_START, _SEQ_END = events.SequenceStartEvent, events.SequenceEndEvent
_DOC_START, _STREAM_END = events.DocumentStartEvent, events.StreamEndEvent


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
                value = resolved(value)
            except Misread as misread:
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
        name = key_name(event, value)
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


def key_name(event: Any, value: Any) -> str:
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
