"""The short way for a text without fault: data alone, without places."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml import events

from casebook_site.base.characters import FORBIDDEN, UNSEEN, visible
from casebook_site.reading.folding import has_folds, unfolded
from casebook_site.reading.parsing import MAX_DEPTH, key_name
from casebook_site.reading.scalars import Misread, known_word, resolved
from casebook_site.reading.syntax import full_width_fault

_SCALAR, _ALIAS = events.ScalarEvent, events.AliasEvent
_MAP_START, _MAP_END = events.MappingStartEvent, events.MappingEndEvent
_SEQ_START, _SEQ_END = events.SequenceStartEvent, events.SequenceEndEvent
_DOC_START, _STREAM_END = events.DocumentStartEvent, events.StreamEndEvent


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
    except (_Unsound, Misread, yaml.YAMLError):
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
                value = known_word(value) if is_key else resolved(value)
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
    key = key_name(event, value)
    if key in container:
        raise _Unsound
    return key
