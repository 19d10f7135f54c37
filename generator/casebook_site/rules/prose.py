"""Links in prose are http, https, relative or `record:kind/id`, and records exist.

Right: `[朱家户村](record:village/yanya-zhujiahu)`.
Wrong: `[朱家户村](record:village/zhujiahu-x)`, `<record:village/yanya-zhujiahu>`, `[x](javascript:…)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook_site.base.problems import Problem
from casebook_site.model.catalog import RECORD_LINK, Key, key_of
from casebook_site.records import Record
from casebook_site.rules.references import suggest
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.walking import prose_paths, values_at

_TARGET = re.compile(r"\]\(\s*<?([a-zA-Z][a-zA-Z0-9+.-]*):")
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


RULE = Rule("links", (), ("CB303",), check)
