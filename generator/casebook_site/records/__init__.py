"""The record kinds: each a frozen pydantic model, registered here and nowhere else."""

from __future__ import annotations

from casebook_site.records.base import Record
from casebook_site.records.committees import JointCommittee, Mechanism
from casebook_site.records.evidence import Figure, Source
from casebook_site.records.organisations import Organisation
from casebook_site.records.places import County, Township, Village
from casebook_site.records.proceedings import Proceeding
from casebook_site.records.teaching import (
    Category,
    Course,
    Faculty,
    PartySchool,
    Platform,
    TeachingPoint,
    TrainingClass,
)
from casebook_site.records.texts import CaseStudy, Term

KINDS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        County,
        Township,
        Village,
        JointCommittee,
        Mechanism,
        Proceeding,
        Organisation,
        PartySchool,
        TeachingPoint,
        Category,
        Course,
        TrainingClass,
        Faculty,
        Platform,
        CaseStudy,
        Figure,
        Source,
        Term,
    )
}
"""Kind name → model, in the order in which kinds are listed to readers."""

FOLDERS: dict[str, type[Record]] = {model.folder: model for model in KINDS.values()}
"""Folder under `content/records/` → model."""

__all__ = ["FOLDERS", "KINDS", "Record"]
