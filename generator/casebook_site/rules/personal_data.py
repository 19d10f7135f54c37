"""No public text shows a number or an address by which a person is known or reached.

Right: a telephone of an office in `visit.public_phone`; a person's own in `contact`, for insiders.
Wrong: an identity number, a mobile number, a bank card or a private e-mail in what the public reads.

The Personal Information Protection Law (articles 6, 25 and 28) asks for consent and for the least
that a purpose needs; the sites that published identity numbers had not looked.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.audience import AUDIENCES, may_see
from casebook_site.base.personal_data import PersonalData, personal_data_in
from casebook_site.base.problems import Location, Problem
from casebook_site.reading.parsing import DataPath
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import PUBLIC_CONTACT, Part, audience_of, value_of
from casebook_site.schema.walking import marks_of

CODE = "CB411"


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each such find in what the public reads of a record."""
    if may_see(AUDIENCES[0], record.audience):
        for path, text in _public_texts(record, ()):
            for found in personal_data_in(text):
                if found.text not in given.allowed:
                    yield problem_with(found, given.locate(record, *path))


def problem_with(found: PersonalData, place: Location) -> Problem:
    """Return the problem of a find in a public text."""
    return Problem(
        place,
        CODE,
        f"公开的文字里有{found.title}“{found.masked}”。",
        "删去，或写进只给内部看的字段；确可公开的，"
        "在 mkdocs.yml 的 allowed_personal_data 里写明理由和日期。",
    )


def _public_texts(part: Part, above: DataPath) -> Iterator[tuple[DataPath, str]]:
    """Yield (path, text) of all that the public reads of a record."""
    for name, info in type(part).model_fields.items():
        if may_see(AUDIENCES[0], audience_of(info)) and PUBLIC_CONTACT not in marks_of(info):
            yield from _texts(value_of(part, name), (*above, name))


def _texts(value: object, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for index, element in enumerate(value):
            yield from _texts(element, (*path, index))
    elif isinstance(value, Part) and may_see(
        AUDIENCES[0], value_of(value, "audience") or AUDIENCES[0]
    ):
        yield from _public_texts(value, path)


RULE = Rule("record", (), (CODE,), check)
