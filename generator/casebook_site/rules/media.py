"""A photo or file exists under `content/media/` and has a name that is safe everywhere.

Right: `file: juzhen/park-01.jpg`. Wrong: `file: ../secret.jpg`, `file: 照片.jpg`, a missing file, a drawing with a script in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from casebook_site.base.problems import Problem
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import WINDOWS_NAMES

_SAFE = re.compile(
    r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.(?:jpe?g|png|webp|svg|pdf|mp3|mp4)"
)


_ACTIVE = re.compile(rb"<script|<foreignObject|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
"""What makes a drawing run a program when it is opened by itself."""


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each unusable file."""
    for index, medium in enumerate(record.media):
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
    if file.suffix == ".svg" and _ACTIVE.search(file.read_bytes()):
        return f"media/{name} 里有脚本。", "另存为不带脚本的 SVG，或改用 png。"
    return None


RULE = Rule("record", (), ("CB304",), check)
