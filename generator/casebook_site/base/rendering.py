"""Markdown, with links to records, as HTML, plain text or tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from markupsafe import Markup, escape

from casebook_site.base.anchors import slug, unique
from casebook_site.base.characters import CHINESE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class ProseLink:
    """What a `record:` link in prose becomes on one page."""

    label: str
    """Text for a link written with empty brackets."""
    href: str | None
    """Address relative to the page; None leaves the text alone."""
    cite: int = 0
    """Number in the page's list of sources, for an empty link to a source."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with its links resolved for one page."""

    text: str
    links: Mapping[str, ProseLink] | None = None
    """`kind/id` → what the link becomes. What is not in it becomes nothing."""


_CJK_BREAK = re.compile(rf"(?<=[{CHINESE}])\n(?=[{CHINESE}])")
"""A line end between two Chinese characters is no space."""
_BREAK = re.compile(r"\s*\n\s*")
_PARAGRAPH_END = re.compile(r"\n{2,}")

_SIGN = re.compile(
    r"""[\\`*_\[\]<>&"!#|~\x00\t\v\f\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"""
)
"""What Markdown may read as more than text, and white space other than spaces and line ends."""
_LINE_START = re.compile(r"[ +=:-]|\d{1,9}[.)]")
_LINE_EDGE = re.compile(rf" \n|\n(?:{_LINE_START.pattern})")


def _is_plain(text: str) -> bool:
    """Whether Markdown can read nothing in a text but paragraphs."""
    # Asked for every text of every page. One pattern for all of it takes three times as long.
    return not (
        _SIGN.search(text)
        or _LINE_START.match(text)
        or text.endswith(" ")
        or ("\n" in text and _LINE_EDGE.search(text))
    )


_LINK_TARGET = re.compile(r"https?://|record:|(?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!//)")
"""http, https, `record:` and relative links; nothing else."""


@cache
def _parser() -> MarkdownIt:
    """Return the Markdown parser, loaded when the first text needs it: most texts hold none."""
    from markdown_it import MarkdownIt

    from casebook_site.base.emphasis import emphasis

    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.inline.ruler.at("emphasis", emphasis)
    parser.validateLink = lambda url: bool(_LINK_TARGET.match(url))  # type: ignore[method-assign]
    parser.core.ruler.push("record_links", _resolve_links)
    parser.core.ruler.push("heading_ids", _name_headings)
    return parser


def _name_headings(state: StateCore) -> None:
    """Give headings ids, to which links of the same page lead."""
    taken: set[str] = set()
    for place, block in enumerate(state.tokens):
        if block.type == "heading_open":
            words = state.tokens[place + 1].children or ()
            id = unique(slug("".join(word.content for word in words)), taken)
            taken.add(id)
            block.attrSet("id", id)


def _resolve_links(state: StateCore) -> None:
    links: Mapping[str, ProseLink] | None = state.env.get("links")
    for block in state.tokens:
        if block.type == "inline" and block.children:
            known = block.children if links is None else _resolved(block.children, links)
            block.children = _joined(known)
        elif block.type in ("th_open", "td_open") and (style := block.attrs.pop("style", None)):
            # A strict Content-Security-Policy stops style attributes.
            block.attrSet("class", f"cb-{str(style).removeprefix('text-align:')}")


def _resolved(tokens: list[Token], links: Mapping[str, ProseLink]) -> list[Token]:
    kept: list[Token] = []
    dropped_close = False
    for index, token in enumerate(tokens):
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if href.startswith("record:"):
            link = links.get(href.removeprefix("record:"))
            empty = tokens[index + 1].type == "link_close"
            dropped_close = link is None or link.href is None or (empty and link.cite > 0)
            if link and empty:
                kept += _filled(token, link)
            elif link and link.href:
                kept.append(_opened(token, link.href))
        elif token.type == "link_close" and dropped_close:
            dropped_close = False
        else:
            kept.append(token)
    return kept


