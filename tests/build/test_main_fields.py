"""The page of a record shows what every record of its kind must have: the number of a figure too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook_site.base.rendering import plain_text
from casebook_site.domain import formatting
from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import Edition, has_page, select
from casebook_site.model.urls import record_path
from casebook_site.records import KINDS, Record
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import LinkTo, value_of
from casebook_site.schema.walking import marks_of, part_of, title_of, vocabulary_of

FOR_EDITORS = {"id", "indicator"}
"""Words by which editors match records; readers are shown what is matched."""


def main_fields(model: type[Record]) -> list[str]:
    """Return the fields without which there is no record of a kind."""
    fields = model.model_fields.items()
    return [name for name, info in fields if info.is_required() and name not in FOR_EDITORS]


def said(record: Record, name: str, edition: Edition) -> Iterator[str]:
    """Yield what the page must say of a field."""
    info, value = type(record).model_fields[name], value_of(record, name)
    links = [mark.kind for mark in marks_of(info) if isinstance(mark, LinkTo)]
    if isinstance(value, PartialDate):
        yield value.chinese
    elif isinstance(value, int | float):
        yield formatting.number(value)
    elif part_of(info):
        for part in value:
            yield value_of(part, next(iter(type(part).model_fields)))
    elif vocabulary_of(info):
        yield title_of(record, name)
    elif links:
        kind, id = (links[0], value) if links[0] else value.split("/")
        if target := edition.resolve(kind, id):
            yield target.name
    else:
        yield plain_text(value.partition("[")[0], 20).rstrip("…")


def missing_in(page: str, record: Record, edition: Edition) -> Iterator[str]:
    """Yield the main fields of a record that its page does not say."""
    for name in main_fields(type(record)):
        for text in said(record, name, edition):
            before, after = (r"(?<!\d)", r"(?!\d)") if text[:1].isdigit() else ("", "")
            if not re.search(f"{before}{re.escape(text)}{after}", page):
                yield f"{record.kind}/{record.id}: {name} {text!r}"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_record_shows_its_main_fields(
    kind: str, public_site: Path, toy_catalog: Catalog
) -> None:
    edition = select(toy_catalog)
    pages = [record for record in edition.records[kind].values() if has_page(edition, record)]
    missing: list[str] = []
    for record in pages:
        page = (public_site / record_path(record.folder, record.id)).read_text("utf-8")
        article = re.search(r"<article.*?(?=<section class=\"cb-citation)", page, re.DOTALL)
        assert article
        text = re.sub(r"<[^>]+>", "", article[0])
        missing += missing_in(text, record, edition)
    assert pages
    assert not missing


def test_a_number_stands_in_title_and_previews_of_its_page(public_site: Path) -> None:
    page = (public_site / "figures/jia-points.html").read_text("utf-8")
    assert re.search(r"<title>甲县教学点：12余处 ", page)
    for name in ('name="description"', 'property="og:description"'):
        described = re.search(rf'<meta {name} content="([^"]*)"', page)
        assert described
        assert described[1].startswith("12余处（截至2022年3月29日，来源：")
        assert re.search(r"；本站收录\d+处。", described[1])
    assert '<meta property="og:title" content="甲县教学点：12余处">' in page


def test_what_others_say_stands_under_a_number(public_site: Path) -> None:
    page = (public_site / "figures/jia-income-a.html").read_text("utf-8")
    number = re.search(r'<section class="cb-number".*?</section>', page, re.DOTALL)
    assert number
    assert re.search(r"另有说法.*甲县集体收入（报告）.*130万元（2021年，", number[0], re.DOTALL)


def test_a_number_is_drawn_beside_what_is_recorded_and_the_table_says_the_same(
    public_site: Path,
) -> None:
    page = (public_site / "figures/jia-points.html").read_text("utf-8")
    chart = re.search(r'<table class="cb-chart">.*?</table>', page, re.DOTALL)
    assert chart
    assert chart[0].count('<svg class="cb-bar"') == 2
    assert re.search(r"<caption>报道12余处，本站收录\d+处</caption>", chart[0])
    rows = re.findall(r"<tr.*?</tr>", chart[0], re.DOTALL)
    texts = [re.sub("<[^>]+>", "", row).strip() for row in rows]
    assert texts[0] == "报道12余处"
    assert re.fullmatch(r"本站收录\d+处", texts[1])
