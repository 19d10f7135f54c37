"""Links to headings, and to other pages by a relative address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from markdown import Markdown  # type: ignore[import-untyped]

from casebook_site.base.anchors import anchors_of, slug
from casebook_site.base.rendering import prose_html
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

PAGE = """# 首页

## 怎样到达？

## 5+1+N 流程 ##

### 怎样到达

## 用 `casebook` 检查 [链接](a.md)

另一个标题
-----

## Opening hours {#hours}
"""


def test_ids_of_headings_can_be_read() -> None:
    assert slug("怎样到达？") == "怎样到达"
    assert slug("5+1+N 流程") == "51n-流程"


def test_they_are_those_that_markdown_makes() -> None:
    parser = Markdown(extensions=["toc", "attr_list"], extension_configs={"toc": {"slugify": slug}})
    made = parser.convert(PAGE)
    assert all(f'id="{anchor}"' in made for anchor in anchors_of(PAGE))
    assert len(anchors_of(PAGE)) == made.count(" id=")


def test_headings_in_records_have_the_same() -> None:
    text = "## 怎样到达？\n\n见[上面](#怎样到达)。\n\n## 怎样到达\n"
    made = str(prose_html(text))
    assert '<h2 id="怎样到达">' in made
    assert '<h2 id="怎样到达_1">' in made


RECORD = "name: 乙\ndefinition: |\n  ## 怎样到达\n\n  {}\n"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("[x](#怎样到达)", ""),
        ("[x](#%E6%80%8E%E6%A0%B7%E5%88%B0%E8%BE%BE)", ""),
        ("[x](#怎样去)", "找不到这个标题"),
        ("[x](../nowhere/x.html)", "找不到网页"),
        ("[x](nowhere.html)", "找不到网页"),
        ("[x](yi.html)", ""),
        ("[x](yi.html#怎样到达)", ""),
        ("[x](yi.html#怎样去)", "找不到这个标题"),
        ("[x](jia.html#说明)", ""),
        ("[x](jia.html#怎样到达)", "找不到这个标题"),
        ("[x](jia.html#sources)", ""),
        ("[x](index.html#任何)", ""),
        ("[x](../about.html#为什么)", ""),
        ("[x](../about.html#%E4%B8%BA%E4%BB%80%E4%B9%88)", ""),
        ("[x](../about.html#没有)", "找不到这个标题"),
        ("[x](../about.html#nothing)", "找不到这个标题"),
        ("[x](../terms/index.html)", ""),
        ("[x](../about.html)", ""),
        ("[x](../index.html)", ""),
        ("[x](../../../secret.html)", "找不到网页"),
        ("[x](../media/a.jpg)", "找不到网页"),
        ("[x](https://example.org/a.html)", ""),
    ],
)
def test_links_of_records_lead_somewhere(site_folder: MakeFolder, link: str, told: str) -> None:
    site = site_folder(
        {
            "records/terms/yi.yml": RECORD.format(link),
            "records/terms/jia.yml": "name: 甲\ndefinition: |\n  ## 说明\n\n  甲。\n",
            "pages/about.md": "# 关于\n\n## 为什么\n",
        }
    )
    found = [problem.message for problem in site.load().problems]
    assert len(found) == bool(told), found
    assert told in "".join(found)


@pytest.mark.parametrize(
    ("link", "known"),
    [("#怎样到达", True), ("#hours", True), ("#怎样到达_1", True), ("#怎样去", False)],
)
def test_links_of_pages_lead_to_headings(site_folder: MakeFolder, link: str, known: bool) -> None:
    site = site_folder({"pages/about.md": f"{PAGE}\n[x]({link})\n"})
    found = [(p.code, p.location.path) for p in site.load().problems]
    assert found == ([] if known else [("CB501", "content/pages/about.md")])


@pytest.mark.parametrize(
    ("link", "known"),
    [
        ("more/way.md#怎样到达", True),
        ("./more/way.md#%E6%80%8E%E6%A0%B7%E5%88%B0%E8%BE%BE", True),
        ("<more/way.md#怎样到达>", True),
        ("more/way.md#怎样去", False),
        ("more/way.md#about", False),
        ("https://example.org/way.md#x", True),
    ],
)
def test_links_of_pages_lead_to_headings_of_other_pages(
    site_folder: MakeFolder, link: str, known: bool
) -> None:
    way = "---\ntitle: 路\n---\n# 路\n\n## 怎样到达\n\n[x](../about.md#关于)\n"
    site = site_folder({"pages/about.md": f"# 关于\n\n[x]({link})\n", "pages/more/way.md": way})
    found = [(p.code, p.location.path) for p in site.load().problems]
    assert found == ([] if known else [("CB501", "content/pages/about.md")])
