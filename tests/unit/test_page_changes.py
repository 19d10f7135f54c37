"""What was changed on pages is told alike on the page, in the list and in the feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree import ElementTree

import pytest

from casebook_site.domain.page_changes import latest_changes
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.feeds import plan_feeds
from casebook_site.outputs.site.indexes import timeline
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.records import build_record_page
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
ATOM = "{http://www.w3.org/2005/Atom}"

CHANGED = """\
name: 联村
definition: 几个村一起。
updated: 2026-11-30
changes:
  - {date: 2026-12-01, text: 补上开放时间。}
  - {date: 2026-12-01, text: 村名写错了。, correction: true}
"""


@pytest.fixture
def site(site_folder: MakeFolder) -> SiteModel:
    """A site of two terms, one of which was changed twice."""
    files = {
        "records/terms/lian-cun.yml": CHANGED,
        "records/terms/village.yml": "name: 村\ndefinition: 村子。\n",
    }
    return site_folder(files).site()


def test_a_page_tells_its_changes_newest_first(site: SiteModel) -> None:
    record = site.edition.get(Key("term", "lian-cun"))
    assert record is not None
    view = build_record_page(site, record).view
    told = [(change.text, change.badge, change.title) for change in view.changes]
    assert told == [
        ("2026年12月1日", "更正", "村名写错了。"),
        ("2026年12月1日", "", "补上开放时间。"),
    ]
    assert view.all_changes
    assert view.all_changes.href == "../timeline/changes.html"
    assert [change.text for _, change in latest_changes([record])] == [t[2] for t in told]


def test_the_list_is_there_where_something_was_changed(
    site: SiteModel, site_folder: MakeFolder
) -> None:
    pages = {file.path: file.build().view for file in timeline.build(site)}
    listed = pages["timeline/changes.html"]
    (section,) = listed.body.sections  # type: ignore[attr-defined]
    assert [entry.text for entry in section.entries] == [
        "更正：村名写错了。",
        "更新：补上开放时间。",
    ]
    unchanged = site_folder({"records/terms/lian-cun.yml": "name: 联村\ndefinition: 一。\n"})
    (only,) = timeline.build(unchanged.site())
    assert only.build().view.tabs == ()  # type: ignore[attr-defined]


def test_the_feed_tells_each_change_before_older_records(site: SiteModel) -> None:
    feed = next(file for file in plan_feeds(site, {}) if file.path == "feed.xml")
    entries = ElementTree.fromstring(feed.content()).findall(f"{ATOM}entry")
    told = [(e.findtext(f"{ATOM}title"), e.findtext(f"{ATOM}summary")) for e in entries]
    assert told == [
        ("更正：联村", "村名写错了。"),
        ("更新：联村", "补上开放时间。"),
        ("联村", "术语"),
    ]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == 3
