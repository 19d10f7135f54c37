"""Chinese prose whose words are as frequent as in print: grammatical, and about nothing.

The words and how often they are printed come from the dictionary of the package `jieba`, of which
only that file is read. The number of distinct pairs of characters, which decides how large an index
of search becomes, grows with the length of the texts about as in the repository's own records.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import distribution
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

COMMON = 1.7
"""Exponent of the words' frequencies: records about one subject keep to fewer words than print."""
CLAUSES = tuple(
    clause.split()
    for clause in (
        "n d v n",
        "n v 了 n",
        "v n 的 n d v n",
        "在 n f v n",
        "由 n v n 和 n",
        "把 n v 到 n f",
        "a 的 n d v n",
        "n 和 n 都 v n",
        "PLACE 的 n d v n",
        "PLACE v 了 NUMBER 个 n",
        "YEAR 年 v n 以后 d v",
        "对 n v n d a",
        "d v n",
        "v n v n",
        "n d a",
        "n i",
        "每年 v n NUMBER 次",
        "n 从 n v 到 n",
        "是 v n 的 n",
        "n 和 n 的 n d 由 n v",
    )
)
"""Parts of sentences: parts of speech as `jieba` names them, slots in capitals, words."""
SPEECH = frozenset(("n", "v", "a", "d", "f", "i"))
THINGS = (
    "展室",
    "实训基地",
    "教育基地",
    "产业园",
    "合作社大院",
    "党群中心",
    "纪念馆",
    "讲习所",
)
"""What a teaching point is."""
TAGS = [
    "产业",
    "历史",
    "警示",
    "技能",
    "党史",
    "环境",
    "合作社",
    "集体经济",
    "便民",
    "议事",
    "公开",
    "培训",
    "青年",
    "老党员",
    "果业",
    "蔬菜",
    "文化",
    "志愿",
    "网格",
    "法治",
    "廉政",
    "禁毒",
    "园区",
    "社区",
    "搬迁",
    "水利",
    "道路",
    "教育",
    "医疗",
    "养老",
]
QUESTIONS = (
    (
        "这处教学点由谁管理？",
        ("镇党校", "村党支部", "合作社", "县里的部门"),
        "看“基本情况”第一段。",
    ),
    ("联席会上定下的事怎样落实？", (), "写明谁办、哪天办完，并且公布。"),
    ("学员课后要写什么？", (), "看到了什么，回去打算做什么。"),
)


class Link(NamedTuple):
    """What prose may lead to."""

    kind: str
    id: str
    name: str


class Words(NamedTuple):
    """The words of one part of speech."""

    words: list[str]
    sums: list[float]
    """For each word the weights of all up to it."""


@cache
def _dictionary() -> dict[str, Words]:
    """Return the words of each part of speech in `SPEECH`."""
    found: dict[str, list[tuple[str, float]]] = {speech: [] for speech in SPEECH}
    file = Path(str(distribution("jieba").locate_file("jieba/dict.txt")))
    for line in file.read_text("utf-8").splitlines():
        word, frequency, speech = line.split(" ")
        if speech in found:
            found[speech].append((word, int(frequency) ** COMMON))
    return {
        speech: Words([word for word, _ in words], list(accumulate(weight for _, weight in words)))
        for speech, words in found.items()
    }


def sentence(rng: random.Random, place: str) -> str:
    """A sentence about a place, without its full stop."""
    return "，".join(_clause(rng, place) for _ in range(rng.choice((2, 3, 3, 4, 4, 5, 6))))


def _clause(rng: random.Random, place: str) -> str:
    return "".join(_word(rng, slot, place) for slot in rng.choice(CLAUSES))


def _word(rng: random.Random, slot: str, place: str) -> str:
    match slot:
        case "PLACE":
            return place
        case "YEAR":
            return str(rng.randint(1998, 2023))
        case "NUMBER":
            return str(rng.randint(12, 180))
    if slot not in SPEECH:
        return slot
    words, sums = _dictionary()[slot]
    return words[bisect(sums, rng.random() * sums[-1])]


def prose(
    rng: random.Random,
    place: str,
    characters: int,
    source: Callable[[random.Random], str],
    links: Sequence[Link] = (),
) -> str:
    """Paragraphs of Markdown; every third sentence or so ends in a citation or has a link."""
    paragraphs: list[list[str]] = [[]]
    waiting = list(links)
    length = 0
    while length < characters:
        text = sentence(rng, place)
        length += len(text)
        if waiting and rng.random() < 0.6:
            kind, id, name = waiting.pop()
            text += f"，可以同[{name}](record:{kind}/{id})对照着看"
        cite = f"[](record:source/{source(rng)})" if rng.random() < 0.4 else ""
        paragraphs[-1].append(f"{text}。{cite}")
        if len(paragraphs[-1]) > 3 and rng.random() < 0.4:
            paragraphs.append([])
    texts = ["".join(sentences) for sentences in paragraphs if sentences]
    if rng.random() < 0.04:  # what needs a Markdown parser is as rare as in real records
        first, second = sentence(rng, place), sentence(rng, place)
        texts.append(f"- **先看**：{first}；\n- **再谈**：{second}。")
    return "\n\n".join(texts) + "\n"
