"""Changes in the text of a file of records that leave every other byte alone.

A record is a block of fields. Only the lines of a changed field are taken out, given to ruamel.yaml,
which keeps comments and style in them, and put back. What comes out is read again: text that does
not mean what it should is never handed on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml

from casebook_site.base.problems import UserError
from casebook_site.editing.round_trip import dump_block, merge_block, same
from casebook_site.reading.parsing import parse

ABSENT = object()
"""The value of a field that shall not be written."""


class UnwritableError(UserError):
    """A file is written in a way that a change cannot be set into safely."""

    def __init__(self) -> None:
        super().__init__(
            "这个文件的写法特殊，程序不敢改动；请用文本编辑器改，或先整理成一行一个字段。"
        )


@dataclass(frozen=True)
class _Field:
    """Where a field stands: from its name to the end of the last line of its value."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class _Block:
    """Where a record stands, and its fields; none where it is written in braces."""

    start: int
    end: int
    """Behind the line end of the last field, or behind the closing brace."""
    column: int
    fields: tuple[_Field, ...]
    in_braces: bool


def new_text(record: Mapping[str, Any]) -> str:
    """Return the text of a file that holds one new record."""
    text = dump_block(record)
    _verify(text, record)
    return text


def changed_text(
    text: str, index: int | None, changes: Mapping[str, Any], order: Sequence[str]
) -> str:
    """Return the text with some fields of one record changed.

    `index`: position in a file that holds a list. `changes`: field → plain value or `ABSENT`.
    `order`: all fields in the order of the model; a new field goes behind its neighbour there.

    Raises `UnwritableError`.
    """
    before = parse(text).data
    old = before if index is None else before[index]
    expected = {
        name: value for name, value in old.items() if changes.get(name, value) is not ABSENT
    }
    expected |= {name: value for name, value in changes.items() if value is not ABSENT}
    plain = text.replace("\r\n", "\n")
    block = _find(plain, index)
    if block.in_braces:
        body = merge_block(plain[block.start : block.end], old, expected).rstrip("\n")
        plain = plain[: block.start] + body + plain[block.end :]
    else:
        for name in sorted(changes, key=list(order).index):
            plain = _set_field(plain, _find(plain, index), name, changes[name], old, order)
    whole = deepcopy(before)
    if index is None:
        whole = expected
    else:
        whole[index] = expected
    _verify(plain, whole)
    return plain.replace("\n", "\r\n") if "\r\n" in text else plain


def removed_text(text: str, index: int) -> str:
    """Return the text of a list without one of its records; empty if it was the last."""
    before = parse(text).data
    if len(before) == 1:
        return ""
    plain = text.replace("\r\n", "\n")
    block = _find(plain, index)
    start = plain.rfind("\n", 0, block.start) + 1
    if plain[start : block.start].strip() != "-":
        raise UnwritableError
    plain = plain[:start] + plain[block.end :].removeprefix("\n" if block.in_braces else "")
    _verify(plain, before[:index] + before[index + 1 :])
    return plain.replace("\n", "\r\n") if "\r\n" in text else plain


def _set_field(
    text: str,
    block: _Block,
    name: str,
    value: Any,
    old: Mapping[str, Any],
    order: Sequence[str],
) -> str:
    indent = " " * block.column
    position = next((i for i, field in enumerate(block.fields) if field.name == name), None)
    if position is None:
        return text if value is ABSENT else _insert(text, block, name, value, order)
    field = block.fields[position]
    if value is ABSENT:
        start = text.rfind("\n", 0, field.start) + 1
        if text[start : field.start].strip():  # behind the dash of a list
            if position + 1 == len(block.fields):
                raise UnwritableError
            return text[: field.start] + text[block.fields[position + 1].start :]
        return text[:start] + text[field.end :]
    lines = text[field.start : field.end].split("\n")
    snippet = "\n".join(
        line[min(block.column, len(line) - len(line.lstrip(" "))) :] if i else line
        for i, line in enumerate(lines)
    )
    body = merge_block(snippet, {name: old[name]}, {name: value})
    if not text[field.start : field.end].endswith("\n"):
        body = body.rstrip("\n")
    return text[: field.start] + _indented(body, indent) + text[field.end :]


def _insert(text: str, block: _Block, name: str, value: Any, order: Sequence[str]) -> str:
    """Behind the field that stands before it in the model, or in front of all."""
    body = _indented(dump_block({name: value}), " " * block.column)
    known = list(order)
    before = [
        field
        for field in block.fields
        if field.name in known and known.index(field.name) < known.index(name)
    ]
    if not before:
        return text[: block.start] + body + " " * block.column + text[block.start :]
    end = max(before, key=lambda field: known.index(field.name)).end
    gap = "" if text[:end].endswith("\n") else "\n"
    return text[:end] + gap + " " * block.column + body + text[end:]


def _indented(body: str, indent: str) -> str:
    first, *rest = body.split("\n")
    return "\n".join([first, *(indent + line if line else line for line in rest)])


def _find(text: str, index: int | None) -> _Block:
    """Return the record in the text; raise `UnwritableError` if it has no lines of its own."""
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    limit = len(text)
    node = root
    if index is not None:
        if not isinstance(root, yaml.SequenceNode) or root.flow_style:
            raise UnwritableError
        node = root.value[index]
        if index + 1 < len(root.value):
            limit = text.rfind("\n", 0, root.value[index + 1].start_mark.index) + 1
    if not isinstance(node, yaml.MappingNode):
        raise UnwritableError
    start, column = node.start_mark.index, node.start_mark.column
    if node.flow_style:
        return _Block(start, node.end_mark.index, column, (), True)
    starts = [key.start_mark.index for key, _ in node.value]
    limits = [*(text.rfind("\n", 0, following) + 1 for following in starts[1:]), limit]
    fields = tuple(
        _Field(key.value, key.start_mark.index, _end(text, key.start_mark.index, until, column))
        for (key, _), until in zip(node.value, limits, strict=True)
    )
    return _Block(start, fields[-1].end, column, fields, False)


_NOT_OF_THE_VALUE = re.compile(r"( *)(#.*|\.\.\.|)")


def _end(text: str, start: int, limit: int, column: int) -> int:
    """Where a field ends: blank lines and comments behind it, no deeper than it, are not its own."""
    end = limit
    while True:
        line_start = text.rfind("\n", 0, max(end - 1, 0)) + 1
        if line_start <= start:
            return end
        match = _NOT_OF_THE_VALUE.fullmatch(text[line_start:end].rstrip("\n"))
        if not match or (match[2] and len(match[1]) > column):
            return end
        end = line_start


def _verify(text: str, expected: Any) -> None:
    parsed = parse(text)
    if parsed.faults or "\t" in text or not same(parsed.data, expected):
        raise UnwritableError
