"""Files of an index after a change of documents are those of an index made of the new documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from unittest.mock import patch as patched

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import casebook_site.search.index as index_module
from casebook_site.search.documents import Facets, SearchDocument
from casebook_site.search.index import Totals, build_index
from casebook_site.search.patching import CannotPatch, Change, patch
from tests.unit.search.reader import Reader
from tests.unit.search.test_index import document

Files = dict[str, bytes]

LETTERS = "联村党委會会乡鄉一二 。abé1"
texts = st.lists(st.text(LETTERS, max_size=40), max_size=3).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> SearchDocument:
    """A document without an id."""
    return SearchDocument(
        "",
        "",
        ("村",),
        (),
        draw(texts),
        draw(texts),
        Facets("词条", "", draw(st.sampled_from("甲乙"))),
    )


sizes = st.fixed_dictionaries(
    {
        "INLINE": st.sampled_from([3, 12, 4_000]),
        "SHARD": st.sampled_from([60, 12_000]),
        "CARDS": st.sampled_from([100, 4_000]),
        "TABLE": st.sampled_from([30, 28_000]),
        "SLICE": st.sampled_from([4, 16_384]),
    }
)


def indexed(found: Sequence[SearchDocument]) -> tuple[Files, Totals]:
    """All files of an index, made from nothing."""
    by_id = {one.id: one for one in found}
    index = build_index(list(by_id), by_id.__getitem__, workers=1)
    files = {name: content() for name, content in index.files()}
    return files, index.totals()


def named(found: Sequence[SearchDocument]) -> list[SearchDocument]:
    return [
        replace(one, id=f"term/t{number}", path=f"t{number}.html", names=(f"村{number}",))
        for number, one in enumerate(found)
    ]


@given(
    found=st.lists(documents(), min_size=1, max_size=14),
    edits=st.lists(st.tuples(st.integers(0, 13), texts, texts), min_size=1, max_size=4),
    constants=sizes,
)
@settings(max_examples=200)
def test_a_change_gives_the_files_of_a_whole_index(
    found: list[SearchDocument],
    edits: list[tuple[int, tuple[str, ...], tuple[str, ...]]],
    constants: Mapping[str, Any],
) -> None:
    found = named(found)
    with patched.multiple(index_module, **constants):
        files, totals = indexed(found)
        for number, headings, words in edits:
            old = found[number % len(found)]
            new = replace(old, headings=headings, texts=words)
            found[number % len(found)] = new
            wanted, wanted_totals = indexed(found)
            try:
                changed, totals = patch(totals, files.__getitem__, [Change(old, new)])
            except CannotPatch as reason:
                event(str(reason)[:20])
                files, totals = wanted, wanted_totals
                continue
            assert all(changed[name] != files[name] for name in changed)
            files = {**files, **changed}
            assert files == wanted
            assert totals == wanted_totals


def test_several_documents_at_once() -> None:
    found = [document(f"term/{n}", f"词{n}", f"第{n}段里有联村党委。") for n in range(40)]
    files, totals = indexed(found)
    after = [replace(one, texts=(*one.texts, "又添一句，用到龘字。")) for one in found[:5]]
    changed, _ = patch(totals, files.__getitem__, map(Change, found, after))
    wanted, _ = indexed([*after, *found[5:]])
    assert {**files, **changed} == wanted


def test_a_long_text_in_many_documents_is_changed_where_it_is_kept_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index_module, "INLINE", 100)
    found = [document(f"term/{n}", f"词{n}", "联村党委。" * 9) for n in range(60)]
    files, totals = indexed(found)
    assert any(name.startswith("common") for name in files)
    new = replace(found[7], texts=("前面添一句。" + found[7].texts[0],))
    changed, _ = patch(totals, files.__getitem__, [Change(found[7], new)])
    assert {**files, **changed} == indexed([*found[:7], new, *found[8:]])[0]
    assert any(name.startswith("common") for name in changed)


def test_a_piece_may_stand_in_a_document_many_times() -> None:
    found = [document(f"term/{n}", f"词{n}", "联村。" * (60 * n)) for n in range(4)]
    files, totals = indexed(found)
    new = replace(found[1], texts=("前面添一句。" + found[1].texts[0],))
    changed, _ = patch(totals, files.__getitem__, [Change(found[1], new)])
    assert {**files, **changed} == indexed([found[0], new, *found[2:]])[0]


def test_a_longer_text_does_not_move_the_others() -> None:
    found = [document(f"term/{n}", f"词{n}", "短。", f"第{n}段里有联村党委。") for n in range(9)]
    files, totals = indexed(found)
    new = replace(found[4], texts=("短，变长。", found[4].texts[1]))
    changed, _ = patch(totals, files.__getitem__, [Change(found[4], new)])
    before, after = Reader(files), Reader({**files, **changed})
    assert before.find("联村党委") == after.find("联村党委") != set()


@pytest.mark.parametrize(
    "other", [{"names": ("别名",)}, {"facets": Facets("网页")}, {"place": "莒镇"}]
)
def test_what_is_shown_besides_texts_is_not_changed(other: dict[str, Any]) -> None:
    found = [document(f"term/{n}", f"词{n}", "联村党委。") for n in range(5)]
    files, totals = indexed(found)
    with pytest.raises(CannotPatch):
        patch(totals, files.__getitem__, [Change(found[0], replace(found[0], **other))])


def test_a_damaged_file_is_not_changed() -> None:
    found = [document(f"term/{n}", f"词{n}", "联村党委。") for n in range(5)]
    files, totals = indexed(found)
    files["pieces-0"] = files["pieces-0"][:-5]
    with pytest.raises(CannotPatch):
        patch(totals, files.__getitem__, [Change(found[0], replace(found[0], texts=("新的。",)))])
