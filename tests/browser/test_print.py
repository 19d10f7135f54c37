"""What comes out of a printer."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from tests.browser.conftest import OpenPage
from tests.browser.sites import PageKind, Sites, record_kind

FRAME = (
    ".md-header",
    ".md-tabs",
    ".md-sidebar--primary",
    ".md-sidebar--secondary",
    ".md-footer",
    ".md-top",
    ".cb-neighbours",
    ".cb-copy",
)

printed = pytest.mark.parametrize(
    "kind",
    [PageKind("home", "index.html"), record_kind("case-studies"), record_kind("teaching-points")],
    ids=lambda kind: kind.name,
)


@printed
def test_paper_shows_the_text_and_nothing_of_the_frame(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind))
    page.emulate_media(media="print")
    for part in FRAME:
        expect(page.locator(f"{part}:visible"), part).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    if page.locator(".cb-head--sheet").count() == 0:
        # A case leaves its questions to the page of self-tests.
        for heading in page.locator(".md-content h2:not(#questions)").all():
            expect(heading).to_be_visible()


@printed
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_its_text_dark(
    kind: PageKind, scheme: Literal["light", "dark"], sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind), scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    ink = page.locator(".md-content p").first.evaluate("p => getComputedStyle(p).color")
    assert max(int(part) for part in re.findall(r"\d+", ink)[:3]) < 128, ink


@printed
def test_a_pdf_has_all_its_pages(kind: PageKind, sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.page(kind))
    pdf = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert 1 <= pages <= 15
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert {(round(float(width)), round(float(height))) for width, height in sizes} <= {
        (595, 842),
        (596, 842),
    }


def test_a_table_that_scrolls_on_screen_is_whole_on_paper(
    sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.real / "figures/index.html")
    page.emulate_media(media="print")
    assert page.locator(".cb-scroll").evaluate_all(
        "boxes => boxes.every(box => getComputedStyle(box).overflowX === 'visible')"
    )


@pytest.mark.parametrize("edition", ["real", "toy"])
def test_a_teaching_point_is_printed_on_one_sheet(
    edition: str, sites: Sites, open_page: OpenPage
) -> None:
    site: Path = getattr(sites, edition)
    kind = record_kind("teaching-points")
    points = [page for page in site.glob(kind.pattern) if kind.fits(page)]
    page = open_page(max(points, key=lambda file: file.stat().st_size))
    address = page.locator("link[rel=canonical]").get_attribute("href")
    sheet = PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(sheet) == 1
    text = re.sub(r"\s", "", sheet[0].get_textpage().get_text_range())
    for part in ("去之前要知道", "可讲的点", "来源"):
        assert part in text
    assert [code.text for code in read_barcodes(sheet[0].render(scale=3).to_numpy())] == [address]
    page.emulate_media(media="print")
    assert 1 <= page.locator("[aria-labelledby=talking-points] li:visible").count() <= 3


def test_cases_and_counties_are_short_and_each_page_says_whence_it_is(
    sites: Sites, open_page: OpenPage
) -> None:
    today = datetime.now()
    for kind, most in (("case-studies", 5), ("counties", 4)):
        pages = [file for file in sites.real.glob(f"{kind}/*.html") if file.name != "index.html"]
        for file in pages:
            page = open_page(file)
            address = page.locator("link[rel=canonical]").get_attribute("href")
            paper = PdfDocument(page.pdf(prefer_css_page_size=True))
            assert len(paper) <= most, file
            for number, sheet in enumerate(paper, start=1):
                text = re.sub(r"\s", "", sheet.get_textpage().get_text_range())
                assert f"联村党建与党员教育案例库{address}{today.year}年{today.month}月" in text
                assert f"{number}/{len(paper)}" in text


def test_a_button_prints_the_sheet(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.page(record_kind("teaching-points")))
    page.evaluate("() => { window.printed = 0; window.print = () => (window.printed += 1); }")
    page.get_by_role("button", name="打印本页").click()
    assert page.evaluate("() => window.printed") == 1
