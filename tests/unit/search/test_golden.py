"""The index is what scripts read: tests/scripts/search-postings.test.mjs has the same cases."""

from __future__ import annotations

import json
from typing import Any

from casebook_site.search import coding
from casebook_site.search.documents import Facets, SearchDocument
from casebook_site.search.layout import shard_of
from tests.folders import TESTS
from tests.unit.search.reader import GAPS, HEADINGS, NAMES, READINGS, TEXTS
from tests.unit.search.test_index import indexed

GOLDEN: dict[str, Any] = json.loads((TESTS / "golden/search-index.json").read_text("utf-8"))
FIELDS = {
    "names": NAMES,
    "headings": HEADINGS,
    "texts": TEXTS,
    "readings": READINGS,
    "gaps": GAPS,
}


def test_numbers_and_shards_are_those_that_scripts_know() -> None:
    assert [[n, coding.number(n)] for n, _ in GOLDEN["numbers"]] == GOLDEN["numbers"]
    for piece, bits, shard in GOLDEN["shards"]:
        assert f"{shard_of(piece, bits):x}" == shard


def test_lists_of_a_document_are_those_that_scripts_make() -> None:
    parts: dict[str, Any] = {name: tuple(values) for name, values in GOLDEN["document"].items()}
    parts["readings"] = tuple(map(tuple, parts["readings"]))
    reader = indexed([SearchDocument(id="a", path="a.html", facets=Facets("词条"), **parts)])
    for name, expected in GOLDEN["places"].items():
        for piece, places in expected.items():
            (found,) = reader.places(piece, FIELDS[name]).values()
            assert [[*at] if isinstance(places[0], list) else at[0] for at in found] == places
