"""The program asks the schema for vocabularies: only models name their constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import casebook_site
from casebook_site.records import vocabularies
from casebook_site.schema.choices import Vocabulary

ROOT = Path(casebook_site.__file__).parent
NAMES = {name for name, value in vars(vocabularies).items() if isinstance(value, Vocabulary)}


def read_directly(tree: ast.Module) -> Iterator[ast.Name]:
    """Yield the names of vocabularies that are not asked of a schema, as `vocabulary(NAME)`."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == vocabularies.__name__
        for alias in node.names
    }
    asked = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "vocabulary"
        for argument in node.args
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in imported & NAMES and id(node) not in asked:
            yield node


def test_vocabularies_are_asked_of_the_schema() -> None:
    files = sorted(set(ROOT.rglob("*.py")) - set((ROOT / "records").rglob("*.py")))
    found = [
        f"{file.relative_to(ROOT)}:{name.lineno} {name.id}"
        for file in files
        for name in read_directly(ast.parse(file.read_text("utf-8")))
    ]
    assert not found


def test_a_direct_reader_would_be_found() -> None:
    tree = ast.parse(
        f"from {vocabularies.__name__} import LEVELS, ROLES\n"
        "a = LEVELS['municipal']\nb = schema.vocabulary(ROLES)\n"
    )
    assert [name.id for name in read_directly(tree)] == ["LEVELS"]
