"""The two forms of a bundle: for a branch, what a clerk looks for; for an archive, everything.

What a form leaves out or puts in another place is stated here alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from casebook_site.domain.places import Levels
from casebook_site.model.editions import AudienceView
from casebook_site.model.scopes import Scope
from casebook_site.outputs.site.form import WHOLE, MenuEntry, SiteForm
from casebook_site.outputs.site.sections import (
    COMPARE,
    DATA,
    GAPS,
    MAP,
    MATRIX,
    NAMES,
    TAGS,
    TIMELINE,
    SiteSection,
)
from casebook_site.records.teaching import PartySchool, TeachingPoint, TrainingClass
from casebook_site.records.texts import Term
from casebook_site.schema.kinds import Schema

FormName = Literal["branch", "archive"]
FORM_NAMES: tuple[FormName, ...] = ("branch", "archive")
FORM_TITLES: Mapping[FormName, str] = {"branch": "支部用的（branch）", "archive": "全本（archive）"}

MINE = SiteSection(
    "my-village", "我的村", "本地每个村：属哪个联村党组织，到哪里上课，有事找谁。", wide=True
)
STUDY = SiteSection("study", "学习", "十分钟：先认几个词，再读一个案例，最后答几道题。")
PRINTING = SiteSection("printing", "打印", "打开要印的那一页，按 Ctrl+P；菜单和按钮不会印出来。")


@dataclass(frozen=True)
class BundleForm:
    """How bundles of one form are made."""

    name: FormName
    site: SiteForm
    """Which pages there are, and what they leave out."""

    def pages_of(self, scope: Scope, visible: AudienceView) -> Scope:
        """Return the scope whose pages the bundle of a scope has.

        For a branch the smallest places have those of the place above them, which are made once:
        a clerk asks of the villages beside the own one, too.
        """
        levels = Levels.of(visible.schema)
        if not self.site.for_branches or scope.kind != levels.names[-1]:
            return scope
        above = visible.membership.above(scope.key)
        scopes = {kind.name for kind in visible.schema.scopes}
        found = (key for level in levels.names[::-1] for key in above if key.kind == level)
        nearest = next(found, None)
        return Scope(*nearest) if nearest and nearest.kind in scopes else scope


ARCHIVE = BundleForm("archive", WHOLE)

BRANCH = BundleForm(
    "branch",
    SiteForm(
        for_branches=True,
        without_lists=frozenset({MATRIX, COMPARE, MAP, NAMES, TIMELINE, TAGS, GAPS, DATA}),
        without_parts={"tags": (), "missing": (), "citation": None, "previous": None, "next": None},
        without_assets=frozenset(
            f"{name}{ending}"
            for name, endings in (
                ("map", (".js", ".css")),
                ("map-places", (".js",)),
                ("map-view", (".js",)),
                ("citing", (".js",)),
                ("citing-formats", (".js",)),
            )
            for ending in endings
        ),
        sections=(MINE, STUDY, PRINTING),
        menu=(
            MenuEntry((MINE.folder,)),
            MenuEntry((TrainingClass.folder,)),
            MenuEntry((PartySchool.folder,)),
            MenuEntry((TeachingPoint.folder,)),
            MenuEntry((STUDY.folder,)),
            MenuEntry((Term.folder,)),
            MenuEntry((PRINTING.folder,)),
            MenuEntry(title="更多"),
        ),
        has_written_pages=False,
    ),
)

_FORMS = {form.name: form for form in (BRANCH, ARCHIVE)}


def form_named(name: FormName) -> BundleForm:
    """Return a form by its name."""
    return _FORMS[name]


def usual_form(scope: Scope, schema: Schema) -> FormName:
    """Return the form of a scope's bundle that nobody has asked another of.

    A place below the one by which lists are grouped is a branch's; a county or a category is not.
    """
    levels = Levels.of(schema)
    above = _up_to(levels.names, levels.grouping)
    return "branch" if scope.kind in levels.names and scope.kind not in above else "archive"


def _up_to(names: Sequence[str], last: str) -> Sequence[str]:
    """Return the names up to the last one, which is among them; none where it is empty."""
    return names[: names.index(last) + 1] if last in names else ()
