"""What each kind of record shows on its page: one view function a kind, registered page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebook_site.outputs.site.kinds import committees, evidence, places, teaching, texts
from casebook_site.outputs.site.kinds.parts import KindView, PageScope

VIEWS: dict[str, Callable[[Any, PageScope], KindView]] = {
    "county": places.county,
    "township": places.township,
    "village": places.village,
    "joint-committee": committees.joint_committee,
    "mechanism": committees.mechanism,
    "party-school": teaching.party_school,
    "teaching-point": teaching.teaching_point,
    "category": teaching.category,
    "course": teaching.course,
    "training-class": teaching.training_class,
    "faculty": teaching.faculty,
    "platform": teaching.platform,
    "case-study": texts.case_study,
    "term": texts.term,
    "figure": evidence.figure,
    "source": evidence.source,
}
"""Kind → view. A new kind needs its model and its view; `record.html` shows them all."""

__all__ = ["VIEWS", "KindView", "PageScope"]
