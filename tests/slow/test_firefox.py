"""The website and a bundle in Firefox, from folders, without network.

Slow tier: Firefox is a second browser to install. `make test-firefox` runs these tests alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.browser.test_bundles import bundle
from tests.slow.firefox import Firefox, NoFirefox

__all__ = ["bundle"]

ASK = """async query => {
  const input = document.querySelector('.md-search__input');
  const list = () => [...document.querySelectorAll('.md-search .md-search-result__link')];
  input.focus();
  for (let i = 0; i < 1000 && !window.casebook.box; i++) await new Promise(done => setTimeout(done, 10));
  input.value = query;
  input.dispatchEvent(new Event('input'));
  for (let i = 0; i < 1000 && !list().length; i++) await new Promise(done => setTimeout(done, 10));
  return JSON.stringify({
    first: list().slice(0, 5).map(link => [link.querySelector('.cb-search__name').textContent, link.href]),
    notes: document.querySelector('.md-search .cb-search__notes').textContent,
  });
}"""
"""What the box in the header answers; ten seconds are more than enough."""


@pytest.fixture(scope="module")
def started() -> Iterator[Firefox]:
    """One Firefox for all tests."""
    try:
        with Firefox() as firefox:
            yield firefox
    except NoFirefox as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture
def firefox(started: Firefox) -> Iterator[Firefox]:
    """A Firefox; the test fails if a page asks for anything that is not a file."""
    started.outside.clear()
    yield started
    assert started.outside == []


def search(firefox: Firefox, page: Path, query: str) -> list[tuple[str, str]]:
    """(title, address) of the first results on a page, none of whose files may be missing."""
    firefox.open(page.as_uri())
    answer: dict[str, Any] = firefox.ask(ASK, query)
    assert answer["notes"] == ""
    return [(title, address) for title, address in answer["first"]]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("联村党委", "联村党委"),
        ("党委", "联村党委"),
        ("ycs", "禹城市"),
        ("yucheng", "禹城市"),
        ("聯席會議", "联席会议"),
        ("齐禹抗战", "伦镇齐禹抗战纪念馆"),
    ],
)
def test_search_finds_and_marks(query: str, title: str, firefox: Firefox, real_site: Path) -> None:
    results = search(firefox, real_site / "about/use.html", query)
    [address] = [address for found, address in results if title in found][:1]
    firefox.open(address)
    assert any(title in heading for heading in firefox.texts("h1"))
    if query.isalpha() and not query.isascii():
        assert firefox.texts("article mark, h1 mark")


def test_the_map_of_the_site_filters(firefox: Firefox, real_site: Path) -> None:
    firefox.open((real_site / "map/index.html").as_uri())
    assert firefox.texts("svg a title")


def test_a_bundle_reads_from_its_cover(firefox: Firefox, bundle: Path) -> None:
    firefox.open((bundle / "打开.html").as_uri())
    assert firefox.texts("h1")
    firefox.open((bundle / "files/townships/lunzhen.html").as_uri())
    assert firefox.texts("h1") == ["伦镇"]
    assert firefox.texts(".md-header__title")  # put there by a script
    firefox.open((bundle / "files/map/index.html").as_uri())
    assert firefox.texts("svg a title")


def test_a_bundle_is_searched(firefox: Firefox, bundle: Path) -> None:
    page = bundle / "files/townships/lunzhen.html"
    results = search(firefox, page, "抗战纪念")
    assert results[0][0] == "伦镇齐禹抗战纪念馆"
    assert Path(results[0][1].removeprefix("file://").partition("?")[0]).suffix == ".html"
    firefox.open(results[0][1])
    assert "抗战纪念" in firefox.texts("mark")


def test_a_bundle_checks_itself(firefox: Firefox, bundle: Path) -> None:
    firefox.open((bundle / "files/bundle/check.html").as_uri())
    firefox.texts("html[data-checked=done]")
    assert "完好" in firefox.texts("#verdict")[0]
    assert (
        firefox.ask("async () => JSON.stringify(document.querySelectorAll('#missing li').length)")
        == 0
    )
    assert not [line for line in firefox.texts("#features li") if "不行" in line]


def test_a_record_of_a_bundle_prints(firefox: Firefox, bundle: Path) -> None:
    firefox.open((bundle / "files/townships/lunzhen.html").as_uri())
    pages = pypdf.PdfReader(io.BytesIO(firefox.pdf())).pages
    assert "伦镇" in "".join(page.extract_text() for page in pages)
