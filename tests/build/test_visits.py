"""What a reader is told before going to a teaching point."""

from __future__ import annotations

import re
from pathlib import Path

from tests.webpages import read_page


def first_of(page: Path) -> str:
    """What stands in the block that comes before all else, with a blank for every tag."""
    found = re.search(r'<section class="cb-first".*?</section>', page.read_text("utf-8"), re.DOTALL)
    assert found
    return " ".join(re.sub("<[^>]+>", " ", found[0]).split())


def test_what_is_known_of_a_visit_stands_first(public_site: Path) -> None:
    page = public_site / "teaching-points/zi-park.html"
    told = first_of(page)
    assert told.startswith("去之前要知道 地址 丙镇子村 1 号 开放时间 周二至周五 9:00—16:30；周六 ")
    for part in ("0000-1234567", "提前", "无台阶", "从县城汽车站", "12.5公里"):
        assert part in told
    assert "暂无" not in told
    text = page.read_text("utf-8")
    assert text.index('id="visit"') < text.index('id="talking-points"') < text.index('id="about"')


def test_what_is_not_known_is_said_once(public_site: Path) -> None:
    page = public_site / "teaching-points/memorial.html"
    assert first_of(page).count("暂无") == 1


def test_who_mentions_a_record_is_not_told_again_where_the_page_links_to_it(
    public_site: Path,
) -> None:
    for file in (public_site / "teaching-points").glob("*.html"):
        before, _, related = file.read_text("utf-8").partition('<h2 id="related">')
        article = before.partition("<article")[2]
        own = set(re.findall(r'<a href="([^"#]+)"', article))
        again = set(re.findall(r'<a href="([^"#]+)"', related.partition("</section>")[0])) & own
        assert not again, (file.name, again)
    assert read_page(public_site / "teaching-points/zi-park.html").title
