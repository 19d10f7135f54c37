"""The files of the index hold all that a plain search through the texts finds, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.model.catalog import Key
from casebook_site.outputs.site.search import plan_search, record_document, section_document
from casebook_site.outputs.site.sections import SEARCH
from casebook_site.search import building, layout
from casebook_site.search.building import build_index
from casebook_site.search.documents import Facets, SearchDocument
from casebook_site.search.layout import numbers_of
from casebook_site.search.text import normal
from tests.folders import REPOSITORY, TOY, SiteFolder
from tests.unit.search.reader import NAMES, READINGS, Reader


def document(id: str, name: str, *texts: str, aliases: Sequence[str] = ()) -> SearchDocument:
    """A document with a name and texts."""
    return SearchDocument(id, f"{id}.html", (name, *aliases), (), (), texts, Facets("词条"))


def indexed(documents: Sequence[SearchDocument], workers: int = 1) -> Reader:
    """The index of some documents."""
    by_id = {d.id: d for d in documents}
    index = build_index(list(by_id), by_id.__getitem__, workers=workers)
    return Reader({name: content() for name, content in index.files()})


class Scan:
    """The plain search that the index is held against."""

    def __init__(self, documents: Sequence[SearchDocument]) -> None:
        self.texts = {
            d.id: [normal(text) for text in (*d.names, *d.headings, *d.texts, *d.gaps)]
            for d in documents
        }
        self.names = {d.id: [normal(name) for name in d.names] for d in documents}

    def find(self, phrase: str) -> set[str]:
        """The documents in which a phrase stands; a single character counts in names only."""
        word = normal(phrase)
        among = self.names if len(word) == 1 else self.texts
        return {id for id, texts in among.items() if any(word in text for text in texts)}


def assert_same(reader: Reader, scan: Scan, ids: dict[int, str], phrases: set[str]) -> None:
    """Recall and precision at once."""
    for phrase in sorted(phrases):
        assert {ids[n] for n in reader.find(phrase)} == scan.find(phrase), phrase


def phrases_of(documents: Sequence[SearchDocument], count: int) -> set[str]:
    """Names with all their parts of two characters, single characters of names, parts of texts."""
    chance = random.Random(4)
    texts = [text for d in documents for text in (*d.headings, *d.texts, *d.gaps) if len(text) > 1]
    found = set()
    for name in (name for d in documents for name in d.names):
        found |= {name, *(name[i : i + 2] for i in range(len(name) - 1)), *name}
    for _ in range(count):
        text = chance.choice(texts)
        start = chance.randrange(len(text) - 1)
        found.add(text[start : start + chance.randint(2, 12)])
    return {phrase for phrase in found if normal(phrase)}


@pytest.fixture(scope="module")
def real() -> tuple[list[SearchDocument], Reader]:
    """The repository's own content."""
    site = SiteFolder(REPOSITORY).site()
    documents = [record_document(site, record) for record in site.edition]
    hidden = {SEARCH, *site.left_out, *site.hidden_sections}
    documents += [
        section_document(f"section/{folder}", section)
        for folder, section in site.sections.items()
        if folder not in hidden
    ]
    files = {f.path.removeprefix("search/").removesuffix(".js"): f for f in plan_search(site, {})}
    return documents, Reader({name: file.content() for name, file in files.items()})


@pytest.mark.slow
def test_real_content_is_found_wherever_a_plain_search_finds_it(
    real: tuple[list[SearchDocument], Reader],
) -> None:
    documents, reader = real
    numbers = numbers_of([d.id for d in documents])
    ids = {number: id for id, number in numbers.items()}
    phrases = phrases_of(documents, 1000)
    assert len(phrases) > 3000
    assert_same(reader, Scan(documents), ids, phrases)


@pytest.mark.parametrize(
    ("slice_size", "inline"), [(16_384, 90_000), (50, 90_000), (50, 60), (16_384, 20)]
)
def test_lists_cut_into_slices_hold_the_same(
    slice_size: int, inline: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "SLICE", slice_size)
    monkeypatch.setattr(layout, "INLINE", inline)
    chance = random.Random(7)
    signs = "联村党委组织部会员教育基地25aB、"
    documents = [
        document(
            f"d{number}",
            "".join(chance.choices(signs, k=chance.randint(1, 6))) + str(number),
            *("".join(chance.choices(signs, k=60)) for _ in range(3)),
        )
        for number in range(300)
    ]
    reader = indexed(documents)
    numbers = numbers_of([d.id for d in documents])
    assert reader.corpus["slices"] == (1 if slice_size > 300 else 8)
    assert any(name.startswith("common-") for name in reader.files) == (inline < 90_000)
    assert_same(
        reader, Scan(documents), {n: id for id, n in numbers.items()}, phrases_of(documents, 300)
    )


