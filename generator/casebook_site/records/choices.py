"""What a field may hold, in words, from its declaration."""

from __future__ import annotations

import re
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casebook_site.records import KINDS
from casebook_site.schema.fields import AUDIENCE_TITLES, unwrap


def part_of(info: FieldInfo) -> type[BaseModel] | None:
    """The model of the parts that a field holds, if it holds parts."""
    for plain, _, _ in unwrap(info.annotation):
        if isinstance(plain, type) and issubclass(plain, BaseModel):
            return plain
    return None


def is_list(info: FieldInfo) -> bool:
    """Whether a field holds a list."""
    return any(many for _, _, many in unwrap(info.annotation))


def choices_of(info: FieldInfo) -> dict[str, str]:
    """Value → Chinese title of an enumeration, as the field's description explains it."""
    values = [
        str(value)
        for plain, _, _ in unwrap(info.annotation)
        if get_origin(plain) is Literal
        for value in get_args(plain)
    ]
    if set(values) == AUDIENCE_TITLES.keys():
        return dict(AUDIENCE_TITLES)
    if values and set(values) <= KINDS.keys():
        return {value: KINDS[value].kind_title for value in values}
    titles = {value: _choice_title(value, info.description or "") for value in values}
    unique = len(set(titles.values())) == len(titles)
    return titles if unique else {value: value for value in values}


def _choice_title(value: str, description: str) -> str:
    match = re.search(rf"(?<![\w-]){re.escape(value)} (?:为 )?([^，。；（]+)", description)
    return match[1].strip("“” ") if match else value
