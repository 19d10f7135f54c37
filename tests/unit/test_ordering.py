"""The order in which readers expect records."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, Key, build_catalog
from casebook_site.model.ordering import readers_order, sorter
from casebook_site.reading.files import Origin
from casebook_site.reading.records import ReadEntry
from casebook_site.records import KINDS

NBS, MCA = "nbs-2023", "mca-2026"

PLACES: list[tuple[str, dict[str, Any]]] = [
    ("county", {"id": "yi", "name": "阿市", "province": "省", "codes": [{"system": NBS, "value": "990102"}]}),
    ("county", {"id": "jia", "name": "子县", "province": "省", "codes": [{"system": NBS, "value": "990101"}]}),
]  # fmt: skip


def town(id: str, name: str, *codes: tuple[str, str], county: str = "jia", **more: Any) -> Any:
    listed = [{"system": system, "value": value} for system, value in codes]
    return (
        "township",
        {"id": id, "name": name, "county": county, "type": "town", "codes": listed, **more},
    )


def one(kind: str, id: str, name: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return kind, {"id": id, "name": name, **more}


def catalog_of(records: Iterable[tuple[str, dict[str, Any]]]) -> Catalog:
    entries = [
        ReadEntry(KINDS[kind].model_validate(data), Origin(f"{number}.yml", f"{number}.yml"))
        for number, (kind, data) in enumerate(records)
    ]
    return build_catalog(entries, program_schema())[0]


def order_of(kind: str, records: list[tuple[str, dict[str, Any]]]) -> list[str]:
    """Return the ids of a kind in order, whatever the order in which they were written."""
    found: set[tuple[str, ...]] = set()
    for seed in range(3):
        mixed = random.Random(seed).sample([*PLACES, *records], len(PLACES) + len(records))
        catalog = catalog_of(mixed)
        rank = readers_order(catalog).rank
        found.add(tuple(r.id for r in sorted(catalog.records[kind].values(), key=rank)))
    [order] = found
    return list(order)


def test_counties_stand_by_code_not_by_the_alphabet() -> None:
    assert order_of("county", []) == ["jia", "yi"]


def test_the_editors_own_order_comes_before_codes() -> None:
    first = town("c", "丙镇", (NBS, "990101103"), order=1)
    second = town("d", "丁镇", (NBS, "990101102"), order=2)
    third = town("a", "甲镇", (NBS, "990101101"))
    assert order_of("township", [third, second, first]) == ["c", "d", "a"]


def test_townships_stand_by_county_and_by_the_first_system_in_which_they_have_a_code() -> None:
    towns = [
        town("za", "安镇", (MCA, "990101001"), (NBS, "990101102")),
        town("jie", "子街道", (NBS, "990101002")),
        town("none", "不明镇"),
        town("far", "阿镇", (NBS, "990102001"), county="yi"),
    ]
    assert order_of("township", towns) == ["jie", "za", "none", "far"]


def test_schools_stand_by_level_before_their_township_the_county_s_own_first() -> None:
    towns = [town("a", "甲镇", (NBS, "990101101")), town("b", "乙镇", (NBS, "990101102"))]
    schools = [
        one("party-school", "v", "阿村党校", level="village", county="jia", township="a"),
        one("party-school", "tb", "乙镇党校", level="township", county="jia", township="b"),
        one("party-school", "ta", "子镇党校", level="township", county="jia", township="a"),
        one("party-school", "m", "子县市委党校", level="municipal", county="jia", township="b"),
    ]
    assert order_of("party-school", towns + schools) == ["m", "ta", "tb", "v"]


def test_points_stand_by_order_township_category_and_pinyin_and_unknown_places_last() -> None:
    towns = [town("a", "乙镇", (NBS, "990101101")), town("b", "甲镇", (NBS, "990101102"))]

    def point(id: str, name: str, category: str, **more: Any) -> Any:
        return one("teaching-point", id, name, category=category, county="jia", **more)

    points = [
        point("lost", "安园", "party_spirit"),
        point("b1", "安园", "party_spirit", township="b"),
        point("a3", "园", "skills", township="a"),
        point("a2", "园", "village", township="a"),
        point("a1", "安", "village", township="a"),
        point("led", "子园", "skills", order=3),
    ]
    assert order_of("teaching-point", towns + points) == ["led", "a1", "a2", "a3", "b1", "lost"]


def test_courses_stand_by_module_and_mechanisms_by_type_then_as_the_case_has_them() -> None:
    courses = [one("course", m, m, module=m) for m in ("thematic", "general", "professional")]
    assert order_of("course", courses) == ["general", "professional", "thematic"]
    case = one(
        "case-study", "case", "案例", county="jia", outcomes="见[](record:mechanism/d3)。",
        overview="先有[](record:mechanism/d3)。",
        measures=[
            {"title": "一", "points": [{"title": "点", "text": "文"}], "mechanisms": ["d2", "m1"]},
            {"title": "二", "points": [{"title": "点", "text": "文"}], "mechanisms": ["d1"]},
        ],
    )  # fmt: skip
    mechanisms = [
        one("mechanism", id, name, type=type)
        for id, name, type in (
            ("d4", "阿制度", "daily"),
            ("d1", "安排会", "daily"),
            ("d2", "子会", "daily"),
            ("d3", "乙会", "daily"),
            ("m1", "子组建", "mode"),
            ("t1", "阿班子", "team"),
        )
    ]
    order = order_of("mechanism", [case, *mechanisms])
    assert order == ["m1", "d2", "d1", "d3", "d4", "t1"]


def test_villages_stand_by_township_then_code() -> None:
    towns = [town("a", "乙镇", (NBS, "990101101")), town("b", "甲镇", (NBS, "990101102"))]

    def village(id: str, name: str, township: str, code: str = "") -> Any:
        codes = [{"system": NBS, "value": code}] if code else []
        return one("village", id, name, township=township, codes=codes)

    villages = [
        village("b", "阿村", "b", "990101102001"),
        village("a2", "阿村", "a", "990101101202"),
        village("a1", "子村", "a", "990101101201"),
        village("a9", "啊村", "a"),
    ]
    assert order_of("village", towns + villages) == ["a1", "a2", "a9", "b"]


def test_sheets_have_the_kinds_in_their_order_and_the_records_as_readers_expect_them() -> None:
    catalog = catalog_of([*PLACES, town("b", "丁镇", (NBS, "990101102")), town("c", "丙镇")])
    keys = sorted(map(key_of_any, catalog), key=sorter(catalog))
    assert [key.id for key in keys] == ["jia", "yi", "b", "c"]


def key_of_any(record: Any) -> Key:
    return Key(record.kind, record.id)
