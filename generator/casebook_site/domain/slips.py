"""What in a text is not written as a site writes, found by rules.

Punctuation: GB/T 15834-2011. Numerals: GB/T 15835-2011. Words, names in full and orders: the site's
list (`wording.py`). Near names: one character inside a term differs and sounds alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casebook_site.base.pinyin import pinyin
from casebook_site.domain.wording import Level, Word, Wording


@dataclass(frozen=True)
class Slip:
    """One find in a text."""

    start: int
    text: str
    """As it stands in the text."""
    use: str
    """What to write; empty where the reason says it."""
    why: str
    level: Level = "advice"


HAN = "\u3400-\u9fff"

_APART = re.compile(
    r"\]\([^)\s]*\)|`[^`]*`|https?://[^\s，。；、）]+|\b[\w.+-]+@[\w.-]+|<[^>]{1,200}>|!\[|\[(?=\])"
)
"""Addresses, code and tags, which are no words."""

_PUNCTUATION: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"(?<=[{HAN}])[,;:?!](?=[{HAN}“《（]|$)", re.MULTILINE),
        "中文里用全角标点（GB/T 15834）",
    ),
    (re.compile(rf"(?<=[{HAN}])\((?=[{HAN}])|(?<=[{HAN}])\)"), "中文里用全角括号（GB/T 15834）"),
    (re.compile(r"([，。；：、？！])\1+"), "标点重复了（GB/T 15834）"),
    (re.compile(r"[，、；：](?=[，。、；：])(?!(.)\1)"), "两个标点连着（GB/T 15834）"),
    (re.compile(rf"(?<=[{HAN}])\.{{3,}}"), "省略号写作“……”（GB/T 15834）"),
    (re.compile(rf"(?<=[{HAN}])--+(?=[{HAN}])"), "破折号写作“——”（GB/T 15834）"),
    (re.compile(rf'"(?=[{HAN}])|(?<=[{HAN}])"'), "中文里用弯引号“”（GB/T 15834）"),
)
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}

_DIGITS = "一二三四五六七八九"
_NUMERALS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(rf"[{_DIGITS}]、[{_DIGITS}](?=[十百千万]?[个名人天年月条次户里亩座])"),
        "连用的两个数表示概数，中间不加顿号（GB/T 15835）",
    ),
    (
        re.compile(rf"[{_DIGITS}]0[{_DIGITS}0]+|[{_DIGITS}]{{2,}}0"),
        "汉字数字里的零写作“〇”（GB/T 15835）",
    ),
    (re.compile(r"(?:约|近|大约)\d[\d.]*[多余]"), "“约”“近”与“余”“多”只用一个"),
    (re.compile(r"(?:约|大约)\d[\d.]*[^\s，。；、]{0,4}左右"), "“约”与“左右”只用一个"),
)

_RUN = re.compile(r"[^\s，。；：、？！“”（）《》]{1,12}(?:、[^\s，。；：、？！“”（）《》]{1,12})+")
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》")


@dataclass(frozen=True)
class NearNames:
    """NearNames that are often miswritten by a character, by the halves that a slip leaves whole."""

    known: frozenset[str]
    """All names, and what else is right as it stands."""
    looked_for: frozenset[str]
    """Those whose near misses are told."""
    by_half: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    """First two characters of a half → (name, where the half begins)."""

    @classmethod
    def of(cls, names: Iterable[str], others: Iterable[str]) -> NearNames:
        """Return the names from four characters on, all of them Chinese."""
        chosen = frozenset(name for name in names if re.fullmatch(rf"[{HAN}]{{4,}}", name))
        halves: dict[str, list[tuple[str, int]]] = {}
        for name in sorted(chosen):
            for start in (0, len(name) // 2):
                halves.setdefault(name[start : start + 2], []).append((name, start))
        return cls(
            chosen | frozenset(others),
            chosen,
            {half: tuple(found) for half, found in halves.items()},
        )

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds a half."""
        return re.compile(f"(?=({'|'.join(map(re.escape, self.by_half)) or '(?!)'}))")

    def near(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield (start, name) where a text has a name with one other character inside."""
        for match in self.pattern.finditer(text):
            for name, offset in self.by_half[match[1]]:
                start = match.start() - offset
                seen = text[start : start + len(name)] if start >= 0 else ""
                other = _other(seen, name)
                # Sounds come last: their dictionaries take time to load.
                if other and not self._is_known(seen) and _sounds_alike(*other):
                    yield start, name

    def _is_known(self, seen: str) -> bool:
        """Whether what stands there is right: a name of its own, or a part of one."""
        return any(seen in known for known in self.known)


def _other(seen: str, name: str) -> tuple[str, str] | None:
    """Return the one pair of characters inside in which two texts differ; None if that is not all."""
    if len(seen) != len(name) or seen[0] != name[0] or seen[-1] != name[-1]:
        return None
    other = [(a, b) for a, b in zip(seen, name, strict=True) if a != b]
    return other[0] if len(other) == 1 else None


def _sounds_alike(a: str, b: str) -> bool:
    return frozenset((a, b)) in _LOOK_ALIKE or pinyin(a) == pinyin(b)


_LOOK_ALIKE = frozenset(
    frozenset(pair)
    for pair in [
        "党常",
        "己已",
        "己巳",
        "末未",
        "竞竟",
        "部陪",
        "侯候",
        "织级",
        "议仪",
        "课刻",
        "育肓",
        "干千",
        "土士",
        "免兔",
        "徙徒",
        "拔拨",
        "治冶",
        "析折",
        "束朿",
        "博搏",
        "驻注",
    ]
)


@dataclass(frozen=True)
class Checker:
    """A site's wording, ready to look through texts."""

    wording: Wording
    names: NearNames

    def slips(self, text: str, at: str = "", whole: str = "") -> Iterator[Slip]:
        """Yield what is not written as the site writes, in the order of the text.

        `at`: the record, for exceptions. `whole`: all that the record says, where names may stand in full.
        """
        plain = _APART.sub(lambda match: "\0" * len(match[0]), text)
        found = sorted(self._found(plain, whole or plain), key=lambda slip: slip.start)
        for slip in found:
            if (slip.text, None) not in self._exempt and (slip.text, at) not in self._exempt:
                yield slip

    def _found(self, text: str, whole: str) -> Iterator[Slip]:
        for match in self._words.finditer(text):
            word = self._by_text[match[0]]
            if not _stands_in(text, match.start(), word):
                yield Slip(match.start(), match[0], word.use, word.why, word.level)
        for phrase in self.wording.phrases:
            at = text.find(phrase.short)
            if at >= 0 and not any(full in whole for full in phrase.full):
                yield Slip(at, phrase.short, phrase.full[0], phrase.why, phrase.level)
        if self.wording.punctuation:
            yield from _by_patterns(text, _PUNCTUATION)
        if self.wording.numerals:
            yield from _by_patterns(text, _NUMERALS)
        yield from self._out_of_order(text)
        if self.wording.names:
            bare = _QUOTED.sub(lambda match: "\0" * len(match[0]), text)
            for start, name in self.names.near(bare):
                seen = text[start : start + len(name)]
                yield Slip(start, seen, name, "与术语或名称只差一个字")

    def _out_of_order(self, text: str) -> Iterator[Slip]:
        orders = [o for o in self.wording.orders if sum(name in text for name in o) > 1]
        for run in _RUN.finditer(text) if orders else ():
            parts = run[0].split("、")
            for order in orders:
                known = (_rank(part, order, number) for number, part in enumerate(parts))
                ranks = [rank for rank in known if rank is not None]
                if ranks != sorted(ranks):
                    right = "、".join(order[rank] for rank in sorted({*ranks}))
                    yield Slip(run.start(), run[0], "", f"并列的次序是{right}")

    @cached_property
    def _exempt(self) -> frozenset[tuple[str, str | None]]:
        return frozenset((each.text, each.at) for each in self.wording.exceptions)

    @cached_property
    def _by_text(self) -> Mapping[str, Word]:
        return {word.avoid: word for word in self.wording.words}

    @cached_property
    def _words(self) -> re.Pattern[str]:
        words = sorted(self._by_text, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _by_patterns(text: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> Iterator[Slip]:
    for pattern, why in patterns:
        for match in pattern.finditer(text):
            yield Slip(match.start(), match[0], _FULL_WIDTH.get(match[0], ""), why)


def _stands_in(text: str, start: int, word: Word) -> bool:
    """Whether a word stands inside one of the ways of speaking in which it is right."""
    for longer in word.unless:
        inside = longer.find(word.avoid)
        if inside >= 0 and text.startswith(longer, max(0, start - inside)):
            return True
    return False


def _rank(part: str, order: tuple[str, ...], number: int) -> int | None:
    """Return the place in an order of the member that a part of a run names.

    Words may stand before it in the first part, and behind it in the others.
    """
    found = [
        (len(name), rank)
        for rank, name in enumerate(order)
        if (part.endswith(name) if number == 0 else 0 <= part.find(name) < 4)
    ]
    return max(found)[1] if found else None
