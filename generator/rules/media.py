"""A photo or file exists under `content/media/` and has a name that is safe everywhere.

Right: `file: juzhen/park-01.jpg`. Wrong: `file: ../secret.jpg`, `file: 照片.jpg`, a missing file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.problems import Problem
from generator.records import Record
from generator.rules.rule import Rule, World

_SAFE = re.compile(
    r"(?:[a-z0-9][a-z0-9_-]*/)*[a-z0-9][a-z0-9_-]*\.(?:jpe?g|png|webp|svg|pdf|mp3|mp4)"
)


def check(record: Record, world: World) -> Iterator[Problem]:
    """One problem for each unusable file."""
    for index, medium in enumerate(record.media):
        at = world.locate(record, "media", index, "file")
        if not _SAFE.fullmatch(medium.file):
            yield Problem(
                at,
                "CB304",
                f"文件名“{medium.file}”不可用。",
                "用小写英文、数字和短横线，扩展名 jpg、png、webp、svg、pdf、mp3、mp4。",
            )
        elif not (world.media_dir / medium.file).is_file():
            yield Problem(
                at, "CB304", f"找不到 media/{medium.file}。", "把文件放进去，或改正名字。"
            )


RULE = Rule("record", (), ("CB304",), check)
