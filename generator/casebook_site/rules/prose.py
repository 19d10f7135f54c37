"""Links in prose are http, https, relative or `record:kind/id`, and records exist.

Right: `[朱家户村](record:village/yanya-zhujiahu)`.
Wrong: `[x](../nowhere/x.html)`, `[x](#没有的标题)`, `[朱家户村](record:village/zhujiahu-x)`, `<record:village/yanya-zhujiahu>`, `[x](javascript:…)`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from casebook_site.base.anchors import anchors_of
from casebook_site.base.problems import Problem, did_you_mean
from casebook_site.model.catalog import RECORD_LINK, Key, key_of
from casebook_site.records import Record
from casebook_site.rules.pages import page_anchors
from casebook_site.rules.references import suggest
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.walking import prose_paths, values_at

_TARGET = re.compile(r"\]\(\s*<?([a-zA-Z][a-zA-Z0-9+.-]*):")
LINK_TARGET = re.compile(r"\]\(\s*<?((?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!/)[^)\s>]+)")
"""The target of a link that begins neither with a scheme nor with a slash."""
_ALLOWED = {"http", "https", "record"}
_RECORD = re.compile(r"record:", re.IGNORECASE)


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each broken record link and each link of another scheme."""
    for link in given.catalog.links[key_of(record)]:
        if link.in_prose and given.lacks(link.target):
            yield Problem(
                given.locate(record, *link.path),
                "CB303",
                f"正文里的链接 record:{link.target} 找不到记录。",
                suggest(Key(*link.target), given),
            )
    for path in prose_paths(type(record)):
        for place, text in values_at(record, path.steps):
            yield from _relative_links(text, place, record, given)
            if ":" not in text:
                continue
            # Neither the gate nor this rule sees a link that is written in another way.
            if _RECORD.search(RECORD_LINK.sub("", text)):
                yield Problem(
                    given.locate(record, *place),
                    "CB303",
                    "正文里有写法不对的 record: 链接。",
                    "写作 [文字](record:类别/编号)，文字里不换行、不用方括号。",
                )
            for scheme in _TARGET.findall(text) if "](" in text else ():
                if scheme.lower() not in _ALLOWED:
                    yield Problem(
                        given.locate(record, *place),
                        "CB303",
                        f"正文里有“{scheme}:”开头的链接。",
                        "只能用 http、https、相对链接或 record:类别/编号。",
                    )


def _relative_links(
    text: str, place: tuple[str | int, ...], record: Record, given: CheckInput
) -> Iterator[Problem]:
    """One problem for each relative link that leads nowhere."""
    if "](" not in text:
        return
    for target in LINK_TARGET.findall(text):
        path, hash, anchor = unquote(target).partition("#")
        if path and not _exists(path, record, given):
            yield Problem(
                given.locate(record, *place),
                "CB303",
                f"正文里的链接“{target}”找不到网页。",
                "链接到记录写作 [文字](record:类别/编号)。",
            )
        elif hash and (known := _lacking(path, anchor, record, given)) is not None:
            yield Problem(
                given.locate(record, *place),
                "CB303",
                f"正文里的链接“{unquote(target)}”找不到这个标题。",
                did_you_mean(anchor, known)
                or f"写{'那一页' if path else '本记录正文里'}一个标题的文字。",
            )


def _exists(path: str, record: Record, given: CheckInput) -> bool:
    """Return whether a relative link of a record leads to a record, an index, a page or a medium."""
    target = _on_site(path, record)
    folder, _, name = target.partition("/")
    if kind := given.catalog.schema.by_folder.get(folder):
        known = given.catalog.records[kind.name]
        return name in ("", "index.html") or name.removesuffix(".html") in known
    if folder == "media":
        return (given.media_dir / name).is_file()
    page = given.pages_dir / target if given.pages_dir else None
    return page is None or page.with_suffix(".md").is_file() or page.is_file()


def _on_site(path: str, record: Record) -> str:
    """Return the path from the top of the site to which a relative link of a record leads."""
    return posixpath.normpath(posixpath.join(record.folder, path.partition("?")[0]))


def _lacking(path: str, anchor: str, record: Record, given: CheckInput) -> set[str] | None:
    """Return the ids of the page to which a link leads, if the link's own is not among them."""
    shown, known = None if path else record, None
    folder, _, name = (target := _on_site(path, record)).partition("/")
    if path and (kind := given.catalog.schema.by_folder.get(folder)):
        shown = given.catalog.records[kind.name].get(name.removesuffix(".html"))
    elif path and given.pages_dir and target.endswith(".html"):
        known = page_anchors((given.pages_dir / target).with_suffix(".md"))
    if shown and not anchor.isascii():  # the ids of templates are ASCII
        known = _anchors(shown)
    return None if known is None or anchor in known else known


def _anchors(record: Record) -> set[str]:
    """Return the ids of the headings in all prose of a record."""
    texts = (values_at(record, path.steps) for path in prose_paths(type(record)))
    return {anchor for found in texts for _, text in found for anchor in anchors_of(text)}


RULE = Rule("links", (), ("CB303",), check)
