"""What stands at the end of a pack: figures, terms, self-test, sources."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from generator import wording
from generator.catalog import key_of
from generator.packs.composing import Composer
from generator.packs.document import (
    Blank,
    Item,
    ItemList,
    NewPage,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from generator.records import Record
from generator.records.base import Question
from generator.records.evidence import ROLES, Figure

ANSWER_LINES = 2
"""Empty lines below a question that offers no choices."""

END_PARTS = {
    "figures": "数据",
    "terms": "术语",
    "questions": "自测题",
    "sources": "来源",
}
"""Word in a list → title. Each is left out where there is nothing to show."""


def end_part(here: Composer, word: str) -> None:
    """One of the parts at the end."""
    {"figures": figures, "terms": terms, "questions": questions, "sources": sources}[word](here)


def figures(here: Composer) -> None:
    """Every figure about what the pack tells, with date and source."""
    rows = tuple(
        row
        for key in here.figures
        if (record := here.edition.get(key))
        for figure in here.lookups.figures_about(record)
        for row in [_figure_row(here, figure)]
    )
    if not rows:
        return
    here.heading(1, END_PARTS["figures"], breaks=False)
    here.paragraph("数字后面方括号里是来源的编号，见本册末尾。", "note")
    columns = ("数据", "数值", "截至", "性质", "来源")
    here.add(Table("数据", columns, (37, 20, 25, 8, 10), rows))


def _figure_row(here: Composer, figure: Figure) -> tuple[Runs, ...]:
    said = "，".join(filter(None, (figure.place, figure.note)))
    value = f"{wording.amount(figure)} {figure.unit}"
    recorded = here.lookups.recorded(figure)
    others = here.names("figure", figure.conflicts_with)
    return (
        (
            Run(figure.name),
            *plain(f"（{said.rstrip('。')}）" if said else ""),
            *((Run("　另有说法："), *others) if others else ()),
        ),
        (Run(value, "strong"), *plain(f"（{recorded}）" if recorded else "")),
        plain(figure.as_of.chinese),
        plain(ROLES[figure.role]),
        here.cite([figure.source]),
    )


def terms(here: Composer) -> None:
    """The terms that were linked to, with their definitions."""
    used = here.used_terms()
    if not used:
        return
    here.heading(1, END_PARTS["terms"], breaks=False)
    for term in used:
        here.title(2, term.name)
        here.prose(term.definition)


def questions(here: Composer) -> None:
    """The questions without answers; in a book, the answers on a page of their own."""
    if not here.questions:
        return
    here.heading(1, END_PARTS["questions"])
    here.paragraph("先自己答，再看后面的参考答案。", "note")
    for record, asked in here.questions:
        here.title(2, record.name)
        here.add(ItemList(tuple(_question(n, q) for n, q in enumerate(asked, start=1))))
    here.add(None if here.sheet else NewPage())
    here.title(2, "参考答案")
    for record, asked in here.questions:
        here.add(Paragraph(plain(record.name), "label"))
        answers = (Item(f"{n}.", plain(q.answer)) for n, q in enumerate(asked, start=1))
        here.add(ItemList(tuple(answers)))


def _question(number: int, question: Question) -> Item:
    choices = tuple(
        Item(f"{chr(ord('A') + n % 26)}.", plain(choice))
        for n, choice in enumerate(question.choices)
    )
    return Item(f"{number}.", plain(question.question), choices)


def self_test(
    here: Composer,
    asked: Sequence[tuple[Record, tuple[Question, ...]]],
    title: str,
    answered: bool,
) -> None:
    """A sheet of questions to be answered on paper, or the same with the answers below each."""
    if not asked:
        return
    here.title(1, title)
    if not answered:
        columns = ("姓名", "所在党组织", "日期", "得分")
        here.add(Table("答题人", columns, (3, 5, 3, 2), (((),) * len(columns),), tall=True))
    number = count(1)
    for record, questions in asked:
        here.records.setdefault(key_of(record))
        if len(asked) > 1:
            here.title(2, record.name)
        for question in questions:
            here.add(ItemList((_question(next(number), question),)))
            if answered:
                here.add(Paragraph((Run("答：", "strong"), Run(question.answer)), "quote"))
            elif not question.choices:
                here.add(Blank(ANSWER_LINES))


def sources(here: Composer) -> None:
    """Every source in the order in which it was cited."""
    listed = here.source_list()
    if listed is None:
        return
    here.heading(1, END_PARTS["sources"], breaks=False)
    here.add(listed)
