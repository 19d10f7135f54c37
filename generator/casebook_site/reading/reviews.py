"""The reviews of a site: `content/reviews/<folder of the kind>/<id>.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from casebook_site.base.faults import guarded
from casebook_site.base.file_names import is_leftover
from casebook_site.base.problems import Location, Problem, did_you_mean
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.records.reviews import RecordReview
from casebook_site.schema.keys import Key
from casebook_site.schema.kinds import Schema
from casebook_site.schema.messages import explain


@dataclass(frozen=True)
class WrittenReview:
    """A review with the file that it stands in."""

    key: Key
    """The record that was signed."""
    review: RecordReview
    origin: Origin

    def locate(self, *path: str | int) -> Location:
        """Return where a value of the review stands."""
        return self.origin.locate(path)


@dataclass(frozen=True)
class Reviews:
    """Every review that can be read, and every problem of the others."""

    by_key: Mapping[Key, WrittenReview] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def review_file(folder: Path, key: Key, schema: Schema) -> Path:
    """Return the file that the review of a record stands in."""
    return folder / schema[key.kind].folder / f"{key.id}.yml"


def read_reviews(folder: Path, root: Path, schema: Schema) -> Reviews:
    """Return the reviews of a folder, which need not exist."""
    found: dict[Key, WrittenReview] = {}
    problems: list[Problem] = []
    for below in sorted(folder.iterdir()) if folder.is_dir() else []:
        if is_leftover(below.name) or below.name.startswith("README"):
            continue
        for result in guarded(
            _read_kind(below, root, schema), partial(Location, relative_name(below, root))
        ):
            if isinstance(result, Problem):
                problems.append(result)
            else:
                found[result.key] = result
    return Reviews(found, tuple(problems))


def _read_kind(folder: Path, root: Path, schema: Schema) -> Iterator[WrittenReview | Problem]:
    kind = schema.by_folder.get(folder.name)
    if kind is None or not folder.is_dir():
        message = f"reviews/ 下没有“{folder.name}”这个文件夹。"
        remedy = did_you_mean(folder.name, schema.by_folder) or "与 records/ 下的文件夹同名。"
        yield Problem(Location(relative_name(folder, root)), "CB113", message, remedy)
        return
    for file in sorted(folder.iterdir()):
        if is_leftover(file.name):
            continue
        yield from _read(file, relative_name(file, root), Key(kind.name, file.stem))


def _read(file: Path, name: str, key: Key) -> Iterator[WrittenReview | Problem]:
    if file.suffix != ".yml":
        message = f"签审文件的扩展名是“{file.suffix}”。"
        yield Problem(Location(name), "CB113", message, "改成 .yml，或移出此文件夹。")
        return
    content = read_file(file, name)
    if content.problems:
        yield from content.problems
        return
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "用 casebook review sign 来签，由程序写。"
        yield Problem(origin.locate(), "CB203", "签审文件要写成“字段: 值”。", remedy)
        return
    try:
        yield WrittenReview(key, RecordReview.model_validate(content.data), origin)
    except ValidationError as error:
        yield from dict.fromkeys(explain(RecordReview, error, origin.locate, content.data))
