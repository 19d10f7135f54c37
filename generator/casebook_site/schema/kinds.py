"""What a kind of record is, and the schema of a site: its kinds in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from casebook_site.schema.choices import Vocabulary, counted
from casebook_site.schema.fields import LinkTo, Part
from casebook_site.schema.parts import (
    CountPart,
    HomePart,
    IndexPart,
    LinkedDataPart,
    PackPart,
    PagePart,
    PlacePart,
    ScopePart,
    SearchPart,
    SectionPart,
)
from casebook_site.schema.walking import choices_of, link_paths


class RecordModel(Part):
    """What the schema knows of the model of a kind."""

    kind: ClassVar[str]
    """Singular name in code, ids and links: `teaching-point`."""
    folder: ClassVar[str]
    """Folder under `content/records/` and section of the website: `teaching-points`."""
    kind_title: ClassVar[str]
    """Chinese name of the kind."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """Everything that any output, form or check wants to know of a kind of record."""

    model: type[RecordModel]
    """A subclass of `records.Record`, which gives name, folder and title."""
    classified_by: str | None
    """The field of choices by which lists, maps and figures tell the records apart."""
    choice_first: bool
    """Whether readers expect records by that choice before the places they lie in: schools by level."""
    place: PlacePart
    scope: ScopePart
    count: CountPart | None
    """None for kinds that maps do not count."""
    section: SectionPart
    page: PagePart[Any, Any]
    index: IndexPart[Any, Any, Any, Any]
    search: SearchPart
    home: HomePart
    linked_data: LinkedDataPart
    pack: PackPart[Any, Any] | None
    """None for kinds that stand at the end of a pack, or nowhere in it."""

    def __post_init__(self) -> None:
        named = {*self.place.within, *self.scope.fields}
        named |= {
            name
            for name in (self.classified_by, self.place.coordinates, self.section.counts)
            if name
        }
        unknown = sorted(named - {*self.model.model_fields})
        if unknown:
            raise TypeError(f"{self.model.__name__} has no field {', '.join(unknown)}")

    @cached_property
    def place_links(self) -> tuple[tuple[str, str], ...]:
        """Fields that name the places in which a record lies, with their levels, smallest first."""
        markers = {path.steps: path.marker for path in link_paths(self.model)}
        found = ((name, markers.get((name,))) for name in self.place.within)
        return tuple(
            (name, marker.kind)
            for name, marker in found
            if isinstance(marker, LinkTo) and marker.kind is not None
        )

    @cached_property
    def choices(self) -> Vocabulary | None:
        """The choices of `classified_by`."""
        return choices_of(self.model, self.classified_by) if self.classified_by else None

    @property
    def section_title(self) -> str:
        """What the kind's folder on the website is called."""
        return self._with_number(self.section.title)

    @property
    def section_lead(self) -> str:
        """One sentence at the top of the kind's index."""
        return self._with_number(self.section.lead)

    def _with_number(self, text: str) -> str:
        """Return a text with the number of choices that it names: `五大类别`."""
        counts = self.section.counts
        return counted(text, choices_of(self.model, counts)) if counts else text

    @property
    def name(self) -> str:
        """The singular name in code, ids and links: `teaching-point`."""
        return self.model.kind

    @property
    def folder(self) -> str:
        """The folder under `content/records/` and of the website: `teaching-points`."""
        return self.model.folder

    @property
    def title(self) -> str:
        """The Chinese name."""
        return self.model.kind_title


def _require_distinct(member: str, values: Iterable[tuple[Kind, object]]) -> None:
    """Raise `TypeError` where two kinds have the same value that is not None."""
    taken: dict[object, Kind] = {}
    for kind, value in values:
        if value is not None and (first := taken.setdefault(value, kind)) is not kind:
            names = f"{first.model.__name__} and {kind.model.__name__}"
            raise TypeError(f"{names} have the same {member}: {value}")


@dataclass(frozen=True, eq=False)
class Schema:
    """The kinds of one site, in the order in which readers see them, and its vocabularies.

    Two sites may differ in both.
    """

    kinds: tuple[Kind, ...]
    vocabularies: Mapping[str, Vocabulary]
    """Id → vocabulary, for those that the site has in place of the program's."""

    def __post_init__(self) -> None:
        """Raise `TypeError` for two kinds that claim one name, folder, place on a page or word."""
        _require_distinct("name", ((kind, kind.name) for kind in self.kinds))
        _require_distinct("folder", ((kind, kind.folder) for kind in self.kinds))
        _require_distinct("home.rank", ((kind, kind.home.rank) for kind in self.kinds))
        _require_distinct("home.cover_rank", ((kind, kind.home.cover_rank) for kind in self.kinds))
        scopes = ((kind, kind.pack.scope) for kind in self.kinds if kind.pack)
        _require_distinct(
            "pack.scope.word", ((kind, scope and scope.word) for kind, scope in scopes)
        )

    def vocabulary(self, own: Vocabulary) -> Vocabulary:
        """Return what the site has in place of a vocabulary of the program's: mostly that itself.

        The title of a record's choice is asked of its model: `walking.title_of`.
        """
        return self.vocabularies.get(own.id, own)

    @cached_property
    def by_name(self) -> Mapping[str, Kind]:
        """Name → kind."""
        return {kind.name: kind for kind in self.kinds}

    @cached_property
    def by_folder(self) -> Mapping[str, Kind]:
        """Folder → kind."""
        return {kind.folder: kind for kind in self.kinds}

    def __getitem__(self, name: str) -> Kind:
        return self.by_name[name]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.kinds)

    def __contains__(self, name: object) -> bool:
        return name in self.by_name

    def __len__(self) -> int:
        return len(self.kinds)

    def of(self, record: RecordModel) -> Kind:
        """Return the kind of a record."""
        return self.by_name[record.kind]

    @cached_property
    def counted(self) -> tuple[Kind, ...]:
        """The kinds that maps count."""
        return tuple(kind for kind in self.kinds if kind.count)

    @cached_property
    def located(self) -> tuple[Kind, ...]:
        """The kinds whose records may have coordinates."""
        return tuple(kind for kind in self.kinds if kind.place.coordinates)

    @cached_property
    def levels(self) -> tuple[Kind, ...]:
        """The kinds that are places, the largest first."""
        return tuple(kind for kind in self.kinds if kind.place.level)

    @cached_property
    def told(self) -> tuple[Kind, ...]:
        """The kinds that packs tell."""
        return tuple(kind for kind in self.kinds if kind.pack)

    @cached_property
    def scopes(self) -> tuple[Kind, ...]:
        """The kinds whose records can be scopes."""
        return tuple(kind for kind in self.kinds if kind.scope.is_scope)


NO_KINDS = Schema((), {})
"""The schema of nothing, for what holds no record yet."""
