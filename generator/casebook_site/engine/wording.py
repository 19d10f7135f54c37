"""Whether content is written as the site writes: what stops a build, and what is advice."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.base.settings import Settings
from casebook_site.domain.wording import Wording, read_wording
from casebook_site.rules import CheckInput
from casebook_site.rules.wording import check_records, check_written, checker


def wording_faults(settings: Settings, given: CheckInput) -> Iterator[Problem]:
    """Yield what is wrong with the list, and what it says has to be mended."""
    read = read_wording(settings.wording_file, settings.root)
    yield from read.problems
    if strict := read.wording.strict():
        yield from _found(settings, given, strict)


def advice(settings: Settings, given: CheckInput) -> tuple[Problem, ...]:
    """Return what might be written better, in the order of files."""
    wording = read_wording(settings.wording_file, settings.root).wording
    found = _found(settings, given, wording)
    return tuple(sorted(problem for problem in found if problem.is_advice))


def _found(settings: Settings, given: CheckInput, wording: Wording) -> Iterator[Problem]:
    looker = checker(wording, given.catalog)
    yield from check_records(looker, given)
    yield from check_written(looker, settings.docs_dir, settings.root)
