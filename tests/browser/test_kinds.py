"""The kinds of pages that these tests open are all that there are."""

from __future__ import annotations

from tests.browser.sites import KINDS_OF_PAGES, NOT_FOUND, Sites


def test_every_page_is_of_a_kind_that_is_looked_at(sites: Sites) -> None:
    known = {
        page
        for kind in (*KINDS_OF_PAGES, NOT_FOUND)
        for site in (sites.real, sites.toy, sites.internal)
        for page in site.glob(kind.pattern)
        if kind.fits(page)
    }
    of_no_kind = [
        str(page)
        for site in (sites.real, sites.toy, sites.internal)
        for page in sorted(site.rglob("*.html"))
        if page not in known
        and 'http-equiv="refresh"' not in page.read_text("utf-8")
        and page.parent != sites.toy
        and page.parent != sites.internal
    ]
    assert not of_no_kind
