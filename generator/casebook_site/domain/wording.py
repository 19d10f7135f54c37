"""How a site writes: words to avoid, names in full, orders. `content/wording.yml` over the program's own.

The program's list (`templates/wording/wording.yml`) is short and names the source of each entry. A
site adds to it, or takes its place with `mode: replace`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from casebook_site.base.problems import Location, Problem
from casebook_site.base.templates import templates_dir
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.schema.fields import Part, Text, field
from casebook_site.schema.messages import explain

FILE = "wording.yml"

Level = Literal["error", "advice"]


class Word(Part):
    """A way of writing that is not used."""

    avoid: Text = field("不用的写法", "文字里出现就指出，两个字以上。")
    use: Text = field("建议的写法", "改成什么。")
    why: Text = field("依据", "哪本词典、哪条规定。")
    unless: tuple[Text, ...] = field("例外", "在这些说法里不算。", default=())
    level: Level = field("轻重", "error 要改了才能公开，advice 只是提醒。", default="advice")


class Phrase(Part):
    """A name that stands in full where it is mentioned first."""

    short: Text = field("简称", "文字里的简称。")
    full: tuple[Text, ...] = field("全称", "同一条里要有其中一种。")
    why: Text = field("依据", "哪条规定。")
    level: Level = field("轻重", "error 要改了才能公开，advice 只是提醒。", default="advice")


class WordingException(Part):
    """A find that stays as it is."""

    text: Text = field("文字", "文字里出现的那几个字。")
    at: Text | None = field("哪一条", "如 term/lian-cun；不写就是全站。", default=None)
    reason: Text = field("理由", "为什么不改，如“引文原样”。")


class Wording(Part):
    """The file."""

    mode: Literal["extend", "replace"] = field(
        "方式", "extend 在自带的上面增补，replace 换掉自带的。", default="extend"
    )
    words: tuple[Word, ...] = field("不用的写法", "一行一条。", default=())
    phrases: tuple[Phrase, ...] = field("首次写全称", "一行一条。", default=())
    orders: tuple[tuple[Text, ...], ...] = field("并列的次序", "如 [党委, 人大]。", default=())
    punctuation: bool | None = field("标点", "按 GB/T 15834 检查。", default=None)
    numerals: bool | None = field("数字", "按 GB/T 15835 检查。", default=None)
    names: bool | None = field("近似的名称", "与术语、组织名称只差一字的写法。", default=None)
    exceptions: tuple[WordingException, ...] = field("不改的", "一行一条，写明理由。", default=())

    def strict(self) -> Wording | None:
        """Return what has to be mended before anything is made; None where all is advice."""
        words = tuple(word for word in self.words if word.level == "error")
        phrases = tuple(phrase for phrase in self.phrases if phrase.level == "error")
        if not words and not phrases:
            return None
        return Wording(words=words, phrases=phrases, exceptions=self.exceptions)

    def over(self, own: Wording) -> Wording:
        """Return it with what it says over the program's `own`."""
        if self.mode == "replace":
            return self
        return Wording(
            words=(*own.words, *self.words),
            phrases=(*own.phrases, *self.phrases),
            orders=(*own.orders, *self.orders),
            punctuation=own.punctuation if self.punctuation is None else self.punctuation,
            numerals=own.numerals if self.numerals is None else self.numerals,
            names=own.names if self.names is None else self.names,
            exceptions=(*own.exceptions, *self.exceptions),
        )


@dataclass(frozen=True)
class ReadWording:
    """What a site's file says, over the program's own."""

    wording: Wording
    problems: tuple[Problem, ...] = ()


@cache
def program_wording() -> Wording:
    """Return the list that comes with the program."""
    file = templates_dir() / "wording" / FILE
    return Wording.model_validate(read_file(file, FILE).data)


def read_wording(file: Path, root: Path) -> ReadWording:
    """Return the wording of a site, whose file need not exist, and every problem of the file."""
    own = program_wording()
    if not os.path.lexists(file):
        return ReadWording(own)
    name = relative_name(file, root)
    content = read_file(file, name)
    if content.problems:
        return ReadWording(own, content.problems)
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "第一行写 words:，下面一行一条，如“- {avoid: 布署, use: 部署, why: 错别字}”。"
        problem = Problem(origin.locate(), "CB203", "用词表要写成“字段: 值”。", remedy)
        return ReadWording(own, (problem,))
    try:
        read = Wording.model_validate(content.data)
    except ValidationError as error:
        problems = dict.fromkeys(explain(Wording, error, origin.locate, content.data))
        return ReadWording(own, tuple(problems))
    return ReadWording(read.over(own), tuple(_too_short(read, origin)))


def _too_short(read: Wording, origin: Origin) -> list[Problem]:
    """Return a problem for each word that would be found everywhere."""
    return [
        Problem(
            _location(origin, "words", index, "avoid"),
            "CB203",
            f"“{word.avoid}”只有一个字，会处处被指出。",
            "写两个字以上。",
        )
        for index, word in enumerate(read.words)
        if len(word.avoid) < 2
    ]


def _location(origin: Origin, *path: str | int) -> Location:
    return origin.locate(path)