def test_a_reading_is_found_whole_in_part_and_by_initials() -> None:
    names = {"禹城市": ("yu", "cheng", "shi"), "鱼沉": ("yu", "chen"), "城市": ("cheng", "shi")}
    documents = [
        SearchDocument(name, f"{name}.html", (name,), (reading,), (), (), Facets("词条"))
        for name, reading in names.items()
    ]
    reader = indexed(documents)

    def found(word: str) -> set[str]:
        return {reader.cards[n][1][0] for n in reader.word(word, READINGS)}

    assert found("yucheng") == {"禹城市"}
    assert found("yuch") == found("yuchen") == {"禹城市", "鱼沉"}
    assert found("ycs") == {"禹城市"}
    assert found("chengshi") == {"禹城市", "城市"}
    assert found("cs") == {"禹城市", "城市"}
    assert found("heng") == found("engshi") == set(), "in the middle of a syllable"


def test_nothing_reaches_from_one_text_into_the_next() -> None:
    reader = indexed([document("a", "甲乙", "丙丁", "戊己", aliases=("庚辛",))])
    for phrase in ("乙庚", "丁戊", "乙丙", "丁 戊", "乙 庚"):
        assert not reader.find(phrase), phrase
    for phrase in ("甲乙", "丙丁", "戊己", "庚辛"):
        assert reader.find(phrase), phrase


def test_the_same_whatever_the_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "SMALLEST_BATCH", 20)
    monkeypatch.setattr(layout, "INLINE", 200)
    documents = [document(f"d{n}", f"村{n}", "联村党委" * (n % 7 + 1)) for n in range(150)]
    alone, together = (indexed(documents, workers).files for workers in (1, 2))
    assert alone == together


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [(building, "LARGEST_BATCH", 7), (layout, "STRETCH", 3), (layout, "STRETCH", 1)],
)
def test_the_same_whatever_is_done_at_once(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str, value: int
) -> None:
    monkeypatch.setattr(building, "SMALLEST_BATCH", 1)
    monkeypatch.setattr(layout, "SLICE", 20)
    monkeypatch.setattr(layout, "INLINE", 100)
    documents = [document(f"d{n}", f"村{n}", "联村党委" * (n % 7 + 1)) for n in range(90)]
    whole = indexed(documents).files
    assert any(name.startswith("common-") for name in whole)
    monkeypatch.setattr(module, name, value)
    assert indexed(documents).files == whole


def test_the_same_whatever_the_order_of_documents() -> None:
    documents = [document(f"d{n}", f"村{n}", f"第{n}个村") for n in range(60)]
    assert indexed(documents).files == indexed(documents[::-1]).files


def test_a_changed_text_rewrites_only_the_files_that_it_touches(
    real: tuple[list[SearchDocument], Reader],
) -> None:
    documents, _ = real
    changed = [
        replace(d, texts=(*d.texts, "龘靐")) if d.id == "county/yucheng" else d for d in documents
    ]
    before, after = indexed(documents).files, indexed(changed).files
    assert before.keys() == after.keys()
    touched = {name for name in before if before[name] != after[name]}
    assert {name.partition("-")[0] for name in touched} <= {"corpus", "table", "pieces", "cards"}
    assert len(touched) <= 7, touched  # two edges and the piece, card, table, corpus
    assert len(before) > 100


def test_a_new_document_leaves_the_numbers_of_the_others() -> None:
    ids = [f"village/v{n}" for n in range(2000)]
    before = numbers_of(ids)
    after = numbers_of([*ids, "village/new"])
    moved = [id for id in ids if before[id] != after[id]]
    assert len(moved) <= 2, moved


def test_no_document_at_all() -> None:
    reader = indexed([])
    assert reader.corpus["documents"] == 0
    assert not reader.find("党委")


def test_single_characters_stand_for_names_only() -> None:
    reader = indexed([document("a", "村庄", "镇上"), document("b", "镇", "村里")])
    assert len(reader.word("村", NAMES)) == 1
    assert reader.find("镇") != reader.find("村")


words = st.text(st.sampled_from("党委村ab1 ，𠮷龘"), min_size=1, max_size=12)


@given(st.lists(words, min_size=1, max_size=6), words)
def test_any_texts_any_phrase(texts: list[str], phrase: str) -> None:
    documents = [document(f"d{n}", f"名{n}", text) for n, text in enumerate(texts)]
    reader = indexed(documents)
    numbers = numbers_of([d.id for d in documents])
    if len(normal(phrase)) > 1:
        found = {id for id, n in numbers.items() if n in reader.find(phrase)}
        assert found == Scan(documents).find(phrase)


def test_no_file_holds_what_a_script_must_escape(real: tuple[list[SearchDocument], Reader]) -> None:
    for content in real[1].files.values():
        assert not set(content.decode()) & set("\0\u2028\u2029")


def test_what_is_not_known_is_no_text_of_a_record() -> None:
    site = SiteFolder(TOY).site()
    record = site.edition.get(Key("county", "jia"))
    assert record is not None
    found = record_document(site, record)
    assert found.gaps == ("待补充：面积", "待补充：人口", "存疑：两个来源说的成立年份不同。")
    assert not any("成立年份" in text for text in found.texts)
