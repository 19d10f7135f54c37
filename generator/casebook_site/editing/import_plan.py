"""The changes that a workbook asks for, and the problems in it, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from casebook_site.base.problems import Location, Problem
from casebook_site.editing.imported import ImportedRecord
from casebook_site.model.catalog import Catalog, Key

CellPath = tuple[str | int, ...]


@dataclass
class ImportPlan:
    """The changes that a workbook asks for, and the problems in it."""

    records: dict[Key, dict[str, Any]] = field(default_factory=dict)
    """Records that are new or different, as plain data with their id."""
    absent: list[Key] = field(default_factory=list)
    """Records that exist, and of which their kind's sheet has no row."""
    newer: set[Key] = field(default_factory=set)
    """Those of them that changed in the files after the sheets were exported."""
    added: dict[str, Key] = field(default_factory=dict)
    """Digest of a row without an id → the record that it becomes, or became earlier."""
    imported: dict[Key, ImportedRecord] = field(default_factory=dict)
    """What is to be remembered of those records."""
    unnamed: dict[Key, str] = field(default_factory=dict)
    """Record of a row without an id → the cell in which the id would stand."""
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[Key, CellPath], str] = field(default_factory=dict)
    """Where in the sheets a value of a record comes from: `基层教学点!C5`."""

    def place(self, key: Key, path: CellPath) -> str | None:
        """Return the cell of a value, or of the nearest part around it; None if there is none."""
        for end in range(len(path), -1, -1):
            if found := self.places.get((key, path[:end])):
                return found
        return None

    def with_problems(self, found: Iterable[Problem]) -> list[Problem]:
        """Return the problems of the plan, and those that checking the content with it has found.

        While cells are wrong, what is found in other files may only follow from them; and of one cell
        the first fault says enough.
        """
        told = {problem.location.path for problem in self.problems}
        return self.problems + [
            problem
            for problem in found
            if not told or (not problem.location.line and problem.location.path not in told)
        ]

    def report(self, place: str, code: str, message: str, remedy: str = "") -> None:
        """Note a problem at a cell such as `基层教学点!C5`."""
        self.problems.append(Problem(cell_location(place), code, message, remedy))


def problems_at_cells(
    problems: Iterable[Problem], catalog: Catalog, plan: ImportPlan
) -> list[Problem]:
    """Return the problems of files; those whose value comes from a cell have the cell as place."""
    cells: dict[Location, str] = {}
    for key, data in plan.records.items():
        origin = catalog.origins.get(key)
        if origin is None:
            continue
        for path in _paths(data):
            if place := plan.place(key, path):
                cells.setdefault(origin.locate(path, key=True), place)
                cells.setdefault(origin.locate(path), place)
    return sorted(
        replace(problem, location=cell_location(cells[problem.location]))
        if problem.location in cells
        else problem
        for problem in problems
    )


def _paths(value: Any, above: CellPath = ()) -> Iterator[CellPath]:
    """Yield every path in plain data, inner ones first: they name the cell more exactly."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()  # fmt: skip
    for step, below in inner:
        yield from _paths(below, (*above, step))
    yield above


def cell_location(place: str) -> Location:
    """Return the location of `基层教学点!C5`; its column is the row, so that rows sort as numbers."""
    row = re.search(r"\d+\Z", place)
    return Location(place, 0, int(row[0]) if row else 0)
