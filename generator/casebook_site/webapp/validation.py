"""What would be wrong if a record were saved, each problem at the input that it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import ValidationError

from casebook_site.base.problems import Location, Problem, likeness
from casebook_site.editing.files import FileChange
from casebook_site.engine.content import Linked, LiveContent
from casebook_site.maps.layouts import Layouts
from casebook_site.model.catalog import Key
from casebook_site.reading.files import Origin, relative_name
from casebook_site.reading.parsing import DataPath
from casebook_site.schema.kinds import RecordModel
from casebook_site.schema.messages import explain
from casebook_site.webapp.values import Answers


@dataclass
class ValidationResult:
    """What is wrong with a form."""

    at_inputs: dict[str, list[str]] = field(default_factory=dict)
    """Name of an input, empty for the record as a whole → messages."""
    elsewhere: list[Problem] = field(default_factory=list)
    """What would become wrong in other records and pages."""
    linked: Linked | None = None
    """The content as it would be; None where nothing would change."""

    @property
    def sound(self) -> bool:
        """Whether the record may be saved."""
        return not self.at_inputs and not self.elsewhere

    def add(self, name: str, text: str) -> None:
        """Put a message at an input, once."""
        texts = self.at_inputs.setdefault(name, [])
        if text not in texts:
            texts.append(text)


class DraftValidator:
    """Tries changes out in memory: every record and every rule, nothing written into the site."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="casebook-edit-")
        self._number = 0

    def close(self) -> None:
        """Remove the drafts."""
        self._folder.cleanup()

    @property
    def folder(self) -> Path:
        """Where drafts are written, for as long as the form is open."""
        return Path(self._folder.name)

    def verdict(
        self,
        content: LiveContent,
        key: Key,
        answers: Answers,
        change: FileChange | None,
        index: int | None,
        layouts: Layouts | None = None,
    ) -> ValidationResult:
        """Return what would be wrong if a form were saved.

        `content`: what stands in the folder now; `change`: the file as it would be; `index`: the
        position of the record in a file that holds a list; `layouts`: of the map as they would be.
        """
        verdict = ValidationResult()
        for name, fault in answers.faults.items():
            verdict.add(name, f"{fault.message}{fault.remedy}")
        draft = self._draft(change)
        if change is None or draft is None:
            return verdict
        origin = Origin(relative_name(change.path, content.settings.root), str(draft), index)
        places = _Places(content.schema[key.kind].model, answers, origin)
        if not answers.data.keys() - {"id"}:  # an empty file would only be told to be empty
            places.add_faults(verdict)
            return verdict
        known = Counter(map(likeness, content.problems))
        proposal = content.propose(str(change.path), draft, layouts)
        verdict.linked = proposal.linked
        for problem in proposal.problems:
            if (names := places.inputs_of(problem)) is not None:
                for name in names:
                    if name not in answers.faults:
                        verdict.add(name, problem.text)
            elif known[likeness(problem)]:
                known[likeness(problem)] -= 1
            else:
                verdict.elsewhere.append(problem)
        return verdict

    def _draft(self, change: FileChange | None) -> Path | None:
        """Return a file of its own for every draft, so that no place is taken for that of an older one."""
        if change is None or change.new is None:
            return None
        self._number += 1
        folder = Path(self._folder.name) / str(self._number)
        folder.mkdir()
        draft = folder / change.path.name
        draft.write_bytes(change.new)
        return draft


def _likeness(problem: Problem) -> tuple[str, str, str, str]:
    """Return what stays of a problem when lines above it come or go."""
    return problem.location.path, problem.code, problem.message, problem.remedy


class _Places:
    """From the place of a problem in the draft to the inputs."""

    def __init__(self, model: type[RecordModel], answers: Answers, origin: Origin) -> None:
        self._answers = answers
        self._origin = origin
        self._whole = origin.index is None
        # The record as a whole, its id, and its first field begin at one place.
        self._by_place = {origin.locate(): "", origin.locate(("id",)): ""}
        for path in sorted(answers.inputs, key=len, reverse=True):
            if _stands(answers.data, path):
                self._by_place.setdefault(origin.locate(path), answers.inputs[path])
                self._by_place.setdefault(origin.locate(path, key=True), answers.inputs[path])
        self._of_model: dict[Problem, list[str]] = {}
        for problem, path in _faults(model, answers.data, origin):
            self._of_model.setdefault(problem, []).append(self._input(path))

    def inputs_of(self, problem: Problem) -> list[str] | None:
        """Return the names of inputs, `[""]` for the record as a whole; None for a problem of something else."""
        if names := self._of_model.get(problem):
            return names
        if problem.location in self._by_place:
            return [self._by_place[problem.location]]
        return [""] if self._whole and problem.location.path == self._origin.path else None

    def add_faults(self, verdict: ValidationResult) -> None:
        """Add what the model alone refuses."""
        for problem, names in self._of_model.items():
            for name in names:
                verdict.add(name, problem.text)

    def _input(self, path: DataPath) -> str:
        for end in range(len(path), 0, -1):
            if path[:end] in self._answers.inputs:
                return self._answers.inputs[path[:end]]
        return ""


def _stands(data: Any, path: DataPath) -> bool:
    """Return whether there is anything at a path."""
    for step in path:
        try:
            data = data[step]
        except (LookupError, TypeError):
            return False
    return True


def _faults(
    model: type[RecordModel], data: Mapping[str, Any], origin: Origin
) -> Iterable[tuple[Problem, DataPath]]:
    """Yield what the model refuses, with the path that it is about: a missing field has no place yet."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        paths: list[DataPath] = []

        def located(path: DataPath = (), *, key: bool = False) -> Location:
            paths.append(path)
            return origin.locate(path, key=key)

        yield from _with_paths(explain(model, error, located, data), paths)


def _with_paths(
    problems: Iterator[Problem], paths: list[DataPath]
) -> Iterator[tuple[Problem, DataPath]]:
    for problem in problems:
        yield problem, paths[-1]
