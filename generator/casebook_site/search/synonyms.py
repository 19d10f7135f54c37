"""Words that search takes for one another: `content/search/synonyms.yml`.

Whoever searches for one finds the others too, ranked behind. The list goes to every reader's
browser as it stands: it has no audience.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from casebook_site.base.problems import Location, Problem
from casebook_site.reading.files import Origin, read_file, relative_name
from casebook_site.schema.fields import Part, Text, field
from casebook_site.schema.messages import explain

FILE = "synonyms.yml"


class SynonymList(Part):
    """The file."""

    groups: tuple[tuple[Text, ...], ...] = field(
        "同义词",
        "一行一组，如 [联村党委, 联合党委]；每组两个词以上，每个词两个字以上。",
        default=(),
    )


@dataclass(frozen=True)
class Synonyms:
    """The groups, with the file that they stand in."""

    groups: tuple[tuple[str, ...], ...] = ()
    origin: Origin | None = None

    def locate(self, *path: str | int) -> Location:
        """Where a word stands."""
        assert self.origin
        return self.origin.locate(path)


def read_synonyms(folder: Path, root: Path) -> tuple[Synonyms, tuple[Problem, ...]]:
    """Return the synonyms of a folder, which need not exist, and every problem of the file."""
    file = folder / FILE
    if not os.path.lexists(file):
        return Synonyms(), ()
    name = relative_name(file, root)
    content = read_file(file, name)
    if content.problems:
        return Synonyms(), content.problems
    origin = Origin(name, str(file))
    if not isinstance(content.data, Mapping):
        remedy = "第一行写 groups:，下面一行一组，如“- [联村党委, 联合党委]”。"
        problem = Problem(origin.locate(), "CB203", "同义词文件要写成“字段: 值”。", remedy)
        return Synonyms(), (problem,)
    try:
        read = SynonymList.model_validate(content.data)
    except ValidationError as error:
        return Synonyms(), tuple(
            dict.fromkeys(explain(SynonymList, error, origin.locate, content.data))
        )
    return Synonyms(read.groups, origin), ()
