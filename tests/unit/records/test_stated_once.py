"""What a field is called, and what it may hold, is written in the models and vocabularies alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from casebook_site.records import KINDS
from casebook_site.records.vocabularies import BUILT_IN
from casebook_site.schema.walking import field_paths
from tests.folders import REPOSITORY

PROGRAM = REPOSITORY / "generator/casebook_site"

FIELDS = {
    step
    for model in KINDS.values()
    for path in field_paths(model)
    for step in path.steps
    if step != "*"
} - KINDS.keys()

DATA_OF_THE_PROGRAM_S_OWN = {
    # A point in other coordinates: the keys of an update that makes a copy of the same part.
    ("maps/coordinates.py", ("system", "longitude", "latitude")),
    # What is written into a record when files of villages are added up.
    ("editing/collected.py", ("sent", "returned", "items")),
    # Elements of OpenDocument that say how a date is written.
    ("editing/ods.py", ("year", "month", "day", "hours", "minutes")),
    # The head of a script of the map, which is no record.
    ("maps/geographic.py", ("type", "id", "title")),
}


def literals(folder: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(module, strings) of every list, tuple, set or dictionary that is written with strings alone."""
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(folder).as_posix()
        if name.startswith(("records/", "kinds/")):
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Dict):
                parts = [key for key in node.keys if key]
            elif isinstance(node, ast.List | ast.Tuple | ast.Set):
                parts = node.elts
            else:
                continue
            found = [part.value for part in parts if isinstance(part, ast.Constant)]
            words = tuple(word for word in found if isinstance(word, str))
            if len(words) == len(parts):
                yield name, words


def test_no_list_of_field_names_stands_outside_the_models() -> None:
    found = {
        (name, words)
        for name, words in literals(PROGRAM)
        if len(words) >= 3 and FIELDS.issuperset(words)
    }
    assert found - DATA_OF_THE_PROGRAM_S_OWN == set()
    assert found >= DATA_OF_THE_PROGRAM_S_OWN, "an exception that is no longer needed"


def test_no_vocabulary_is_stated_a_second_time() -> None:
    found = {
        (name, vocabulary.id)
        for name, words in literals(PROGRAM)
        for vocabulary in BUILT_IN.values()
        if len(vocabulary) >= 3 and {*vocabulary} <= {*words}
    }
    assert found == set()
