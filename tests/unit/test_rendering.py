"""Markdown and templates: text from records is data."""

from __future__ import annotations

import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from casebook_site.base import rendering, templates
from casebook_site.base.rendering import (
    Prose,
    ProseLink,
    plain_html,
    plain_text,
    prose_html,
)
from casebook_site.base.templates import Renderer, Template
from casebook_site.model.catalog import RECORD_LINK

MUCH = 30
"""Seconds of processor that no prose may take: not of the clock, which others share."""


def html_of(text: str, **links: ProseLink) -> str:
    """HTML of prose; a link's name has `_` for `/`."""
    return str(prose_html(Prose(text, {k.replace("_", "/"): v for k, v in links.items()})))


_TEXTS = st.text(st.one_of(st.sampled_from("&<>\"'"), st.characters(exclude_categories=["Cs"])))
_ESCAPING = templates.environment()


# --- safety ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "前 <img src=x onerror=alert(1)> 后",
        "<!-- 注释 -->",
        "<b>粗</b>",
        "- <iframe src='//x'></iframe>",
        "| <u>a</u> |\n| --- |\n| <style>*{}</style> |",
        "<a href='javascript:alert(1)'>x</a>",
        "`<script>`",
        "    <script>缩进的代码</script>",
        "&lt;script&gt;",
        "<?php x ?><![CDATA[x]]>",
    ],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    tags = tags_of(html_of(text))
    assert tags <= {"p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "pre"}


def tags_of(html: str) -> set[str]:
    """Names of the elements of a piece of HTML."""
    found: set[str] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.add(tag)
            for name, value in attrs:
                assert name in ("href", "title", "style", "start", "class", "aria-label"), name
                assert not (value or "").lower().lstrip().startswith(("javascript:", "data:"))

    Tags().feed(html)
    return found


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@example.org",
        "//example.org/x",
        "ftp://example.org",
        "\\\\example.org\\x",
    ],
)
@pytest.mark.parametrize("form", ["[x]({})", "[x](<{}>)", "[x][1]\n\n[1]: {}", "<{}>"])
def test_only_http_and_relative_links_live(target: str, form: str) -> None:
    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            href = dict(attrs).get("href") or ""
            assert ":" not in href
            assert not href.startswith(("//", "/\\", "\\"))

    Links().feed(html_of(form.format(target)))


@pytest.mark.parametrize(
    "target",
    ["https://example.org/a?b=1&c=2", "http://example.org", "page.html", "../a/b.html", "#x"],
)
def test_http_and_relative_links_stay(target: str) -> None:
    assert f'href="{target.replace("&", "&amp;")}"' in html_of(f"[x]({target})")


def test_images_are_off() -> None:
    assert "<img" not in html_of("![图](https://example.org/a.png)")


@given(st.text())
def test_no_prose_makes_an_element_that_markdown_does_not_have(text: str) -> None:
    tags = tags_of(html_of(text))
    assert not tags & {"script", "img", "iframe", "style", "object", "svg", "form", "input"}


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "> " * 5_000 + "x", "*" * 20_000, "- " * 5_000, "`" * 20_001, "](" * 5_000,
     "[a](" * 5_000, "_a" * 10_000, "<" * 20_000],
)  # fmt: skip
def test_hostile_prose_ends_soon(text: str) -> None:
    began = time.process_time()
    prose_html(text)
    plain_text(text)
    assert time.process_time() - began < MUCH


# --- Markdown -----------------------------------------------------------------------------------


def test_tables_lists_and_emphasis_are_there() -> None:
    html = html_of("**粗**\n\n- 一\n- 二\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n")
    assert "<strong>粗</strong>" in html
    assert "<li>一</li>" in html
    assert "<td>1</td>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("甲县\n乙市", "<p>甲县乙市</p>\n"),
        ("甲县，\n乙市", "<p>甲县，乙市</p>\n"),
        ("甲县\nabc", "<p>甲县\nabc</p>\n"),
        ("abc\ndef", "<p>abc\ndef</p>\n"),
        ("甲县\n\n乙市", "<p>甲县</p>\n<p>乙市</p>\n"),
        ("**甲**\n乙", "<p><strong>甲</strong>乙</p>\n"),
        ("“甲”\n“乙”", "<p>“甲”“乙”</p>\n"),
        ("𠅤家\n𫚭", "<p>𠅤家𫚭</p>\n"),
        ("𠅤\nabc", "<p>𠅤\nabc</p>\n"),
    ],
)
def test_a_line_end_between_chinese_characters_is_no_space(text: str, html: str) -> None:
    assert html_of(text) == html


