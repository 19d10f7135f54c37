"""How the text is set."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.sites import PageKind, Sites, every_kind_with_theme

LONG_LINES = """() => {
    const most = 38.05;  // full-width characters
    const apart = ".cb-citation, .cb-sources, .cb-meta, .cb-scroll";
    const found = [];
    for (const paragraph of document.querySelectorAll(".md-content p")) {
        if (paragraph.closest(apart) || paragraph.textContent.length < 30) continue;
        const size = parseFloat(getComputedStyle(paragraph).fontSize);
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const lines = new Map();
        for (const box of range.getClientRects()) {
            const line = Math.round((box.top + box.bottom) / 2 / size);
            const near = [...lines.values()].find(
                other => other.line === line && box.left - other.right < size
                    && other.left - box.right < size);
            if (near) {
                near.left = Math.min(near.left, box.left);
                near.right = Math.max(near.right, box.right);
            } else lines.set(lines.size, {line, left: box.left, right: box.right});
        }
        const longest = Math.max(...[...lines.values()].map(line => line.right - line.left)) / size;
        if (longest > most) found.push(
            `${longest.toFixed(1)} characters: ${paragraph.textContent.slice(0, 40)}`);
    }
    return found;
}"""


def style(page: Page, selector: str, name: str) -> list[str]:
    """The distinct values of a computed property over all elements that a selector finds."""
    values: list[str] = page.locator(selector).evaluate_all(
        "(elements, name) => [...new Set(elements.map(element => getComputedStyle(element)[name]))]",
        name,
    )
    assert values, f"{page.url} has no {selector}"
    return values


@pytest.fixture
def case_study(sites: Sites, open_page: OpenPage) -> Page:
    """A case study at a site."""
    return open_page(sites.case_study())


def test_text_is_17_to_18_px_high(case_study: Page) -> None:
    assert all(
        17 <= float(size[:-2]) <= 18 for size in style(case_study, ".cb-prose p", "fontSize")
    )


@pytest.mark.parametrize("selector", [".cb-prose p", ".cb-lead p"])
def test_lines_stand_well_apart(selector: str, case_study: Page) -> None:
    ratios = case_study.locator(selector).evaluate_all(
        """texts => texts.map(text => {
            const style = getComputedStyle(text);
            return parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        })"""
    )
    assert ratios
    assert min(ratios) >= 1.75


@pytest.mark.slow
@every_kind_with_theme
def test_a_line_of_prose_has_at_most_38_characters(
    kind: PageKind, sites: Sites, open_page: OpenPage
) -> None:
    page = open_page(sites.page(kind))
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate(LONG_LINES)
        assert not found, f"{page.url} at {width} px\n" + "\n".join(found)


def test_headings_are_set_in_a_serif_and_text_is_not(case_study: Page) -> None:
    for family in style(case_study, ".md-content :is(h1, h2, h3)", "fontFamily"):
        names = [name.strip(' "') for name in family.split(",")]
        assert names[-1] == "serif"
        assert "sans-serif" not in names
    for family in style(case_study, ".cb-prose p", "fontFamily"):
        assert "sans-serif" in family


def test_links_in_text_are_underlined(case_study: Page) -> None:
    links = ":is(.cb-prose, .cb-lead) p a"
    assert style(case_study, links, "textDecorationLine") == ["underline"]


def test_numbers_in_tables_line_up(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "figures/index.html")
    assert all(
        "tabular-nums" in value for value in style(page, "#figures td", "fontVariantNumeric")
    )


def test_no_font_is_downloaded(sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.case_study())
    assert page.evaluate("() => document.fonts.size") == 0


BROKEN_WORDS = """words => {
    const text = document.createTreeWalker(document.querySelector("h1"), NodeFilter.SHOW_TEXT);
    const tops = [];
    let title = "";
    while (text.nextNode()) {
        for (let i = 0; i < text.currentNode.data.length; i++) {
            const range = document.createRange();
            range.setStart(text.currentNode, i);
            range.setEnd(text.currentNode, i + 1);
            tops.push(Math.round(range.getBoundingClientRect().top));
            title += text.currentNode.data[i];
        }
    }
    return words.filter(word => {
        const at = title.indexOf(word);
        return at >= 0 && tops[at] !== tops[at + word.length - 1];
    });
}"""
"""Those of some words that stand on two lines of a title."""


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_no_word_of_a_title_is_on_two_lines(width: int, sites: Sites, open_page: OpenPage) -> None:
    page = open_page(sites.real / "index.html", width=width)
    assert page.evaluate(BROKEN_WORDS, ["联村", "党建", "党员", "教育", "案例库"]) == []
