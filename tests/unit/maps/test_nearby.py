"""Distances, and what lies near."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.maps.nearby import NEAR_KM, Neighbourhood, distance_km
from casebook_site.outputs.site.records import build_record_page
from tests.folders import SiteFolder
from tests.unit.maps.places import PLACES

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

places = st.tuples(
    st.floats(115, 115.6).map(lambda x: round(x, 5)), st.floats(36, 36.5).map(lambda y: round(y, 5))
)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((0, 0), (0, 0), 0),
        ((0, 0), (1, 0), 111.195),
        ((0, 0), (0, 1), 111.195),
        ((0, 60), (1, 60), 55.597),
        ((0, 0), (180, 0), 20015.115),
        ((116.4074, 39.9042), (121.4737, 31.2304), 1067.3),
    ],
)
def test_known_distances(
    one: tuple[float, float], other: tuple[float, float], expected: float
) -> None:
    assert distance_km(one, other) == pytest.approx(expected, rel=1e-3)
    assert distance_km(other, one) == distance_km(one, other)


@given(st.lists(places, min_size=1, max_size=60), st.integers(1, 12))
def test_the_grid_finds_what_a_look_at_all_finds(
    found: list[tuple[float, float]], limit: int
) -> None:
    named = {f"p{number:03}": place for number, place in enumerate(found)}
    near = Neighbourhood.of(named.items()).near("p000", limit)
    everything = sorted(
        (distance_km(named["p000"], place), name) for name, place in named.items() if name != "p000"
    )
    assert near == [(name, away) for away, name in everything if away <= NEAR_KM][:limit]


def test_what_has_no_place_is_near_nothing() -> None:
    assert Neighbourhood.of([("a", (118, 36))]).near("b", 5) == []


def test_ten_thousand_points_in_a_county_are_quick() -> None:
    crowd = Neighbourhood.of(
        (f"p{n}", (118 + n % 100 / 200, 36 + n // 100 / 200)) for n in range(10_000)
    )
    looked: list[str] = []
    inner = crowd._ring

    def counted(middle: tuple[int, int], ring: int) -> list[str]:
        names = list(inner(middle, ring))
        looked.extend(names)
        return names

    object.__setattr__(crowd, "_ring", counted)
    assert len(crowd.near("p5050", 12)) == 12
    assert len(looked) < 500


# --- on pages -------------------------------------------------------------------------------------


def nearby(folder: SiteFolder, id: str) -> tuple[str, list[tuple[str, str]]]:
    """Title and (name, note) of the list of a teaching point."""
    site = folder.site()
    page = build_record_page(site, site.edition.records["teaching-point"][id])
    section = next((s for s in page.view.sections if s.id == "nearby"), None)
    return (section.title, [(k.name, k.note) for k in section.links]) if section else ("", [])


def test_points_with_coordinates_come_by_distance(site_folder: MakeFolder) -> None:
    title, links = nearby(site_folder(PLACES), "gps")
    assert title == "附近的教学点"
    assert [name for name, _ in links] == ["取自高德", "取自百度"]
    assert all(note.startswith("约") for _, note in links)


def test_without_coordinates_the_county_is_asked(site_folder: MakeFolder) -> None:
    title, links = nearby(site_folder(PLACES), "unknown")
    assert title == "沂源县其他教学点"
    assert {name for name, _ in links} == {"示例园<甲>", "取自高德", "取自百度"}
    assert not any(note for _, note in links)


def test_the_township_goes_before_the_county(site_folder: MakeFolder) -> None:
    folder = site_folder(PLACES)
    text = "name: {}\ncounty: yiyuan\ntownship: town\ncategory: industry\n"
    folder.write("records/teaching-points/a.yml", text.format("甲点"))
    folder.write("records/teaching-points/b.yml", text.format("乙点"))
    title, links = nearby(folder, "a")
    assert title == "同镇街的教学点"
    assert [name for name, _ in links] == ["乙点", "示例园<甲>"]
    _, links = nearby(folder, "gps")
    assert [name for name, _ in links][2:] == ["甲点", "乙点"]


def test_a_point_alone_has_no_list(site_folder: MakeFolder) -> None:
    folder = site_folder({
        "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
        "records/categories/list.yml": "- {id: industry, name: 产业基地}\n",
        "records/teaching-points/a.yml": "name: 园\ncounty: jia\ncategory: industry\n",
    })  # fmt: skip
    assert nearby(folder, "a") == ("", [])
