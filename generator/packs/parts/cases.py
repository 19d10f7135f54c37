"""A case study: the three parts of the record, and the figures of what came of it."""

from __future__ import annotations

from generator import wording
from generator.catalog import key_of
from generator.packs.composing import Composer
from generator.packs.document import Number, Numbers, Paragraph, Run
from generator.records.texts import CaseStudy

LEADING_FIGURES = 6
"""Figures that stand out below the title; the part of figures has them all."""


def case_study(here: Composer, record: CaseStudy, level: int) -> None:
    """Overview, measures, outcomes, lessons."""
    here.heading(level, record.name)
    here.tell(record)
    here.figures.setdefault(key_of(record))
    here.paragraph(record.subtitle, "subtitle")
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    here.show_numbers(leading_numbers(here, record))
    here.photos(record)
    here.heading(level + 1, "总体思路")
    here.prose(record.overview)
    here.heading(level + 1, "主要做法")
    for measure in record.measures:
        here.heading(level + 2, measure.title)
        here.add(Paragraph(here.line(measure.lead), "lead") if measure.lead else None)
        for point in measure.points:
            here.title(level + 3, point.title)
            here.prose(point.text)
        names = here.names("mechanism", measure.mechanisms)
        here.add(Paragraph((Run("相关机制："), *names), "note") if names else None)
    here.heading(level + 1, "取得成效")
    here.prose(record.outcomes)
    if record.lessons:
        here.heading(level + 1, "启示")
        here.lines(record.lessons)
    here.internal_notes(record)
    here.doubts(record)


def leading_numbers(here: Composer, record: CaseStudy) -> Numbers:
    """The outcomes of a case as figures that stand out."""
    figures = [f for f in here.lookups.figures_about(record) if f.role in ("outcome", "scale")]
    return Numbers(
        tuple(
            Number(
                wording.amount(figure),
                figure.unit,
                figure.name,
                f"截至{figure.as_of.chinese}",
            )
            for figure in figures[:LEADING_FIGURES]
        )
    )
