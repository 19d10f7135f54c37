"""The catalog: every record once, linked, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casebook_site.kinds import program_schema
from casebook_site.model.catalog import RECORD_LINK, Catalog, Key, build_catalog, key_of, links_of
from casebook_site.reading.records import read_records
from casebook_site.records import KINDS
from casebook_site.schema.walking import field_paths, values_at
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


def test_the_toy_has_every_kind_for_both_audiences(toy_catalog: Catalog) -> None:
    for kind in KINDS:
        audiences = {record.audience for record in toy_catalog.records[kind].values()}
        assert audiences == {"public", "internal"}, kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_toy_uses_every_field(toy_catalog: Catalog, kind: str) -> None:
    used = {
        path.steps
        for path in field_paths(KINDS[kind])
        for record in toy_catalog.records[kind].values()
        for _, value in values_at(record, path.steps)
        if value not in ((), None)
    }
    common = {
        "order",
        "plain",
        "tags",
        "former_ids",
        "aliases",
        "pinyin",
        "events",
        "changes",
        "doubts",
        "missing",
        "updated",
    }
    unused = {
        steps
        for steps in {path.steps for path in field_paths(KINDS[kind])} - used
        if steps[0] not in common and steps not in {("summary",), ("sources",), ("sources", "*")}
        and steps[:1] != ("media",)
    }  # fmt: skip
    assert unused == set()


def test_the_toy_uses_every_common_field(toy_catalog: Catalog) -> None:
    for path in field_paths(KINDS["county"]):
        assert any(
            value not in ((), None)
            for record in toy_catalog
            if record.kind == "county"
            for _, value in values_at(record, path.steps)
        ), path.steps


def test_kinds_come_in_their_order_and_ids_sorted(toy_catalog: Catalog) -> None:
    assert list(toy_catalog.records) == list(KINDS)
    for by_id in toy_catalog.records.values():
        assert list(by_id) == sorted(by_id)
    assert len(list(toy_catalog)) == len(toy_catalog)


def test_every_record_has_an_origin_and_its_links(toy_catalog: Catalog) -> None:
    keys = {key_of(record) for record in toy_catalog}
    assert toy_catalog.origins.keys() == keys
    assert toy_catalog.links.keys() == keys


def test_origins_find_the_place_of_a_value(toy_catalog: Catalog) -> None:
    place = toy_catalog.origins[Key("village", "zi")].locate(("type",))
    assert str(place) == "content/records/villages/list.yml:7:9"
    place = toy_catalog.origins[Key("county", "jia")].locate(("codes", 1, "value"))
    assert str(place).startswith("content/records/counties/jia.yml:")


def test_links_stand_in_fields_and_in_prose(toy_catalog: Catalog) -> None:
    record = toy_catalog.get(Key("case-study", "jia-case"))
    assert record is not None
    links = {
        (link.path, str(link.target), link.required, link.in_prose) for link in links_of(record)
    }
    assert (("county",), "county/jia", True, False) in links
    assert (("measures", 0, "mechanisms", 0), "mechanism/joint-meeting", False, False) in links
    assert (("measures", 0, "points", 0, "text"), "village/zi", False, True) in links
    assert (("overview",), "term/lian-cun", False, True) in links


def test_equal_links_and_keys_of_a_catalog_are_one_object(toy_catalog: Catalog) -> None:
    links = [link for own in toy_catalog.links.values() for link in own]
    assert len({id(link) for link in links}) == len(set(links)) < len(links)
    keys = [*toy_catalog.links, *toy_catalog.origins, *(link.target for link in links)]
    assert len({id(key) for key in keys}) == len(set(keys))
    for record in toy_catalog:
        assert toy_catalog.links[key_of(record)] == tuple(links_of(record))


def test_links_of_any_kind_name_their_kind(toy_catalog: Catalog) -> None:
    targets = {link.target for link in toy_catalog.links[Key("figure", "zi-people")]}
    assert Key("village", "zi") in targets


def test_a_record_that_is_not_there_is_none(toy_catalog: Catalog) -> None:
    assert toy_catalog.get(Key("county", "nowhere")) is None
    assert toy_catalog.get(Key("nothing", "jia")) is None


def test_the_first_of_two_records_with_one_id_stays_and_the_second_is_told(
    site_folder: MakeFolder,
) -> None:
    folder = site_folder(
        {
            "records/terms/a.yml": "name: 一\ndefinition: 释义。\n",
            "records/terms/list.yml": "- {id: a, name: 二, definition: 释义。}\n",
            "records/mechanisms/a.yml": "name: 别类的同号\ntype: daily\n",
        }
    )
    reading = read_records(folder.root / "content/records", folder.root, program_schema())
    catalog, problems = build_catalog(reading.entries, program_schema())
    assert catalog.records["term"]["a"].name == "一"
    (problem,) = problems
    assert str(problem.location) == "content/records/terms/list.yml:1:8"
    assert "content/records/terms/a.yml:1:1" in problem.message


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[子村](record:village/zi)", [("子村", "village", "zi")]),
        ("[](record:source/daily)[](record:source/report)",
         [("", "source", "daily"), ("", "source", "report")]),
        ("[甲](record:county)", [("甲", "county", "")]),
        ("[甲](https://example.org/record:county/jia)", []),
        ("record:county/jia", []),
    ],
)  # fmt: skip
def test_record_links_are_found_in_prose(text: str, links: list[tuple[str, str, str]]) -> None:
    assert [(m["text"], m["kind"], m["id"]) for m in RECORD_LINK.finditer(text)] == links
