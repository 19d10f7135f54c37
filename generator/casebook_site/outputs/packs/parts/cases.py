"""A case study: the three parts of the record, and the figures of what came of it."""

from __future__ import annotations

from casebook_site.domain import formatting
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import Number, Numbers, Paragraph, Run
from casebook_site.records.texts import CaseStudy

LEADING_FIGURES = 6
"""Figures that stand out below the title; the part of figures has them all."""


def case_study(composer: Composer, record: CaseStudy, level: int) -> None:
    """Overview, measures, outcomes, lessons."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.paragraph(record.subtitle, "subtitle")
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    composer.show_numbers(leading_numbers(composer, record))
    composer.photos(record)
    composer.heading(level + 1, "总体思路")
    composer.prose(record.overview)
    composer.heading(level + 1, "主要做法")
    for measure in record.measures:
        composer.heading(level + 2, measure.title)
        composer.add(Paragraph(composer.line(measure.lead), "lead") if measure.lead else None)
        for point in measure.points:
            composer.title(level + 3, point.title)
            composer.prose(point.text)
        names = composer.names("mechanism", measure.mechanisms)
        composer.add(Paragraph((Run("相关机制："), *names), "note") if names else None)
    composer.heading(level + 1, "取得成效")
    composer.prose(record.outcomes)
    if record.lessons:
        composer.heading(level + 1, "启示")
        composer.lines(record.lessons)
    composer.internal_notes(record)
    composer.doubts(record)


def leading_numbers(composer: Composer, record: CaseStudy) -> Numbers:
    """The outcomes of a case as figures that stand out."""
    figures = [f for f in composer.lookups.figures_about(record) if f.role in ("outcome", "scale")]
    return Numbers(
        tuple(
            Number(
                formatting.amount(figure),
                figure.unit,
                figure.name,
                f"截至{figure.as_of.chinese}",
            )
            for figure in figures[:LEADING_FIGURES]
        )
    )
