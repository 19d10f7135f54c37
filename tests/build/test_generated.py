"""The records of the benchmarks: sound, the same every time, and made one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path
from zlib import crc32

import pytest
import yaml

from casebook_site.search.text import normal
from tests.benchmarks import kinds, places
from tests.benchmarks.generated import REPOSITORY, write_site
from tests.benchmarks.region import Counts, Region
from tests.folders import SiteFolder, tree


@pytest.fixture(autouse=True)
def _invented(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Real names may lie beside the benchmarks or not."""
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "nothing")
    places._areas.cache_clear()


@pytest.mark.slow
def test_a_generated_site_is_sound_and_has_as_many_records_as_asked(tmp_path: Path) -> None:
    write_site(tmp_path / "site", 500)
    assert len(SiteFolder(tmp_path / "site").catalog()) == 500


@pytest.mark.slow
def test_the_seed_decides(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_site(tmp_path / name, 300, seed)
    assert tree(tmp_path / "one") == tree(tmp_path / "again")
    assert tree(tmp_path / "one") != tree(tmp_path / "other")


@pytest.mark.slow
def test_distinct_pairs_of_characters_grow_as_in_the_repositorys_own_prose(tmp_path: Path) -> None:
    write_site(tmp_path / "site", 300)
    for length in (8_000, 16_000):
        real = distinct_pairs(REPOSITORY / "content" / "records", length)
        made = distinct_pairs(tmp_path / "site" / "content" / "records", length)
        assert 0.7 * real < made < 1.4 * real


def distinct_pairs(records: Path, length: int) -> int:
    """Count the distinct bigrams in the first paragraphs, taken in an order without meaning."""
    texts = sorted(set(paragraphs(records)), key=lambda text: crc32(text.encode()))
    found: set[str] = set()
    for text in texts:
        found |= {a + b for a, b in pairwise(normal(text))}
        length -= len(text)
        if length < 0:
            return len(found)
    raise AssertionError("not enough text")


def paragraphs(records: Path) -> Iterator[str]:
    """Paragraphs that are longer than a name or a choice, without links."""
    for file in records.rglob("*.yml"):
        for text in strings(yaml.load(file.read_text("utf-8"), yaml.CSafeLoader)):
            for line in re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).splitlines():
                if len(line) > 40:
                    yield line


def strings(data: object) -> Iterator[str]:
    """All texts in data from YAML."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)


def test_a_million_records_begin_at_once() -> None:
    region = Region(Counts.of(1_000_000))
    assert len(list(islice(kinds.entries(region), 10))) == 10
    assert region.ref("villages", 139_999).name.endswith("村")


def test_villages_and_points_lie_where_their_township_says() -> None:
    region = Region(Counts.of(2_000))
    seen = [v for town in range(region.counts.towns) for v in region.villages_of(town)]
    assert sorted(seen) == list(range(region.counts.villages))
    for point in range(50):
        assert region.village_of_point(point) in region.villages_of(point % region.counts.towns)


def test_real_names_are_taken_where_there_are_any(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    towns = [f"99000110{n}" for n in range(3)]
    (folder / "areas.csv").write_text('code,name\n990001,"甲县"\n', "utf-8")
    lines = [f'{code},"{name}"' for code, name in zip(towns, ("乙镇", "丙乡", "丁镇"), strict=True)]
    (folder / "streets.csv").write_text("\n".join(["code,name", *lines]) + "\n", "utf-8")
    villages = [
        f'{towns[1]}201,"戊村委会"',
        f'{towns[1]}202,"己居委会"',
        f'{towns[2]}200,"庚村委会"',
    ]
    (folder / "villages.csv").write_text("\n".join(["code,name", *villages]) + "\n", "utf-8")
    monkeypatch.setattr(places, "PACKAGE", folder)
    for known in (places._areas, places._town_names, places._offsets, places._villages):
        known.cache_clear()
    assert (places.county(0), places.county(1)) == ("甲县", "")
    assert [places.town(0, n) for n in range(4)] == ["乙镇", "丙乡", "丁镇", ""]
    assert [places.village(0, 1, n) for n in range(2)] == ["戊村", ""]
    assert places.village(0, 0, 0) == ""
    for known in (places._areas, places._town_names, places._offsets, places._villages):
        known.cache_clear()
