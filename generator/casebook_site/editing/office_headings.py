"""Which column of an office's own list is which field: by its heading, and by the look of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from casebook_site.editing.columns import Column

LEFT = "不要"
"""What a mapping says of a column that goes nowhere."""

_ALIKE = (
    (
        "名称",
        "基地名称",
        "教学点名称",
        "点位名称",
        "单位名称",
        "场所名称",
        "名字",
        "基地",
        "教学点",
    ),
    ("类别", "类型", "基地类型", "教学点类型", "分类", "种类"),
    ("县市", "县区", "区县", "县市区", "县"),
    ("镇街", "乡镇", "镇", "街道", "乡镇街道", "镇街道", "镇办", "乡镇办"),
    ("村", "村居", "村社区", "村庄", "行政村"),
    ("地址", "详细地址", "具体地址", "地点", "位置", "具体位置"),
    ("联系人", "负责人", "负责同志", "负责人姓名", "联系人姓名", "姓名", "管理员", "讲解员"),
    ("电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "办公电话", "联系方式"),
    ("开放时间", "参观时间", "接待时间"),
    ("简介", "简要介绍", "内容简介", "基地简介"),
    ("基本情况", "概况", "情况介绍", "介绍", "主要内容"),
    ("内部备注", "备注", "附注"),
    ("主办单位", "管理单位", "主管单位", "建设单位", "依托单位"),
    ("启用时间", "建成时间", "挂牌时间", "成立时间"),
    ("容量", "接待能力", "容纳人数", "接待人数"),
    ("经度", "东经"),
    ("纬度", "北纬"),
)
"""Words that offices use for one another above a column; the first is that of our own sheets."""

WORDS = frozenset(word for words in _ALIKE for word in words)
"""Every word above a column that is known."""

_PREFIX = re.compile(r"^(?:所属|所在|隶属|归属)")
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}[-—－ ]?\d{7,8}|\d{7,8})(?!\d)")
_BOTH = re.compile(r"(?:联系人|负责人).*(?:电话|手机|方式)")
_MOSTLY = 0.7


def proposed(
    columns: Sequence[Column], headings: Mapping[str, Sequence[str]]
) -> dict[str, str | list[str] | None]:
    """Return heading → field, several fields, `不要`, or None where that is to be asked.

    `headings`: heading → the texts below it. Of two columns for one field the better one is taken;
    where they are alike, both are asked.
    """
    found: dict[str, str | list[str] | None] = dict.fromkeys(headings, LEFT)
    ranked = sorted(
        (rank, steps, heading)
        for heading in headings
        for rank, steps in [_best(columns, heading)]
        if steps
    )
    taken: dict[str, int] = {}
    holders: dict[str, str] = {}
    for rank, steps, heading in ranked:
        if steps not in taken:
            taken[steps], holders[steps] = rank, heading
            found[heading] = steps
        elif taken[steps] == rank:
            found[heading] = found[holders[steps]] = None
    fields = {".".join(column.steps) for column in columns}
    contact = [steps for steps in fields if steps.startswith("contact.")]
    for heading, texts in headings.items():
        both = [f"contact.{name}" for name in ("name", "phone")]
        if _BOTH.search(heading) and set(both) <= set(contact):
            found[heading] = [*both]
        elif found[heading] == LEFT and "contact.phone" not in taken and _are_phones(texts):
            found[heading] = "contact.phone" if "contact.phone" in contact else LEFT
    return found


def _best(columns: Sequence[Column], heading: str) -> tuple[int, str]:
    """Return (rank, field) of the column that a heading means best; an empty field for none."""
    bare = _PREFIX.sub("", heading)
    best = (9, "")
    for column in columns:
        if column.steps in (("id",), ("audience",)):
            continue
        last = column.title.rpartition("·")[2]
        depth = len(column.steps) - 1
        if column.title in (heading, bare):
            rank = 0
        elif bare in _alike(column.title):
            rank = 1
        elif depth and last in (heading, bare):
            rank = 2
        elif depth and bare in _alike(last):
            rank = 3
        elif not depth and last != heading and len(last) > 1 and heading.endswith(last):
            rank = 4
        else:
            continue
        best = min(best, (rank, ".".join(column.steps)), key=lambda pair: pair[0])
    return best


def _alike(title: str) -> Sequence[str]:
    return next((words for words in _ALIKE if title in words), ())


def is_known(columns: Sequence[Column], heading: str) -> bool:
    """Return whether a text is the heading of a column."""
    return bool(_best(columns, heading)[1]) or heading in ("序号", "编号")


def phone_and_rest(text: str) -> tuple[str, str]:
    """Return the phone numbers in a text, and what else it says."""
    phones = _PHONE.findall(text)
    rest = _PHONE.sub(" ", text)
    return "、".join(phones), re.sub(r"^[\s,，、:：;；/]+|[\s,，、:：;；/]+$", "", rest)


def _are_phones(texts: Sequence[str]) -> bool:
    filled = [*_filled(texts)]
    phones = [text for text in filled if _PHONE.search(text) and len(re.sub(r"\D", "", text)) > 6]
    return len(filled) > 1 and len(phones) >= _MOSTLY * len(filled)


def _filled(texts: Sequence[str]) -> Iterator[str]:
    return (text for text in texts if text)
