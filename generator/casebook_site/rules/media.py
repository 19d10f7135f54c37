"""A photo or file exists under `content/media/` and has a name that is safe everywhere.

Right: `file: juzhen/park-01.jpg`. Wrong: `file: ../secret.jpg`, `file: 照片.jpg`, a missing file, a drawing that runs or
loads something, a file that is not what its name says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from casebook_site.base.problems import Problem
from casebook_site.base.signatures import EXPECTED, LONGEST, mismatch
from casebook_site.base.svg import svg_fault
from casebook_site.base.system_errors import reason_of
from casebook_site.media.errors import MediaError
from casebook_site.media.pictures import ENDINGS, look
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import WINDOWS_NAMES

_SAFE = re.compile(
    r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.(?:jpe?g|png|webp|svg|pdf|mp3|mp4)"
)

_FILE_NAME = re.compile(
    r"(?i)(?:(?:IMG|DSC|DSCN|DJI|VID|MVIMG|PXL|WP|P|微信图片|新建|mmexport)[-_ ]?\d[\d_-]*|\d[\d_-]*"
    r"|\S+\.(?:jpe?g|png|webp|svg|gif|bmp|heic|pdf|mp[34]|mov|docx?|pptx?))"
)
"""A title that a camera, a telephone or a program has given."""


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each unusable file."""
    for index, medium in enumerate(record.media):
        if _FILE_NAME.fullmatch(medium.title):
            at = partial(given.locate, record, "media", index, "title")
            yield Problem(
                at(),
                "CB304",
                f"图片说明“{medium.title}”是文件名，看不见图的人听了不知道是什么。",
                "写这张图里看得到什么，如“莒镇产业园的大棚”。",
            )
        if fault := _fault(medium.file, given.media_dir):
            at = partial(
                given.locate, record, "media", index, "file"
            )  # looked up only for a problem
            yield Problem(at(), "CB304", *fault)


def _fault(name: str, folder: Path) -> tuple[str, str] | None:
    stems = {part.partition(".")[0] for part in name.split("/")}
    if not _SAFE.fullmatch(name) or stems & WINDOWS_NAMES:
        return (
            f"文件名“{name}”不可用。",
            "用小写英文、数字和短横线，扩展名 jpg、png、webp、svg、pdf、mp3、mp4。",
        )
    file = folder / name
    if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
        return f"找不到 media/{name}。", "把文件放进去，或改正名字。"
    try:
        return _content_fault(name, file)
    except OSError as error:
        return f"读不了 media/{name}：{reason_of(error)}。", "换一个能打开的文件。"


def _content_fault(name: str, file: Path) -> tuple[str, str] | None:
    """Return what is wrong inside a file; raise `OSError`."""
    if file.suffix == ".svg":
        fault = svg_fault(file.read_bytes())
        advice = "用画图软件另存为普通 SVG（不带脚本、动画、外部引用），或改用 png。"
        return (f"media/{name} 不能用：{fault}。", advice) if fault else None
    with file.open("rb") as opened:
        found = mismatch(file.suffix[1:], opened.read(LONGEST))
    if not found:
        return _picture_fault(name, file)
    wanted = EXPECTED[file.suffix[1:]]
    return f"media/{name} 不是 {wanted}，而是{found}。", "把原件另存为这种格式，或按内容改扩展名。"


def _picture_fault(name: str, file: Path) -> tuple[str, str] | None:
    """Return what is wrong with a photo that no reader or program could open."""
    if file.suffix[1:] not in ENDINGS:
        return None
    try:
        look(file.read_bytes())
    except MediaError as error:
        advice = "用看图软件打开看看，另存一份；太大的先缩小到长边 6000 像素以内。"
        return f"media/{name} 不能用：{error}。", advice
    return None


RULE = Rule("catalog", (), ("CB304",), check)
