"""The kinds of record: one module each, with what the kind is and how every output shows it.

Outputs do not import this package. Whoever builds a site hands the schema on; it is read at
`Catalog.schema` and `Edition.schema`.
"""

from __future__ import annotations

from casebook_site.kinds.case_study import CASE_STUDY
from casebook_site.kinds.category import CATEGORY
from casebook_site.kinds.county import COUNTY
from casebook_site.kinds.course import COURSE
from casebook_site.kinds.faculty import FACULTY
from casebook_site.kinds.figure import FIGURE
from casebook_site.kinds.joint_committee import JOINT_COMMITTEE
from casebook_site.kinds.mechanism import MECHANISM
from casebook_site.kinds.organisation import ORGANISATION
from casebook_site.kinds.party_school import PARTY_SCHOOL
from casebook_site.kinds.platform import PLATFORM
from casebook_site.kinds.proceeding import PROCEEDING
from casebook_site.kinds.source import SOURCE
from casebook_site.kinds.teaching_point import TEACHING_POINT
from casebook_site.kinds.term import TERM
from casebook_site.kinds.township import TOWNSHIP
from casebook_site.kinds.training_class import TRAINING_CLASS
from casebook_site.kinds.village import VILLAGE
from casebook_site.schema.kinds import Schema

_PROGRAM_SCHEMA = Schema(
    (
        COUNTY,
        TOWNSHIP,
        VILLAGE,
        JOINT_COMMITTEE,
        MECHANISM,
        PROCEEDING,
        ORGANISATION,
        PARTY_SCHOOL,
        TEACHING_POINT,
        CATEGORY,
        COURSE,
        TRAINING_CLASS,
        FACULTY,
        PLATFORM,
        CASE_STUDY,
        FIGURE,
        SOURCE,
        TERM,
    ),
    {},
)


def program_schema() -> Schema:
    """Return the schema that the program brings with it, its kinds in the readers' order."""
    return _PROGRAM_SCHEMA