def _joined(tokens: list[Token]) -> list[Token]:
    """Without line ends between two Chinese characters, where they are no space."""
    kept = []
    for index, token in enumerate(tokens):
        if token.type == "softbreak":
            before = next(_words(reversed(tokens[:index])), "")
            after = next(_words(tokens[index + 1 :]), "")
            if _CJK_BREAK.match(f"{before[-1:]}\n{after[:1]}", 1):
                continue
        kept.append(token)
    return kept


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the texts of tokens; marks of citation, which stand at words, are none."""
    return (token.content for token in tokens if token.content and token.type != "html_inline")


def _opened(token: Token, href: str) -> Token:
    token.attrs["href"] = href
    return token


def _filled(token: Token, link: ProseLink) -> list[Token]:
    """Tokens for a link written with empty brackets: a citation mark, or the record's name."""
    from markdown_it.token import Token

    if link.cite:
        mark = Token("html_inline", "", 0)
        mark.content = _cite_html(link)
        return [mark]
    name = Token("text", "", 0)
    name.content = link.label
    return [_opened(token, link.href), name] if link.href else [name]


def parse_prose(text: str) -> list[Token]:
    """Markdown as markdown-it's tokens, links to records left as they were written."""
    return _parser().parse(text, {})


def prose_html(prose: Prose | str | None) -> Markup:
    """HTML of a piece of Markdown; raw HTML in it is shown as text."""
    if prose is None:
        return Markup("")
    text, links = (prose, None) if isinstance(prose, str) else (prose.text, prose.links)
    if links:
        return Markup(_render(text, links))
    return Markup(_render_cached(text))


@lru_cache(maxsize=4096)
def _render_cached(text: str) -> str:
    return _render(text, {})


def _render(text: str, links: Mapping[str, ProseLink]) -> str:
    if _is_plain(text):
        return plain_html(text)
    if (
        "](record:" in text
        and not _LINK_AT_LINE_EDGE.search(text)
        and _is_plain(_RECORD_LINK.sub("链", text))
    ):
        return _RECORD_LINK.sub(lambda match: _link_html(match, links), plain_html(text))
    return cast(str, _parser().render(text, {"links": links}))


_RECORD_LINK = re.compile(r"\[([^\[\]\n`*_\\<>&\"!#|~]*)\]\(record:([a-z-]+/[a-z0-9_-]+)\)")
"""A link to a record whose text holds no Markdown itself."""

_LINK_AT_LINE_EDGE = re.compile(r"(?<=[^\n])\n\[|\)\n(?=[^\n])")
"""Whether a line end beside a link is a space depends on the link's text: the parser knows it. An
empty line or the end of the text beside a link is none."""


def _link_html(match: re.Match[str], links: Mapping[str, ProseLink]) -> str:
    """Return a record link as HTML, equal to what `_resolve_links` and the parser make."""
    text, link = match[1], links.get(match[2])
    if link is None:
        return text
    if not text and link.cite:
        return _cite_html(link)
    label = text or str(escape(link.label))
    return f'<a href="{escape(link.href)}">{label}</a>' if link.href else label


def _cite_html(link: ProseLink) -> str:
    return f'<sup class="cb-cite"><a href="#source-{link.cite}">[{link.cite}]</a></sup>'


def plain_html(text: str) -> str:
    """Return the HTML of text without Markdown, as paragraphs, equal to what the parser gives."""
    if "\n" not in text:
        return f"<p>{text}</p>\n" if text else ""
    paragraphs = _PARAGRAPH_END.split(_CJK_BREAK.sub("", text).strip("\n"))
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs if paragraph)


def plain_text(text: str | None, limit: int = 0) -> str:
    """Markdown as plain text on one line, cut at `limit` characters, for descriptions."""
    if not text:
        return ""
    tokens = None if _is_plain(text) else _parser().parse(text, {"links": {}})
    if tokens is None:
        flat = text
    else:
        flat = " ".join(
            "".join(child.content if child.type != "softbreak" else "\n" for child in t.children)
            for t in tokens
            if t.type == "inline" and t.children
        )
    if "\n" in flat:
        flat = _BREAK.sub(" ", _CJK_BREAK.sub("", flat))
    flat = flat.strip()
    return (
        flat if not limit or len(flat) <= limit else flat[: limit - 1].rstrip("，、；：。 ") + "…"
    )
