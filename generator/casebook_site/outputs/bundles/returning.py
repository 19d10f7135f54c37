"""The page of a bundle that saves what was counted on a machine, to be taken back as a small file."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from casebook_site.base.templates import Template
from casebook_site.domain.quizzes import questions_of
from casebook_site.domain.training import ANSWERS
from casebook_site.editing.return_files import RETURN_FORMAT, bundle_line
from casebook_site.model.catalog import key_of
from casebook_site.outputs.bundles.manifest import Manifest
from casebook_site.outputs.site.model import SiteModel, script_json
from casebook_site.outputs.site.pages import IndexBody, IndexView
from casebook_site.records.teaching import EvaluationItem, TrainingClass

ORGANISATION = "组织和服务"
"""The item of a questionnaire that is about no session."""


@dataclass(frozen=True, slots=True)
class EvaluatedClass:
    """A class with the items of its questionnaire."""

    id: str
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnView(IndexBody):
    """What the page shows, and what its script knows."""

    marks: tuple[tuple[str, str], ...]
    """(name of a count, title): 很满意 …"""
    classes: tuple[EvaluatedClass, ...]
    has_questions: bool
    known: Markup
    """JSON for its script."""


RETURN_PAGE = Template("bundle/return.html", IndexView[ReturnView])


def return_view(site: SiteModel, manifest: Manifest, signature: str) -> ReturnView:
    """Return the page of one bundle; `signature`: of its id, empty where it is not signed."""
    classes = tuple(
        EvaluatedClass(record.id, record.name, _items(record))
        for record in site.in_order(site.edition.of(TrainingClass).values())
    )
    asking = {str(key_of(record)): record.name for record in site.edition if questions_of(record)}
    known = {
        "format": RETURN_FORMAT,
        "bundle": {
            "scope": manifest.scope,
            "edition": manifest.edition,
            "form": manifest.form,
            "version": manifest.version,
            "date": manifest.date,
            "site": manifest.site_name,
            "signature": signature,
        },
        "records": asking,
    }
    marks = tuple((name, str(EvaluationItem.model_fields[name].title)) for name in ANSWERS)
    return ReturnView(marks, classes, bool(asking), Markup(script_json([known])))


def _items(record: TrainingClass) -> tuple[str, ...]:
    """Return what is asked of a class: the sessions that somebody teaches, each once."""
    taught = (
        session.title for session in record.sessions if session.course or session.teaching_point
    )
    return tuple(dict.fromkeys((*taught, ORGANISATION)))


def id_line(manifest: Manifest) -> str:
    """Return the line that names a bundle, for its signature."""
    return bundle_line(manifest.scope, manifest.edition, manifest.form, manifest.version)
