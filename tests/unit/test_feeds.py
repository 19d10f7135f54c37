"""Sitemap and feed: well-formed, absolute, without a clock and without anything internal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree import ElementTree

import pytest

from casebook_site.model.catalog import Catalog
from casebook_site.model.editions import select
from casebook_site.outputs.site import feeds
from casebook_site.outputs.site.feeds import plan_feeds
from casebook_site.outputs.site.model import SiteModel
from casebook_site.schema.dates import PartialDate
from tests.folders import TOY, SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

SITE = "https://example.org/sub/path/"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = {
    "index.html": None,
    "counties/jia.html": PartialDate(2024, 3, 2),
    "b.html": PartialDate(2020),
}


def made(site: SiteModel, pages: Mapping[str, Any] = PAGES) -> dict[str, bytes]:
    """Path → bytes of the feeds."""
    return {file.path: file.content() for file in plan_feeds(site, pages)}


@pytest.fixture(scope="module")
def public(toy_catalog: Catalog) -> SiteModel:
    """A site over the toy's public edition."""
    return SiteModel(select(toy_catalog), SiteFolder(TOY).settings())


def test_the_sitemap_lists_the_pages_with_their_last_change(public: SiteModel) -> None:
    root = ElementTree.fromstring(made(public)["sitemap.xml"])
    found = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod") for url in root.iter(f"{MAP}url")
    }
    assert found == {
        SITE: None,
        f"{SITE}counties/jia.html": "2024-03-02",
        f"{SITE}b.html": "2020-01-01",
    }


def test_search_engines_are_told_what_they_may_look_at(
    public: SiteModel, toy_catalog: Catalog
) -> None:
    assert made(public)["robots.txt"].decode().splitlines() == [
        "User-agent: *",
        "Allow: /",
        f"Sitemap: {SITE}sitemap.xml",
    ]
    internal = SiteModel(select(toy_catalog, "internal"), SiteFolder(TOY).settings())
    assert made(internal)["robots.txt"] == b"User-agent: *\nDisallow: /\n"


def test_a_long_sitemap_is_split_under_an_index(
    public: SiteModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "SITEMAP_LIMIT", 2)
    files = made(public)
    assert {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"} <= files.keys()
    index = ElementTree.fromstring(files["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    assert [loc.text for loc in index.iter(f"{MAP}loc")] == [
        f"{SITE}sitemap-1.xml",
        f"{SITE}sitemap-2.xml",
    ]
    pages = [
        loc.text
        for name in ("sitemap-1.xml", "sitemap-2.xml")
        for loc in ElementTree.fromstring(files[name]).iter(f"{MAP}loc")
    ]
    assert len(pages) == 3


def test_the_feed_is_atom_with_the_newest_first(public: SiteModel) -> None:
    root = ElementTree.fromstring(made(public)["feed.xml"])
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    entries = root.findall(f"{ATOM}entry")
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert updated[0] == root.findtext(f"{ATOM}updated") == "2024-05-06T00:00:00Z"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert f"{SITE}counties/jia.html" in ids


def test_every_address_of_the_feed_is_absolute(public: SiteModel) -> None:
    root = ElementTree.fromstring(made(public)["feed.xml"])
    links = [link.get("href") or "" for link in root.iter(f"{ATOM}link")]
    assert links
    assert all(link.startswith(SITE) for link in links)
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", None}


def test_summaries_are_plain_text(public: SiteModel) -> None:
    root = ElementTree.fromstring(made(public)["feed.xml"])
    (summary,) = (
        entry.findtext(f"{ATOM}summary")
        for entry in root.iter(f"{ATOM}entry")
        if entry.findtext(f"{ATOM}title") == "甲县"
    )
    assert summary == "甲县是虚构的县，下辖丙镇。"


def test_nothing_internal_is_in_either(public: SiteModel) -> None:
    for content in made(public).values():
        assert b"canary" not in content.lower()


def test_an_internal_edition_has_neither(toy_catalog: Catalog) -> None:
    site = SiteModel(select(toy_catalog, "internal"), SiteFolder(TOY).settings("internal"))
    assert set(made(site)) == {"robots.txt"}


def test_the_feed_is_short_however_many_records_changed(site_folder: MakeFolder) -> None:
    rows = "".join(
        f"- {{id: t{n}, name: 术语{n}, definition: 释义。, updated: 2024-01-{n % 28 + 1:02}}}\n"
        for n in range(120)
    )
    folder = site_folder({"records/terms/list.yml": rows})
    root = ElementTree.fromstring(made(folder.site())["feed.xml"])
    assert len(root.findall(f"{ATOM}entry")) == feeds.FEED_LIMIT


def test_characters_that_xml_reserves_are_escaped(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/terms/a.yml": "name: '甲<&\"乙'\ndefinition: 释义。\nsummary: a < b & c\nupdated: 2024\n"
        }
    )
    root = ElementTree.fromstring(made(folder.site())["feed.xml"])
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == '甲<&"乙'
    assert entry.findtext(f"{ATOM}updated") == "2024-01-01T00:00:00Z"
