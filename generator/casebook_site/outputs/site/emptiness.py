"""Which sections of a website have nothing to show: nobody is led to them."""

from __future__ import annotations

from casebook_site.domain.quizzes import questions_of
from casebook_site.model.editions import Edition, has_page
from casebook_site.outputs.site.sections import SELF_TESTS, TAGS


def empty_sections(edition: Edition) -> frozenset[str]:
    """Return the folders of the sections without a record, a question or a tag."""
    kinds = (
        kind.folder
        for kind in edition.schema
        if not any(has_page(edition, record) for record in edition.records[kind.name].values())
    )
    held = {
        SELF_TESTS: any(map(questions_of, edition)),
        TAGS: any(record.tags for record in edition),
    }
    return frozenset(kinds) | {folder for folder, has_some in held.items() if not has_some}
