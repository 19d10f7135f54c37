"""The releases of a site: `content/releases/<name>.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from casebook_site.base.faults import guarded
from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import Location, Problem
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.records.releases import Release
from casebook_site.schema.messages import explain

Releases = Mapping[str, Release]
"""Name → release, the oldest first."""


def read_releases(folder: Path, root: Path) -> tuple[Releases, tuple[Problem, ...]]:
    """Return the releases of a folder, which need not exist, and every problem of those unread."""
    found: dict[str, Release] = {}
    problems: list[Problem] = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_leftover(file.name) or file.name.startswith("README"):
            continue
        name = relative_name(file, root)
        for result in guarded(_read(file, name), partial(Location, name)):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                found[file.stem] = result
    ordered = sorted(found.items(), key=lambda named: (named[1].date, named[0]))
    return dict(ordered), tuple(problems)


def _read(file: Path, name: str) -> Iterator[Release | Problem]:
    if file.suffix != ".yml":
        message = f"定版文件的扩展名是“{file.suffix}”。"
        yield Problem(Location(name), "CB113", message, "改成 .yml，或移出此文件夹。")
        return
    content = read_file(file, name)
    if content.problems:
        yield from content.problems
        return
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "用 casebook release 来定版，由程序写。"
        yield Problem(origin.locate(), "CB203", "定版文件要写成“字段: 值”。", remedy)
        return
    try:
        yield Release.model_validate(content.data)
    except ValidationError as error:
        yield from dict.fromkeys(explain(Release, error, origin.locate, content.data))
