"""Plain values into YAML with ruamel.yaml: new, or into what is there."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from casebook_site.reading.scalars import resolve

_SHORT_LIST = 60
"""Characters of a list that still goes on one line in brackets."""

_BREAKS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What only a double-quoted text can hold."""


def dump_block(record: Mapping[str, Any]) -> str:
    """Fields as new YAML, one below the other."""
    return _dump(_node(record), sequence=4, offset=2)


def merge_block(snippet: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return a snippet of plain value `old` with the fewest changes that make it `new`."""
    node = _yaml().load(snippet)
    _merge(node, old, new)
    indented = re.search(r"^( *)[^\s#-][^\n]*:[^\n]*\n(?:\s*(?:#[^\n]*)?\n)*( *)- ", snippet, re.M)
    offset = len(indented[2]) - len(indented[1]) if indented else 2
    return _dump(node, sequence=offset + 2, offset=offset)


def same(one: Any, other: Any) -> bool:
    """Equality of plain values, in which `1`, `1.0` and `true` are three."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10**9
    yaml.allow_unicode = True
    return yaml


def _dump(node: Any, *, sequence: int, offset: int) -> str:
    yaml = _yaml()
    yaml.indent(mapping=2, sequence=sequence, offset=offset)
    text = io.StringIO()
    yaml.dump(node, text)
    return text.getvalue()


def _merge(node: Any, old: Any, new: Any) -> Any:
    """Return the node for `new`: `node` itself, changed in place, if its type allows."""
    if same(old, new):
        return node
    if isinstance(node, CommentedMap) and isinstance(new, Mapping):
        for name in [name for name in node if name not in new]:
            del node[name]
        for position, (name, value) in enumerate(new.items()):
            if name in node:
                node[name] = _merge(node[name], old[name], value)
            else:
                node.insert(position, name, _node(value))
        return node
    if isinstance(node, CommentedSeq) and isinstance(new, list | tuple) and new:
        _merge_list(node, old, new)
        return node
    return _text(new, node) if isinstance(new, str) else _node(new)


def _merge_list(node: CommentedSeq, old: Sequence[Any], new: Sequence[Any]) -> None:
    matcher = SequenceMatcher(a=[*map(repr, old)], b=[*map(repr, new)], autojunk=False)
    for tag, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
        if tag == "equal":
            continue
        shared = min(i2 - i1, j2 - j1)
        for index in reversed(range(i1 + shared, i2)):
            del node[index]
        for index in range(shared):
            node[i1 + index] = _merge(node[i1 + index], old[i1 + index], new[j1 + index])
        for index in range(j1 + shared, j2):
            node.insert(i1 + index - j1, _node(new[index]))


def _node(value: Any) -> Any:
    if isinstance(value, Mapping):
        return CommentedMap((name, _node(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        node = CommentedSeq([_node(inner) for inner in value])
        one_line = all(isinstance(inner, str) and "\n" not in inner for inner in value)
        if not value or (one_line and sum(map(len, value)) < _SHORT_LIST and _simple(value)):
            node.fa.set_flow_style()
        return node
    return _text(value) if isinstance(value, str) else value


def _simple(texts: Sequence[str]) -> bool:
    """Short names and ids stand well side by side; sentences do not."""
    return all(len(text) <= 16 and not re.search(r"[，。；：、,]", text) for text in texts)


def _text(text: str, like: Any = None) -> Any:
    """Text in the style of what it replaces, where that can hold it."""
    if _BREAKS.search(text):
        return DoubleQuotedScalarString(text)
    literal = not re.search(r"(?m)^[ #]|[ ]$|\A\n|\n\n\Z", text) and text.strip()
    if "\n" in text or isinstance(like, LiteralScalarString):
        fits = literal and not re.match(r"[-?:%@]", text)
        return LiteralScalarString(text) if fits else DoubleQuotedScalarString(text)
    if isinstance(like, DoubleQuotedScalarString | SingleQuotedScalarString):
        return type(like)(text)
    try:
        plain = resolve(text)
    except ValueError:
        return DoubleQuotedScalarString(text)
    # In brackets libyaml refuses what begins with : or ?, and ruamel.yaml does not quote it.
    is_plain = isinstance(plain, str) and not text.startswith((":", "?"))
    return str(text) if is_plain else DoubleQuotedScalarString(text)
