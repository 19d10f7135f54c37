"""Who there is in a generated region: how many of each kind, and id and name of each by its number.

Nothing is remembered: what has a number is made from it, so that a region of a million records
takes no more memory than a small one.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from casebook_site.records.vocabularies import CATEGORIES
from tests.benchmarks import places, prose
from tests.benchmarks.prose import QUESTIONS, TAGS, THINGS, Link

SMALLEST = 300
"""Fewer records than this would be mostly fixtures."""
MECHANISMS = 30
GROUPS = (("leaders", "领导干部"), ("experts", "专家"), ("role_models", "榜样"))
TO_COUNTY, TO_TOWN = 6, 3
"""Figures about each county and each township; teaching points have one, while they last."""

Data = dict[str, Any]


class Ref(NamedTuple):
    """What other records know of a record."""

    number: int
    id: str
    name: str


@dataclass(frozen=True)
class Counts:
    """How many records there are of each kind."""

    counties: int
    towns: int
    villages: int
    sources: int
    terms: int
    courses: int
    points: int
    committees: int
    classes: int
    figures: int

    @classmethod
    def of(cls, count: int, towns: int = 0) -> Counts:
        """In the proportions of a region; `towns`: 0 for two in a hundred records."""
        if count < SMALLEST:
            raise ValueError(f"at least {SMALLEST} records")
        counties = max(2, count // 500)
        towns = towns or max(2 * counties, count * 2 // 100)
        villages, sources = count * 14 // 100, max(20, count * 4 // 100)
        terms, courses = max(20, min(count * 2 // 100, 200)), max(6, count * 3 // 100)
        figures, classes, committees = count * 14 // 100, count * 2 // 100, count * 4 // 100
        schools, studies = counties + towns, (2 + len(GROUPS)) * counties
        others = counties + towns + villages + sources + terms + courses + len(CATEGORIES)
        others += MECHANISMS + schools + studies + figures + classes + committees
        points = count - others
        return cls(
            counties,
            towns,
            villages,
            sources,
            terms,
            courses,
            points,
            committees,
            classes,
            figures,
        )


class Region:
    """Everybody by number. Township t lies in county t mod counties, village v in town v mod towns."""

    def __init__(self, counts: Counts, seed: int = 1) -> None:
        self.counts = counts
        self.seed = seed
        self._refs = lru_cache(maxsize=50_000)(self._ref)

    def rng(self, folder: str, number: int, what: str = "") -> random.Random:
        """Chance that is the same whenever the same record is made."""
        return random.Random(f"{self.seed}/{folder}/{number}/{what}")

    def begin(self, folder: str, number: int) -> tuple[random.Random, Ref, Data]:
        """What every maker of a record begins with: its chance, its name, the record so far."""
        ref = self.ref(folder, number)
        return self.rng(folder, number), ref, {"id": ref.id, "name": ref.name}

    def ref(self, folder: str, number: int) -> Ref:
        """Id and name of a record; the id ends in its number."""
        return self._refs(folder, number)

    def _ref(self, folder: str, number: int) -> Ref:
        rng = self.rng(folder, number, "name")
        name, reading = places.invented(rng)
        id = f"{reading}-{number:05}"
        match folder:
            case "counties":
                name = places.county(number) or f"{name}县"
            case "townships":
                name = places.town(*self.town_place(number)) or f"{name}镇"
            case "villages":
                name = places.village(*self.village_place(number)) or f"{name}村"
            case "teaching-points":
                village = self.ref("villages", self.village_of_point(number))
                name = f"{village.name[:-1]}{name}{rng.choice(THINGS)}"
            case "mechanisms":
                name = f"{name}机制{number + 1}"
            case "terms":
                name = f"{name}工作法{number + 1}"
            case "courses":
                name = f"{name}专题课{number + 1}"
            case "joint-committees":
                name = f"{name}联村党组织"
        return Ref(number, id, name)

    # --- where ----------------------------------------------------------------------------------

    def county_of(self, town: int) -> Ref:
        """The county of a township."""
        return self.ref("counties", town % self.counts.counties)

    def town_place(self, town: int) -> tuple[int, int]:
        """(number of the county, number within it)."""
        return town % self.counts.counties, town // self.counts.counties

    def village_place(self, village: int) -> tuple[int, int, int]:
        """(number of the county, of the township within it, of the village within that)."""
        return *self.town_place(village % self.counts.towns), village // self.counts.towns

    def villages_of(self, town: int) -> Sequence[int]:
        """The villages of a township."""
        return range(town, self.counts.villages, self.counts.towns)

    def points_of(self, town: int) -> Sequence[int]:
        """The teaching points of a township."""
        return range(town, self.counts.points, self.counts.towns)

    def village_of_point(self, point: int) -> int:
        """The village where a teaching point lies."""
        town = point % self.counts.towns
        return self.rng("teaching-points", point, "village").choice(self.villages_of(town))

    # --- what every record has --------------------------------------------------------------------

    def source(self, rng: random.Random) -> str:
        """A source; a few are cited far more often than the others."""
        number = min(int(rng.paretovariate(0.5)) - 1, self.counts.sources - 1)
        return self.ref("sources", number).id

    def sources(self, rng: random.Random) -> list[str]:
        """One to three sources."""
        return sorted({self.source(rng) for _ in range(rng.randint(1, 3))})

    def prose(
        self, rng: random.Random, place: str, characters: int, links: Sequence[Link] = ()
    ) -> str:
        """Prose that cites the region's sources."""
        return prose.prose(rng, place, characters, self.source, links)

    def link(self, kind: str, folder: str, number: int) -> Link:
        """A link to a record, for prose."""
        ref = self.ref(folder, number)
        return Link(kind, ref.id, ref.name)

    def common(self, rng: random.Random, *, tags: int = 0) -> Data:
        """Tags, sources, what is missing, and the day of the last change."""
        data: Data = {"tags": sorted(set(rng.choices(TAGS, k=tags)))} if tags else {}
        data["sources"] = self.sources(rng)
        data["missing"] = rng.sample(
            ["坐标", "建成时间和面积", "联系办法", "培训人数", "负责人单位的全称", "有关照片"],
            k=rng.randint(1, 3),
        )
        data["updated"] = datetime.date(2026, rng.randint(1, 9), rng.randint(1, 28))
        return data


def date(rng: random.Random, first: int = 2015, last: int = 2025) -> datetime.date | int:
    """A day, or only its year."""
    day = datetime.date(first, 1, 1) + datetime.timedelta(rng.randrange(365 * (last - first)))
    return day if rng.random() < 0.7 else day.year


def question(rng: random.Random) -> Data:
    """A question for trainees."""
    asked, choices, answer = rng.choice(QUESTIONS)
    return {"question": asked, "answer": answer} | ({"choices": [*choices]} if choices else {})
