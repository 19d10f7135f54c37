"""Fields that nothing but a record's own files shows, so that a change of one is told in few of them."""

from __future__ import annotations

from collections.abc import Mapping

from casebook_site.records import Record
from casebook_site.rules import committees, prose, year_plans
from casebook_site.rules.rule import Rule

EVERYWHERE = frozenset({"summary", "remarks", "contact", "updated"})
"""The summary stands in lists as well: what lists it was noted when the site was built. The date of
a change stands in the feed and the site map; the newest of all stands on every page."""

OWN: Mapping[str, frozenset[str]] = {
    "case-study": frozenset({"overview", "measures", "outcomes", "lessons", "lesson_notes"}),
    "county": frozenset({"about", "neighbours"}),
    "township": frozenset({"about"}),
    "village": frozenset({"about"}),
    "joint-committee": frozenset({"story", "other_members", "reported_members", "founded"}),
    "mechanism": frozenset({"how", "steps"}),
    "party-school": frozenset({"about", "rooms", "staffing", "staffing_remarks", "year_plans"}),
    "teaching-point": frozenset(
        {"about", "talking_points", "organiser", "address", "opened", "capacity", "lesson_notes"}
    ),
    "course": frozenset({"outline", "lesson_notes"}),
    "faculty": frozenset({"about", "staffing_remarks"}),
    "platform": frozenset({"about", "channels", "reach"}),
}
"""Kind → fields. A field that some other page, index or download comes to show must go from here;
`tests/incremental` changes each of them, and compares with a site built anew."""

RULES_OF_OWN_FIELDS: tuple[Rule, ...] = (prose.RULE, committees.RULE, year_plans.RULE)
"""The rules that look at one of these fields; what others said of a record they would say again."""

ON_THE_HOME_PAGE = frozenset({"case-study", "county"})
"""Kinds whose summary is shown on the home page, which MkDocs makes."""


def is_own(before: Record, after: Record) -> bool:
    """Whether two versions of a record differ in nothing that other files show."""
    own = OWN.get(before.kind)
    if own is None:
        return False
    allowed = own | EVERYWHERE
    if before.kind in ON_THE_HOME_PAGE:
        allowed -= {"summary"}
    return all(
        getattr(before, name) == getattr(after, name)
        for name in type(before).model_fields
        if name not in allowed
    )