def test_a_line_end_that_means_something_is_kept() -> None:
    assert html_of("# 标题\n正文") == '<h1 id="标题">标题</h1>\n<p>正文</p>\n'
    assert "一行\n二行" in html_of("```\n一行\n二行\n```")
    assert html_of("甲 | 乙\n--- | ---\n丙 | 丁\n戊 | 己").count("<tr>") == 3


# --- links to records -------------------------------------------------------------------------


def test_a_record_link_leads_to_its_page() -> None:
    link = ProseLink("子村", "../villages/zi.html")
    expected = '<p>见<a href="../villages/zi.html">那村</a>。</p>\n'
    assert html_of("见[那村](record:village/zi)。", village_zi=link) == expected


def test_a_record_link_without_text_shows_the_name() -> None:
    link = ProseLink("A & <B>", "../villages/zi.html")
    expected = '<p><a href="../villages/zi.html">A &amp; &lt;B&gt;</a></p>\n'
    assert html_of("[](record:village/zi)", village_zi=link) == expected


def test_a_record_without_a_page_is_plain_text() -> None:
    link = ProseLink("子村", None)
    assert html_of("[](record:village/zi)、[那村](record:village/zi)", village_zi=link) == (
        "<p>子村、那村</p>\n"
    )


def test_a_record_that_must_not_be_known_leaves_only_the_written_text() -> None:
    assert html_of("[**那**村](record:village/zi)与[](record:village/zi)") == (
        "<p><strong>那</strong>村与</p>\n"
    )


def test_an_empty_link_to_a_numbered_source_is_a_citation() -> None:
    html = html_of("一句话。[](record:source/daily)", source_daily=ProseLink("日报", "x.html", 3))
    assert html == '<p>一句话。<sup class="cb-cite"><a href="#source-3">[3]</a></sup></p>\n'


def test_a_source_link_with_text_leads_to_the_source() -> None:
    html = html_of("[报道](record:source/daily)", source_daily=ProseLink("联村", "x.html", 3))
    assert html == '<p><a href="x.html">报道</a></p>\n'


def test_several_links_in_one_paragraph_do_not_disturb_each_other() -> None:
    html = html_of(
        "[甲](record:village/a)[乙](record:village/b)[丙](https://example.org)",
        village_b=ProseLink("乙村", "b.html"),
    )
    assert html == '<p>甲<a href="b.html">乙</a><a href="https://example.org">丙</a></p>\n'


# --- the short way ----------------------------------------------------------------------------

