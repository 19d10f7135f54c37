"""Plain data of records of any kind, hostile texts included, made from the models."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from casebook_site.base.characters import visible
from casebook_site.records import Record
from casebook_site.schema.choices import OneOf
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import LinkTo
from casebook_site.schema.walking import vocabulary_of

HOSTILE = [
    "=1+1", "+86", "-x", "@cmd", "'引号", '"双"', "a: b", "# 不是注释", "- 一", "[x](record:a/b)", "no", "12:30",
    "0123", "1e3", "2022-03-29", "2022年3月", "true", "null", "~", "１２３", "一；二", "一\n二", "一\n\n  二\n三",
    "# 一\n二", "*一*", "&a", "!x", "{a}", "%", "|", ">", "a\tb", "a\u2028b", "_x000D_", "\u3000前", "二 \n 三",
    "?", "一#二", "一 #二", "x:", "😀", "a,b", "…", "...", "---", "---\nx", "一\r\n二",
]  # fmt: skip

REFUSED = "\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What no text may hold, besides control characters (`base/characters.py`)."""


def _reads_as_another(text: str) -> bool:
    """Whether reading takes something away from a text that nobody sees in it."""
    bare = text.strip()
    return visible(text) != text or (bare != text and bare.isascii())


texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=REFUSED),
        min_size=1,
        max_size=12,
    ),
).filter(lambda text: text.strip() != "" and not _reads_as_another(text))
ids = st.from_regex(r"[a-z0-9]([a-z0-9_-]{0,6}[a-z0-9])?", fullmatch=True).filter(
    lambda id: id not in ("con", "prn", "aux", "nul", "index") and not id.startswith("index-")
)
PRINTABLE = st.characters(min_codepoint=32, max_codepoint=126)
dates = st.one_of(
    st.integers(1800, 2200),
    st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1)),
    st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1)).map(lambda d: f"{d:%Y-%m}"),
)


def value_of(annotation: Any) -> st.SearchStrategy[Any]:
    """Plain YAML values that a field of this annotation may take (None left out)."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        metadata = [each for mark in marks for each in getattr(mark, "metadata", [mark])]
        for mark in metadata:
            if isinstance(mark, OneOf):
                return st.sampled_from([*mark.vocabulary])
            if isinstance(mark, LinkTo):
                return ids if mark.kind else ids.map(lambda id: f"county/{id}")
            if (pattern := getattr(mark, "pattern", None)) is not None:
                return st.from_regex(pattern, fullmatch=True, alphabet=PRINTABLE)
        least: Any = next((mark.ge for mark in metadata if isinstance(mark, Ge)), None)
        most: Any = next((mark.le for mark in metadata if isinstance(mark, Le)), None)
        if least is not None and most is not None:
            return st.integers(least, most)
        return value_of(inner)
    if origin is tuple:
        return st.lists(value_of(get_args(annotation)[0]), min_size=1, max_size=3)
    if origin is not None:
        chosen = [value_of(a) for a in get_args(annotation) if a is not type(None)]
        return st.one_of(chosen)
    if annotation is PartialDate:
        return dates
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return part_of(annotation)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        bool: st.booleans(),
        int: st.integers(1990, 2200) | st.integers(1, 12),
        float: st.floats(1, 1e6).map(lambda number: round(number, 3)),
    }
    return simple[annotation]


def _whole(info: Any) -> Any:
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


@cache  # built thousands of times otherwise
def part_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Plain data that the model accepts, and that say something: forms drop an empty part."""
    required = {n: value_of(_whole(i)) for n, i in model.model_fields.items() if i.is_required()}
    optional = {n: value_of(_whole(i)) for n, i in model.model_fields.items() if n not in required}
    return st.fixed_dictionaries(required, optional=optional).filter(
        lambda d: bool(d) and accepts(model, d)
    )


def accepts(model: type[BaseModel], data: dict[str, Any]) -> bool:
    """Whether the model takes the data."""
    try:
        model.model_validate(data)
    except ValidationError:
        return False
    return True


def record_of(model: type[Record], **fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Plain data of a record, with its id."""
    id = (
        value_of(_whole(model.model_fields["id"]))
        if vocabulary_of(model.model_fields["id"])
        else ids
    )
    return st.tuples(part_of(model), id).map(lambda pair: {**pair[0], "id": pair[1], **fixed})
