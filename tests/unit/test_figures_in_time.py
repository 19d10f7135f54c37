"""Figures of one indicator at several dates, wherever a county's numbers are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from casebook_site.engine.loading import load
from casebook_site.engine.pipeline import site_model
from casebook_site.kinds.figures import plan_figures
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.home import build_home
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.records import build_record_page
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

SHARED = "unit: 人次, about: county/jia, role: outcome, source: daily"
FIGURES = f"""\
- {{id: trained-2022, name: 培训人次, value: 100, as_of: 2022, indicator: trained, {SHARED}}}
- {{id: trained-2024, name: 培训人次, value: 300, as_of: 2024, indicator: trained, {SHARED}}}
- {{id: trained-2023, name: 培训人次, value: 200, as_of: 2023, indicator: trained, {SHARED}}}
- {{id: city, name: 全市, value: 9000, as_of: 2025, indicator: trained, place: 某市, {SHARED}}}
"""


@pytest.fixture
def site(site_folder: MakeFolder) -> SiteModel:
    """A county with a number of three years, and one of its city."""
    records = {
        "records/counties/jia.yml": "name: 甲县\nprovince: 省\nsources: [daily]\n",
        "records/sources/daily.yml": "name: 报道\ntype: N\npublisher: 报\ngrade: A\n",
        "records/figures/list.yml": FIGURES,
    }
    settings = site_folder(records).settings()
    return site_model(load(settings).sound(), settings)


def test_the_newest_leads_the_page_and_the_others_are_marked(site: SiteModel) -> None:
    county = site.edition.get(Key("county", "jia"))
    assert county
    view = build_record_page(site, county).view
    assert [(f.value, f.earlier) for f in view.figures] == [("300", "")]
    below = [(f.value, f.earlier, f.place) for f in view.more_figures]
    assert below == [("200", "较早", ""), ("100", "较早", ""), ("9000", "", "某市")]


def test_the_newest_leads_the_index_and_the_home_page(site: SiteModel) -> None:
    [first] = [file for file in plan_figures(site) if file.path == "figures/index.html"]
    view: Any = first.build().view
    rows = [(row.figure.value, row.figure.earlier) for row in view.body.rows]
    assert rows == [("300", ""), ("200", "较早"), ("100", "较早"), ("9000", "")]
    home = build_home(site, "", "", "", ())
    [card] = [card for card in home.counties if card.county.name == "甲县"]
    assert [figure.value for figure in card.figures] == ["300"]