_ANY = st.text(
    st.one_of(
        st.sampled_from(
            "甲县，。“”—… \n\n　abcXYZ012345'()/;:=+-.,?!%@$^{}\u00a0\u2028\u0085\x0b\x0c"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(_ANY)
def test_text_without_markdown_is_rendered_as_the_parser_would(text: str) -> None:
    if rendering._is_plain(text):
        assert plain_html(text) == rendering._parser().render(text, {"links": {}})


@pytest.mark.parametrize(
    "text", ["　　首行缩进。", "一段。\n\n　　又一段。", "甲\u00a0", "甲\u2028乙", "\u3000"]
)
def test_ideographic_space_at_an_edge_is_treated_as_the_parser_would(text: str) -> None:
    if rendering._is_plain(text):
        assert plain_html(text) == rendering._parser().render(text, {"links": {}})


# --- plain text -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (None, ""),
        ("", ""),
        ("甲县\n乙市", "甲县乙市"),
        ("**粗**与[链接](https://example.org)", "粗与链接"),
        ("见[](record:source/daily)。", "见。"),
        ("<b>x</b>", "<b>x</b>"),
        ("a `b` c", "a b c"),
    ],
)
def test_prose_as_plain_text(text: str | None, plain: str) -> None:
    assert plain_text(text) == plain


def test_words_of_another_script_keep_their_space() -> None:
    assert plain_text("one\ntwo") == "one two"


def test_plain_text_is_cut_at_a_limit() -> None:
    assert plain_text("一二三四五六", 4) == "一二三…"
    assert plain_text("一二，四五六", 4) == "一二…"
    assert plain_text("一二三四", 4) == "一二三四"


@given(st.text(max_size=200), st.integers(2, 50))
def test_plain_text_keeps_its_limit_and_has_one_line(text: str, limit: int) -> None:
    plain = plain_text(text, limit)
    assert len(plain) <= limit
    assert "\n" not in plain


# --- templates --------------------------------------------------------------------------------


def test_templates_escape_what_they_show(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ view }}", "utf-8")
    assert (
        Renderer(tmp_path).render(Template("x.html", str), "<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    )
    assert Renderer(tmp_path).render(Template("x.html", Markup), Markup("<b>")) == "<b>"


class _Link:
    def __html__(self) -> str:
        return "<a>"


@given(st.one_of(_TEXTS, _TEXTS.map(Markup), st.integers(), st.none(), st.just(_Link())))
def test_a_value_stands_in_a_page_as_markupsafe_escapes_it(value: object) -> None:
    assert templates.html_of(value) == escape(value)
    assert _ESCAPING.from_string("{{ view }}").render(view=value) == escape(value)
    macro = "{% macro m(v) %}{{ v }}{% endmacro %}{{ m(view) }}"
    assert _ESCAPING.from_string(macro).render(view=value) == escape(value)


def test_a_misspelt_name_in_a_template_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ veiw }}", "utf-8")
    with pytest.raises(UndefinedError):
        Renderer(tmp_path).render(Template("x.html", int), 1)
    (tmp_path / "y.html").write_text("{% if view.nmae %}{% endif %}", "utf-8")
    with pytest.raises(AttributeError):
        Renderer(tmp_path).render(Template("y.html", int), 1)


# --- Chinese punctuation ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**重点：**先开会", "重点："),
        ("**第一步，**看账本", "第一步，"),
        ("提出**“支部建在链上”**的做法", "“支部建在链上”"),
        ("学习**《党章》**和条例", "《党章》"),
        ("全年**（含寒暑假）**开放", "（含寒暑假）"),
        ("共**3处。**其余", "3处。"),
    ],
)
def test_words_beside_chinese_punctuation_are_bold(text: str, bold: str) -> None:
    assert f"<strong>{bold}</strong>" in html_of(text)
    assert "*" not in plain_text(text)


@pytest.mark.parametrize(
    "text",
    ["甲\n[链](record:county/b)", "[链](record:county/b)\n乙", "甲\n[](record:county/b)\n乙"],
)
def test_a_line_end_beside_a_link_is_no_space_between_chinese(text: str) -> None:
    assert "\n" not in html_of(text, county_b=ProseLink("乙县", "b.html")).strip()


def test_a_line_end_beside_a_latin_link_stays_a_space() -> None:
    assert "甲\n<a" in html_of("甲\n[web](record:county/b)", county_b=ProseLink("乙县", "b.html"))


def test_links_that_never_end_cost_little() -> None:
    text = "[](record:" * 2000
    began = time.process_time()
    html_of(text)
    assert len(list(RECORD_LINK.finditer(text))) == 0
    assert time.process_time() - began < MUCH


def test_a_line_end_beside_a_citation_is_no_space_between_chinese() -> None:
    cited = ProseLink("日报", "a.html", cite=1)
    for text in ("代表。[](record:source/a)\n园里", "代表。\n[](record:source/a)园里"):
        assert "\n" not in html_of(text, source_a=cited).strip()
    assert "\n" in html_of("See [](record:source/a)\nmore", source_a=cited).strip()


@pytest.mark.parametrize(
    "text",
    [
        "甲村。[](record:source/a)\n\n[乙村](record:village/b)好。[](record:source/a)\n",
        "[乙村](record:village/b)\n\n\n丙村。\n",
        "\n[](record:source/a)甲村",
    ],
)
def test_a_paragraph_that_begins_or_ends_with_a_link_needs_no_parser(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = {
        "source/a": ProseLink("日报", "a.html", 3),
        "village/b": ProseLink("乙村", "b.html"),
    }
    parsed = rendering._parser().render(text, {"links": links})
    monkeypatch.delattr(rendering, "_parser")
    assert prose_html(Prose(text, links)) == parsed
