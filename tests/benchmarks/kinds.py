"""Every record of a region; here those of evidence and places, by number: what stands in their files."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from casebook_site.records.vocabularies import CATEGORIES
from tests.benchmarks import teaching
from tests.benchmarks.places import CHARS
from tests.benchmarks.region import (
    GROUPS,
    MECHANISMS,
    TO_COUNTY,
    TO_TOWN,
    Data,
    Ref,
    Region,
)

Entry = tuple[str, Data, str]
"""(folder, record, list file in which it stands; empty for a file of its own)."""


def entries(region: Region) -> Iterator[Entry]:
    """Every record; those of one list file come together."""
    counts = region.counts
    kinds: tuple[tuple[str, Callable[[Region, int], Data], int], ...] = (
        ("sources", _source, counts.sources),
        ("counties", _county, counts.counties),
        ("townships", _township, counts.towns),
        ("mechanisms", teaching.mechanism, MECHANISMS),
        ("party-schools", teaching.school, counts.counties + counts.towns),
        ("courses", teaching.course, counts.courses),
        ("teaching-points", teaching.point, counts.points),
        ("joint-committees", teaching.committee, counts.committees),
        ("training-classes", teaching.training_class, counts.classes),
        ("case-studies", teaching.case, counts.counties),
        ("platforms", teaching.platform, counts.counties),
        ("faculty", teaching.faculty, counts.counties * len(GROUPS)),
    )
    for folder, make, count in kinds:
        for number in range(count):
            yield folder, make(region, number), ""
    for number in range(counts.terms):
        yield "terms", _term(region, number), "list"
    for id, title in CATEGORIES.items():
        yield "categories", _category(region, id, title), ""
    for town in range(counts.towns):
        for village in region.villages_of(town):
            yield "villages", _village(region, village), region.ref("townships", town).id
    yield from _figures(region)


# --- evidence and words ---------------------------------------------------------------------------


def _source(region: Region, number: int) -> Data:
    rng, ref, data = region.begin("sources", number)
    published = datetime.date(2018, 1, 1) + datetime.timedelta(rng.randrange(2500))
    grade = rng.choice(("A", "A", "A-", "B"))
    data |= {
        "name": f"{ref.name}党员教育工作见闻之{number + 1}",
        "publisher": f"{rng.choice(CHARS)[0]}州日报",
        "published": published,
        "type": rng.choice(("N", "N", "EB", "R")),
        "grade": grade,
        "access": "读到全文",
        "updated": datetime.date(2026, 5, 1 + number % 28),
    }
    if grade != "B":
        data["url"] = f"https://news.example/{published.year}/{ref.id}.html"
        data["accessed"] = datetime.date(2026, 3, 1)
    return data


def _term(region: Region, number: int) -> Data:
    rng, ref, data = region.begin("terms", number)
    before = range(max(0, number - 2), number)
    return data | {
        "definition": region.prose(rng, ref.name, 60),
        "see_also": [region.ref("terms", n).id for n in before],
        "sources": region.sources(rng),
    }


def _category(region: Region, id: str, title: str) -> Data:
    teaches = region.prose(region.rng("categories", list(CATEGORIES).index(id)), title, 150)
    return {"id": id, "name": title, "summary": f"{title}一类的教学点。", "teaches": teaches}


INDICATORS = (
    ("党员", "名", "members"),
    ("培训班", "期", "classes"),
    ("参训人次", "人次", "trained"),
    ("教学点", "处", "points"),
    ("人口", "人", "people"),
    ("集体收入", "万元", "income"),
)


def _figures(region: Region) -> Iterator[Entry]:
    """Figures of counties, of townships, and of as many teaching points as there are left."""
    counts = region.counts
    for county in range(counts.counties):
        about = region.ref("counties", county)
        for number in range(county * TO_COUNTY, min((county + 1) * TO_COUNTY, counts.figures)):
            yield "figures", _figure(region, number, "county", about), about.id
    first = counts.counties * TO_COUNTY
    points = first + counts.towns * TO_TOWN
    for town in range(counts.towns):
        own = region.ref("townships", town)
        for number in range(
            first + town * TO_TOWN, min(first + (town + 1) * TO_TOWN, counts.figures)
        ):
            yield "figures", _figure(region, number, "township", own), own.id
        for point in region.points_of(town):
            if points + point < counts.figures:
                about = region.ref("teaching-points", point)
                yield "figures", _figure(region, points + point, "teaching-point", about), own.id


def _figure(region: Region, number: int, kind: str, about: Ref) -> Data:
    rng, ref, _ = region.begin("figures", number)
    title, unit, indicator = INDICATORS[number % len(INDICATORS)]
    data: Data = {
        "id": ref.id,
        "name": f"{about.name}{title}",
        "value": rng.randint(3, 30000),
        "unit": unit,
        "as_of": rng.choice((2019, 2021, 2022, 2023, "2024-03")),
        "source": region.source(rng),
        "about": f"{kind}/{about.id}",
        "role": rng.choice(("scale", "outcome", "background")),
        "indicator": indicator,
    }
    if kind == "county" and indicator == "points":
        data["recorded"] = "teaching-point"
    return data


# --- places ---------------------------------------------------------------------------------------


def _code(number: int) -> str:
    return f"{990001 + number}"


def _town_code(region: Region, town: int) -> str:
    county, number = region.town_place(town)
    return f"{_code(county)}{number + 100:03}"


def _coded(value: str) -> list[Data]:
    return [{"system": "nbs-2023", "value": value}]


def _county(region: Region, number: int) -> Data:
    rng, ref, data = region.begin("counties", number)
    return data | {
        "summary": f"{ref.name}，本站收录的第 {number + 1} 个县。",
        "province": "示例省",
        "prefecture": "示例市",
        "codes": _coded(_code(number)),
        "about": region.prose(rng, ref.name, 300),
        **region.common(rng),
    }


def _township(region: Region, number: int) -> Data:
    rng, ref, data = region.begin("townships", number)
    county = region.county_of(number)
    return data | {
        "summary": f"{county.name}{ref.name}。",
        "county": county.id,
        "type": "township" if ref.name.endswith("乡") else "town",
        "codes": _coded(_town_code(region, number)),
        "about": region.prose(rng, ref.name, 200),
        **region.common(rng),
    }


def _village(region: Region, number: int) -> Data:
    rng, ref, data = region.begin("villages", number)
    town = number % region.counts.towns
    return data | {
        "township": region.ref("townships", town).id,
        "type": "villagers_committee",
        "codes": _coded(f"{_town_code(region, town)}{number // region.counts.towns + 200}"),
        "about": region.prose(rng, ref.name, 120),
        "sources": region.sources(rng),
    }
