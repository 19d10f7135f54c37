"""What stands at the end of a pack: figures, terms, self-test, sources."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from casebook_site.domain import evidence
from casebook_site.domain.quizzes import answer_of, choices_of, note_of
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import (
    Blank,
    Item,
    ItemList,
    NewPage,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    plain,
)
from casebook_site.records import Record
from casebook_site.records.base import Question
from casebook_site.records.evidence import Figure
from casebook_site.schema.walking import title_of

ANSWER_LINES = 2
"""Empty lines below a question that offers no choices."""

END_PARTS = {
    "figures": "数据",
    "terms": "术语",
    "questions": "自测题",
    "sources": "来源",
}
"""Word in a list → title. Each is left out where there is nothing to show."""


def end_part(composer: Composer, word: str) -> None:
    """One of the parts at the end."""
    {"figures": figures, "terms": terms, "questions": questions, "sources": sources}[word](composer)


def figures(composer: Composer) -> None:
    """Every figure about what the pack tells, with date and source."""
    rows = tuple(
        row
        for key in composer.figures
        if (record := composer.edition.get(key))
        for figure in composer.lookups.figures_about(record)
        for row in [_figure_row(composer, figure)]
    )
    if not rows:
        return
    composer.heading(1, END_PARTS["figures"], breaks=False)
    composer.paragraph("数字后面方括号里是来源的编号，见本册末尾。", "note")
    columns = ("数据", "数值", "截至", "性质", "来源")
    composer.add(TableBlock("数据", columns, (37, 20, 25, 8, 10), rows))


def _figure_row(composer: Composer, figure: Figure) -> tuple[Runs, ...]:
    said = "，".join(filter(None, (figure.place, evidence.details(figure), figure.note)))
    earlier = "（较早）" if composer.lookups.is_earlier(figure) else ""
    value = evidence.quantity(figure)
    recorded = composer.lookups.recorded(figure)
    others = composer.names(Figure.kind, figure.conflicts_with)
    return (
        (
            Run(figure.name),
            *plain(f"（{said.rstrip('。')}）" if said else ""),
            *((Run("　另有说法："), *others) if others else ()),
        ),
        (Run(value, "strong"), *plain(f"（{recorded}）" if recorded else "")),
        plain(f"{figure.as_of.chinese}{earlier}"),
        plain(title_of(figure, "role")),
        composer.cite([figure.source]),
    )


def terms(composer: Composer) -> None:
    """Write the terms that were linked to, with their definitions."""
    used = composer.used_terms()
    if not used:
        return
    composer.heading(1, END_PARTS["terms"], breaks=False)
    for term in used:
        composer.title(2, term.name)
        composer.prose(term.definition)


def questions(composer: Composer) -> None:
    """Write the questions without answers; in a book, the answers on a page of their own."""
    if not composer.questions:
        return
    composer.heading(1, END_PARTS["questions"])
    composer.paragraph("先自己答，再看后面的参考答案。", "note")
    for record, asked in composer.questions:
        composer.title(2, record.name)
        composer.add(ItemList(tuple(_question(n, q) for n, q in enumerate(asked, start=1))))
    composer.add(None if composer.sheet else NewPage())
    composer.title(2, "参考答案")
    for record, asked in composer.questions:
        composer.add(Paragraph(plain(record.name), "label"))
        answers = (
            Item(f"{n}.", (*plain(_answer(q)), *composer.cite(q.sources)))
            for n, q in enumerate(asked, start=1)
        )
        composer.add(ItemList(tuple(answers)))


def _answer(question: Question) -> str:
    """Return the answer and why it is right."""
    return "　".join(filter(None, (answer_of(question), question.why)))


def _question(number: int, question: Question) -> Item:
    choices = tuple(
        Item(f"{chr(ord('A') + n % 26)}.", plain(choice))
        for n, choice in enumerate(choices_of(question))
    )
    note = note_of(question)
    asked = f"{question.question}（{note}）" if note else question.question
    return Item(f"{number}.", plain(asked), choices)


def self_test(
    composer: Composer,
    asked: Sequence[tuple[Record, tuple[Question, ...]]],
    title: str,
    answered: bool,
) -> None:
    """Write a sheet of questions to be answered on paper, with or without answers."""
    if not asked:
        return
    composer.title(1, title)
    if not answered:
        columns = ("姓名", "所在党组织", "日期", "得分")
        composer.add(
            TableBlock("答题人", columns, (3, 5, 3, 2), (((),) * len(columns),), tall=True)
        )
    number = count(1)
    for record, questions in asked:
        composer.records.setdefault(key_of(record))
        if len(asked) > 1:
            composer.title(2, record.name)
        for question in questions:
            composer.add(ItemList((_question(next(number), question),)))
            if answered:
                composer.add(Paragraph((Run("答：", "strong"), Run(_answer(question))), "quote"))
            elif not choices_of(question):
                composer.add(Blank(ANSWER_LINES))


def sources(composer: Composer) -> None:
    """Every source in the order in which it was cited."""
    listed = composer.source_list()
    if listed is None:
        return
    composer.heading(1, END_PARTS["sources"], breaks=False)
    composer.add(listed)
