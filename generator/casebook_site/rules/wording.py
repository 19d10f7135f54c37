"""Records and pages are written as the site writes: `content/wording.yml` over the program's list.

Right: `部署`. Wrong: `布署`, which the list has with what to write and where that is said.

What the list calls an error stops a build, as any problem does; the rest is advice, which only
`check` and the form give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from casebook_site.base.problems import Location, Problem
from casebook_site.domain.slips import Checker, NearNames, Slip
from casebook_site.domain.wording import Wording
from casebook_site.model.catalog import Catalog, key_of
from casebook_site.reading.files import relative_name
from casebook_site.reading.parsing import DataPath
from casebook_site.records import Record
from casebook_site.records.evidence import Source
from casebook_site.records.texts import Term
from casebook_site.rules.rule import CheckInput
from casebook_site.schema.fields import is_searched
from casebook_site.schema.walking import text_paths, values_at

CODE = "CB412"

_BLOCK = re.compile(r"\A---\n.*?\n---\n|^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
"""Front matter and code of a page, which are no prose."""


def checker(wording: Wording, catalog: Catalog) -> Checker:
    """Return what looks through the texts of a catalog."""
    terms = [name for term in catalog.of(Term).values() for name in (term.name, *term.aliases)]
    others = chain.from_iterable((record.name, *record.aliases) for record in catalog)
    return Checker(wording, NearNames.of(terms, others))


def check_records(checker: Checker, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for each find in the texts of records. Titles of sources stand as published."""
    for record in given.catalog:
        yield from check_record(checker, record, given)


def check_record(checker: Checker, record: Record, given: CheckInput) -> Iterator[Problem]:
    """Yield a problem for each find in the texts of a record."""
    texts = [*_texts(record)]
    whole = "\n".join(text for _, text in texts)
    if not any(checker.slips(whole)):
        return  # as nearly always: one look at all, not one at each
    for path, text in texts:
        for slip in checker.slips(text, str(key_of(record)), whole):
            yield _problem(given.locate(record, *path), slip)


def check_written(checker: Checker, pages_dir: Path, root: Path) -> Iterator[Problem]:
    """Yield a problem for each find in hand-written pages."""
    for file in sorted(pages_dir.rglob("*.md")):
        name = relative_name(file, root)
        try:
            whole = file.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue  # told by the rule on pages
        prose = _BLOCK.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), whole)
        for number, line in enumerate(prose.split("\n"), start=1):
            for slip in checker.slips(line, name, whole):
                yield _problem(Location(name, number, slip.start + 1), slip)


def _texts(record: Record) -> Iterator[tuple[DataPath, str]]:
    for path in text_paths(type(record)):
        if isinstance(record, Source) and path.steps[0] == "name":
            continue  # as it was published
        if is_searched(path.info):
            yield from values_at(record, path.steps)


def _problem(place: Location, slip: Slip) -> Problem:
    remedy = f"改为“{slip.use}”" if slip.use else "改正"
    return Problem(
        place,
        CODE,
        f"“{slip.text}”：{slip.why}。",
        f"{remedy}；确实不改的，在 content/wording.yml 的 exceptions 里写明理由。",
        is_advice=slip.level != "error",
    )
