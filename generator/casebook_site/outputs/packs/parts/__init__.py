"""How each kind of record is told in a pack: one function a kind, registered composer.

A function writes a record onto a `Composer`, its heading at the level that is given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.parts import cases, classes, committees, places, points, schools

PARTS: dict[str, Callable[[Composer, Any, int], None]] = {
    "county": places.county,
    "township": places.township,
    "village": places.village,
    "joint-committee": committees.joint_committee,
    "mechanism": committees.mechanism,
    "party-school": schools.party_school,
    "teaching-point": points.teaching_point,
    "category": points.category,
    "course": schools.course,
    "training-class": classes.training_class,
    "case-study": cases.case_study,
}
"""Kind → part. Kinds without one (figures, terms, sources …) stand at the end of a pack."""

__all__ = ["PARTS"]
