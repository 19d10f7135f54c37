"""Hand-written pages name records that exist, and have a sound front matter.

Right: `[朱家户村](record:village/yanya-zhujiahu)`, `audience: internal`.
Wrong: `(record:village/nowhere)`, `audience: secret`, `key_figures: [no-such]`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from casebook_site.base.anchors import anchors_of
from casebook_site.base.audience import AUDIENCES
from casebook_site.base.characters import FORBIDDEN, code_point
from casebook_site.base.faults import guarded
from casebook_site.base.file_names import file_fault, is_leftover, name_fault
from casebook_site.base.personal_data import personal_data_in
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.model.catalog import RECORD_LINK, Key
from casebook_site.reading.files import relative_name
from casebook_site.reading.parsing import Parsed, parse, place_of
from casebook_site.records.evidence import Figure
from casebook_site.rules.personal_data import problem_with
from casebook_site.rules.references import suggest
from casebook_site.rules.rule import CheckInput

FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)


_CODE = re.compile(r"^(```+|~~~+).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)


def check_pages(pages_dir: Path, root: Path, given: CheckInput) -> Iterator[Problem]:
    """Every problem of the Markdown pages below a folder."""
    for file in _files(pages_dir):
        name = relative_name(file, root)
        if fault := file_fault(file):
            yield Problem(Location(name), "CB101", f"这里{fault}。", "放上文件本身，或移走它。")
            continue
        if fault := name_fault(file.relative_to(pages_dir).as_posix()):
            message = f"这个名字不能用在网址和离线包里：{fault}。"
            yield Problem(Location(name), "CB113", message, "文件和文件夹改用英文或拼音命名。")
        if file.suffix != ".md":
            continue
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            yield Problem(
                Location(name),
                "CB103",
                "文件不是 UTF-8 编码（多半是 GBK）。",
                "在编辑器里另存为 UTF-8。",
            )
            continue
        yield from guarded(_check_text(file, name, text, given), partial(Location, name))


def _files(pages_dir: Path) -> Iterator[Path]:
    """Yield what lies in the folder of pages, in order, without what editors and systems leave."""
    for folder, below, names in os.walk(pages_dir, followlinks=True):
        odd = [name for name in below if name.endswith(".md")]
        below[:] = sorted(name for name in below if name[0] != "." and name not in odd)
        yield from (Path(folder, n) for n in sorted([*names, *odd]) if not is_leftover(n))


def _check_text(file: Path, name: str, text: str, given: CheckInput) -> Iterator[Problem]:
    if match := FRONT_MATTER.match(text):
        yield from _check_front_matter(name, parse(match[1]), given)
    for match in FORBIDDEN.finditer(text):
        yield Problem(
            Location(name, *place_of(text, match.start())),
            "CB503",
            f"这里有不能用的字符 {code_point(match[0])}。",
            "删去这个字符重新输入。",
        )
    if _is_public(text):
        for found in personal_data_in(text):
            if found.text not in given.allowed:
                yield problem_with(found, Location(name, *place_of(text, found.start)))
    text = _blank(_CODE, text)
    yield from _check_anchors(file, name, text)
    for match in re.finditer(r"record:", _blank(RECORD_LINK, text), re.IGNORECASE):
        yield Problem(
            Location(name, *place_of(text, match.start())),
            "CB501",
            "这里的 record: 链接写法不对。",
            "写作 [文字](record:类别/编号)，文字里不换行、不用方括号。",
        )
    for match in RECORD_LINK.finditer(text):
        key = Key(match["kind"], match["id"])
        if given.lacks(key):
            yield Problem(
                Location(name, *place_of(text, match.start())),
                "CB501",
                f"链接 record:{key} 找不到记录。",
                suggest(key, given),
            )


def _is_public(text: str) -> bool:
    """Return whether a page is for everybody; one whose front matter is broken is told anyhow."""
    match = FRONT_MATTER.match(text)
    data = parse(match[1]).data if match else None
    return not isinstance(data, dict) or data.get("audience", AUDIENCES[0]) == AUDIENCES[0]


def _check_anchors(file: Path, name: str, text: str) -> Iterator[Problem]:
    """One problem for each link to a heading that the page, or another page, does not have."""
    own = anchors_of(FRONT_MATTER.sub("", text))
    for match in _ANCHOR_LINK.finditer(text):
        page, anchor = unquote(match["page"] or ""), unquote(match["anchor"])
        known = page_anchors(file.parent / page) if page else own
        if known is not None and anchor not in known:
            yield Problem(
                Location(name, *place_of(text, match.start())),
                "CB501",
                f"链接“{page}#{anchor}”找不到这个标题。",
                did_you_mean(anchor, known)
                or f"写{'那一页' if page else '本页'}一个标题的文字，空格写作短横线。",
            )


_ANCHOR_LINK = re.compile(
    r"\]\(\s*<?(?P<page>(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^)\s>#?]*\.md)?#(?P<anchor>[^)\s>]+)"
)


def page_anchors(file: Path) -> set[str] | None:
    """Return the ids of a hand-written page, or None where it cannot be read, which is told elsewhere."""
    if not file.is_file():  # nor wait for a pipe
        return None
    try:
        return anchors_of(FRONT_MATTER.sub("", file.read_text("utf-8-sig")))
    except (OSError, ValueError):
        return None


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Return the text with spaces for what matches, so that every place stays."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _check_front_matter(name: str, parsed: Parsed, given: CheckInput) -> Iterator[Problem]:
    def at(*path: str | int) -> Location:
        line, column = parsed.place(path)
        return Location(name, line + 1, column)  # the line of dashes stands above

    for (line, column), code, message, remedy in parsed.faults:
        yield Problem(Location(name, line + 1, column), code, message, remedy)
    data = parsed.data
    if not parsed.faults and data is not None and not isinstance(data, dict):
        yield Problem(at(), "CB502", "页首信息要写成“字段: 值”。", "例如 title: 标题。")
    if not isinstance(data, dict):
        return
    audience = data.get("audience", "public")
    if audience not in ("public", "internal"):
        yield Problem(
            at("audience"),
            "CB502",
            f"可见范围不能写“{audience}”。",
            did_you_mean(str(audience), AUDIENCES) + "只能写 public 或 internal。",
        )
    figures = data.get("key_figures") or []
    if not isinstance(figures, list):
        yield Problem(
            at("key_figures"), "CB502", "key_figures 要写成列表。", "每项写一个数据编号。"
        )
        return
    for index, id in enumerate(figures):
        if given.lacks(Key(Figure.kind, str(id))):
            yield Problem(
                at("key_figures", index),
                "CB501",
                f"没有编号为“{id}”的数据。",
                did_you_mean(str(id), given.catalog.of(Figure)),
            )
