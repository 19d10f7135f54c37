"""Ids for records that somebody has only given a name."""

from __future__ import annotations

import re
from collections.abc import Collection

from pydantic_core import PydanticCustomError

from casebook_site.base.pinyin import pinyin
from casebook_site.schema.fields import check_id


def new_id(name: str, taken: Collection[str]) -> str:
    """Return an id that is not taken, from the pinyin of a name."""
    syllables = [re.sub(r"[^a-z0-9]", "", syllable) for syllable in pinyin(name).split()]
    stem = "-".join(filter(None, syllables))[:48].strip("-") or "record"
    number, id = 1, stem
    while id in taken or id_fault(id):
        number += 1
        id = f"{stem}-{number}"
    return id


def id_fault(id: str) -> str:
    """Why an id cannot be one, in Chinese; empty where it can."""
    try:
        check_id(id)
    except PydanticCustomError as error:
        return error.message()
    return ""
