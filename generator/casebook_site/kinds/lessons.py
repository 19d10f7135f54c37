"""A discussion of a case and a model lesson, on pages and in packs. Both are the editors' own."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import Item, ItemList, Paragraph, Run, plain
from casebook_site.outputs.packs.facts import labelled
from casebook_site.outputs.site.page_parts import PageScope, fact
from casebook_site.outputs.site.views import Section, StepView
from casebook_site.records.lessons import Discussion, LessonStep, ModelLesson
from casebook_site.records.teaching import Category
from casebook_site.records.texts import CaseStudy

DISCUSSION = "讨论（编者拟写）"
LESSON = "示范课（编者建议）"
"""Both titles say whose words they are."""


def discussion_sections(record: CaseStudy, page: PageScope) -> Iterator[Section]:
    """Yield the situation with what to discuss, and how teachers may lead it."""
    if told := record.discussion:
        yield Section(
            "discussion", DISCUSSION, prose=page.prose(told.dilemma), lines=told.questions
        )
        yield _notes("discussion-notes", told, page)


def lesson_sections(record: Category, page: PageScope) -> Iterator[Section]:
    """Yield the model lesson, step by step, and what teachers should know."""
    if told := record.lesson:
        facts = (
            fact(told, "teaching_point", page.link("teaching-point", told.teaching_point)),
            fact(told, "aim", told.aim),
        )
        yield Section(
            "lesson",
            LESSON,
            facts=tuple(one for one in facts if one),
            steps=tuple(StepView(s.title, s.text or "", badge=_length(s)) for s in told.steps),
        )
        yield _notes("lesson-plan-notes", told, page)


def _notes(id: str, told: Discussion | ModelLesson, page: PageScope) -> Section:
    """Return what only teachers read."""
    title = str(type(told).model_fields["notes"].title)
    return Section(id, title, prose=page.prose(told.notes), internal=True, level=3)


def _length(step: LessonStep) -> str:
    """Return `20分钟`; empty where nobody says how long."""
    return f"{step.minutes}分钟" if step.minutes else ""


# --- packs ---


def tell_discussion(composer: Composer, record: CaseStudy, level: int) -> None:
    """Write the situation and the questions."""
    if told := record.discussion:
        composer.heading(level, DISCUSSION)
        composer.prose(told.dilemma)
        numbered = (
            Item(f"{number}.", plain(text)) for number, text in enumerate(told.questions, start=1)
        )
        composer.add(ItemList(tuple(numbered)))
        _tell_notes(composer, told)


def tell_lesson(composer: Composer, record: Category, level: int) -> None:
    """Write the model lesson, step by step."""
    if told := record.lesson:
        composer.heading(level, LESSON)
        place = composer.name("teaching-point", told.teaching_point)
        composer.facts(
            record, labelled(told, "teaching_point", (place,)), labelled(told, "aim", told.aim)
        )
        composer.add(
            ItemList(
                tuple(
                    Item(
                        f"{number}.",
                        (
                            Run(step.title, "strong"),
                            *plain("　".join(filter(None, ("", _length(step), step.text)))),
                        ),
                    )
                    for number, step in enumerate(told.steps, start=1)
                )
            )
        )
        _tell_notes(composer, told)


def _tell_notes(composer: Composer, told: Discussion | ModelLesson) -> None:
    """Write what only teachers read, into their edition."""
    if composer.internal and told.notes:
        title = str(type(told).model_fields["notes"].title)
        composer.add(Paragraph(plain(title), "label", internal=True))
        composer.prose(told.notes, internal=True)
