"""Marks and colours of a site's own categories: few enough, each told apart, all legible.

Right: a mark of one character, a colour that white letters can be read on, another one for the
dark page. Wrong: two characters, a pale yellow, the colour of another category, 13 categories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from casebook_site.base.contrast import HEX, contrast, distance
from casebook_site.base.palette import PALETTE
from casebook_site.base.problems import Problem, did_you_mean
from casebook_site.base.stylesheets import SITE_SHEETS, joined
from casebook_site.maps.marks import JOINT, TAKEN
from casebook_site.reading.vocabularies import SiteVocabulary
from casebook_site.records.procedures import PROCEDURES, ProcedureChoice
from casebook_site.records.vocabularies import BUILT_IN, PRESCRIBED_ITEMS, TRAINEES
from casebook_site.schema.choices import Choice
from casebook_site.schema.kinds import Schema

MOST = 12
"""Choices with a mark of their own: maps and tables have room for so many, and eyes for no more."""
LEAST_CONTRAST = 4.5
"""What WCAG 2 asks of letters."""
LEAST_DISTANCE = 12.0
"""How different two colours must look; the nearest of the program's own are 22 apart."""

_MARKING = ("mark", "shape", "colour", "dark_colour")


def check_vocabularies(stated: Iterable[SiteVocabulary], schema: Schema) -> Iterator[Problem]:
    """Every problem of the vocabularies whose files could be read."""
    for one in stated:
        if not one.entries:
            continue
        if one.vocabulary.id == PROCEDURES.id:
            yield from _procedures(one, schema)
        if any(choice.colour for choice in BUILT_IN[one.vocabulary.id].choices):
            yield from _number(one)
            for choice in one.vocabulary.choices:
                yield from _marked(one, choice)
            yield from _apart(one)
        else:
            yield from _unmarked(one)


def _procedures(stated: SiteVocabulary, schema: Schema) -> Iterator[Problem]:
    """Yield prescribed items and trainees that a procedure names and the site does not have."""
    items, trainees = schema.vocabulary(PRESCRIBED_ITEMS), schema.vocabulary(TRAINEES)
    for index, id in enumerate(stated.entries):
        choice = stated.vocabulary.choice(id)
        if not isinstance(choice, ProcedureChoice):
            continue
        for place, name, own in (
            *(
                (("components", part, "items", number), item, items)
                for part, component in enumerate(choice.components)
                for number, item in enumerate(component.items)
            ),
            *(
                (("yearly", number, "trainees"), least.trainees, trainees)
                for number, least in enumerate(choice.yearly)
            ),
        ):
            if name not in own:
                at = stated.origin.locate(("choices", index, *place))
                remedy = did_you_mean(name, own) or f"可用的有：{'、'.join(own)}。"
                yield Problem(at, "CB204", f"{own.title}里没有“{name}”。", remedy)


def _number(stated: SiteVocabulary) -> Iterator[Problem]:
    if (number := len(stated.vocabulary)) > MOST:
        at = stated.origin.locate(("choices",), key=True)
        message = f"{stated.vocabulary.title}有 {number} 个，至多 {MOST} 个。"
        yield Problem(at, "CB684", message, "合并几个，或分成标签。")


def _marked(stated: SiteVocabulary, choice: Choice) -> Iterator[Problem]:
    """Yield what is wrong with the mark and the colours of a choice that a file states."""
    if choice.id not in stated.entries:
        return
    if choice.id in _taken_names():
        at = stated.locate(choice.id)
        yield Problem(at, "CB684", f"编号“{choice.id}”与网页样式重名。", "换一个编号。")
    if len(choice.mark) != 1:
        at = stated.locate(choice.id, "mark")
        yield Problem(at, "CB684", f"{choice.title}的记号“{choice.mark}”不是一个字。", "写一个字。")
    palette = {colour.name: colour for colour in PALETTE}
    paper, white = palette["paper"], palette["white"]
    for name, value, grounds, place in (
        ("colour", choice.colour, (paper.light, white.light), "白纸"),
        ("dark_colour", choice.dark_colour, (paper.dark,), "深色网页"),
    ):
        at = stated.locate(choice.id, name)
        if not HEX.fullmatch(value):
            remedy = f"{name} 写 # 和六位小写十六进制，加引号。"
            yield Problem(at, "CB683", f"{choice.title}在{place}上的颜色是“{value}”。", remedy)
        elif (least := min(contrast(value, ground) for ground in grounds)) < LEAST_CONTRAST:
            message = f"{choice.title}的颜色 {value} 在{place}上看不清（对比度 {least:.1f}）。"
            remedy = f"对比度要 {LEAST_CONTRAST} 以上：白纸上用深些的，深色网页上用浅些的。"
            yield Problem(at, "CB683", message, remedy)


def _apart(stated: SiteVocabulary) -> Iterator[Problem]:
    """Yield marks, shapes and colours that are those of another choice, or nearly."""
    choices = stated.vocabulary.choices
    for number, choice in enumerate(choices):
        others = [other for other in choices if other.id not in stated.entries]
        others += [other for other in choices[:number] if other.id in stated.entries]
        if choice.id not in stated.entries:
            continue
        for other in others:
            yield from _too_near(stated, choice, other)


def _too_near(stated: SiteVocabulary, choice: Choice, other: Choice) -> Iterator[Problem]:
    if choice.mark and choice.mark == other.mark:
        at = stated.locate(choice.id, "mark")
        message = f"{choice.title}与{other.title}的记号都是“{choice.mark}”。"
        yield Problem(at, "CB684", message, "各用一个字。")
    if choice.shape and choice.shape == other.shape:
        at = stated.locate(choice.id, "shape")
        message = f"{choice.title}与{other.title}的形状都是 {choice.shape}。"
        yield Problem(at, "CB684", message, "换一个，或不写 shape。")
    for name, one, another in (
        ("colour", choice.colour, other.colour),
        ("dark_colour", choice.dark_colour, other.dark_colour),
    ):
        if (
            HEX.fullmatch(one)
            and HEX.fullmatch(another)
            and distance(one, another) < LEAST_DISTANCE
        ):
            at = stated.locate(choice.id, name)
            message = f"{choice.title}的颜色 {one} 与{other.title}的 {another} 分不清。"
            yield Problem(at, "CB683", message, "换一个差别大的颜色。")


def _unmarked(stated: SiteVocabulary) -> Iterator[Problem]:
    """Yield what a file says of marks in a vocabulary that is never drawn."""
    own = BUILT_IN[stated.vocabulary.id]
    before = {choice.id: choice for choice in own.choices}
    for choice in stated.vocabulary.choices:
        known = before.get(choice.id)
        for name, value, old in zip(
            _MARKING, _marking(choice), _marking(known) if known else ("",) * 4, strict=True
        ):
            if value not in ("", old):
                at = stated.locate(choice.id, name)
                message = f"{stated.vocabulary.title}不用 {name}。"
                yield Problem(at, "CB684", message, "删去这一行。")


def _marking(choice: Choice) -> tuple[str, ...]:
    return choice.mark, choice.shape, choice.colour, choice.dark_colour


@cache
def _taken_names() -> frozenset[str]:
    """Return the ids that would take the place of another colour, size or mark of the site's style."""
    sheets = "\n".join(joined(parts) for parts in SITE_SHEETS.values())
    defined = re.findall(r"--cb-([\w-]+)(?=:)", sheets)
    return frozenset([*defined, *(colour.name for colour in PALETTE), JOINT, *TAKEN, "mark"])
