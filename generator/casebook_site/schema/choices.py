"""Enumerations: each stated once as a vocabulary, and read by models, forms, sheets, pages and schemas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from casebook_site.base.numerals import counting


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a field may have, and how it is shown."""

    id: str
    """The value in files and published data."""
    title: str
    """The Chinese name, on pages and in drop-downs."""
    description: str = ""
    """What editors are told besides the title; empty where the title says all."""
    mark: str = ""
    """The character or word that stands for it where there is little room."""
    shape: str = ""
    """The outline around that character, by its name in `maps/marks.py`."""
    colour: str = ""
    """Colour on white paper, as `#rrggbb`; empty where it has none."""
    dark_colour: str = ""
    """Colour on the dark page, as `#rrggbb`."""
    other_names: tuple[str, ...] = ()
    """Further Chinese names that a sheet or a form may use for it."""

    @property
    def explained(self) -> str:
        """Return the title, with the description in brackets if there is one."""
        return f"{self.title}（{self.description}）" if self.description else self.title


@dataclass(frozen=True)
class Vocabulary(Mapping[str, str]):
    """The choices of an enumeration in the readers' order. As a mapping: id of a choice → its title."""

    id: str
    """Name of the vocabulary in the program, and of the file that may state it: `categories`."""
    title: str
    choices: tuple[Choice, ...]
    is_fixed: bool = False
    """Whether the program knows each choice: titles may change, no choice may come or go."""
    _titles: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise `ValueError` for two choices with one id or one title."""
        titles = {choice.id: choice.title for choice in self.choices}
        if not titles or len(titles) < len(self.choices):
            raise ValueError(f"vocabulary {self.id}: ids must be there and differ")
        if len(set(titles.values())) < len(titles):
            raise ValueError(f"vocabulary {self.id}: titles must differ")
        object.__setattr__(self, "_titles", titles)

    def __getitem__(self, id: str) -> str:
        """Return the title of a choice; raise `KeyError` for an unknown id."""
        return self._titles[id]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids, in order."""
        return iter(self._titles)

    def __len__(self) -> int:
        """Return the number of choices."""
        return len(self.choices)

    def choice(self, id: str) -> Choice:
        """Return the choice with an id; raise `KeyError` for an unknown one."""
        for choice in self.choices:
            if choice.id == id:
                return choice
        raise KeyError(id)

    @property
    def marks(self) -> dict[str, str]:
        """Return id → mark, in order."""
        return {choice.id: choice.mark for choice in self.choices}

    def explanation(self) -> str:
        """Return all choices in one sentence for editors: `town 镇，subdistrict 街道。`."""
        return "，".join(f"{choice.id} {choice.explained}" for choice in self.choices) + "。"

    def find(self, text: str) -> Choice | None:
        """Return the choice whose id, title or other name is `text`; None if there is none."""
        for choice in self.choices:
            if text in (choice.id, choice.title, *choice.other_names):
                return choice
        return None


MARK_SHAPES = Vocabulary(
    "mark-shapes",
    "记号的形状",
    (
        Choice("circle", "圆"),
        Choice("square", "方"),
        Choice("hexagon", "六边形"),
        Choice("octagon", "八边形"),
        Choice("shield", "盾"),
        Choice("arch", "拱门"),
        Choice("leaf", "叶"),
        Choice("drop", "水滴"),
        Choice("house", "房子"),
        Choice("bowl", "碗"),
        Choice("flag", "旗"),
        Choice("ticket", "票"),
    ),
)
"""The outlines that a category may have, each drawn in `maps/marks.py`; nothing is told by colour alone."""


def counted(text: str, vocabulary: Vocabulary) -> str:
    """Return a text with the number of choices, in Chinese, and their titles: `五类教学点`, `镇、街道、乡`."""
    return text.format(number=counting(len(vocabulary)), titles="、".join(vocabulary.values()))


@dataclass(frozen=True)
class OneOf:
    """Mark a string field as holding the id of a choice: `Annotated[str, OneOf(LEVELS)]`."""

    vocabulary: Vocabulary

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Return the schema that pydantic compiles a `Literal` to."""
        return core_schema.literal_schema([*self.vocabulary])

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the enumeration with what editors are told of each value."""
        return {
            "type": "string",
            "enum": [*self.vocabulary],
            "enumDescriptions": [choice.explained for choice in self.vocabulary.choices],
        }
