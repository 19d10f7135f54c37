"""Whatever is edited, a folder kept up with its content is what a build from nothing gives."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebook_site.base.files import Writer
from casebook_site.engine.changes import Changes
from casebook_site.engine.loading import load
from casebook_site.engine.pipeline import site_model, write_site
from casebook_site.engine.request import BuildRequest
from casebook_site.engine.watch import WatchedSite
from casebook_site.kinds import program_schema
from tests.folders import SiteFolder, toy_copy, tree

pytestmark = pytest.mark.slow
"""Each test builds the toy after each of many edits."""

EDITS = 8
"""Edits of each seed that leave the content sound."""

Edit = Callable[[random.Random, dict[str, Any], list[dict[str, Any]]], None]


class EditedSite:
    """A toy that is watched while its records are edited at random."""

    def __init__(self, toy: SiteFolder, seed: int) -> None:
        self.toy = toy
        self.rng = random.Random(seed)
        self.told: list[str] = []
        self.watched = WatchedSite(BuildRequest(toy.root / "mkdocs.yml"), self.told.append)

    def saved(self, paths: list[Path]) -> bool:
        """Take the change of files; return whether it left the content sound."""
        self.told.clear()
        self.watched.take(Changes(records=set(map(str, paths))))
        self.watched.finish()
        return not any("没有改动" in line for line in self.told)

    def clean(self, folder: Path) -> dict[str, str]:
        """Return what a build from nothing gives, with the pages that MkDocs has given."""
        settings = self.watched.settings
        site = site_model(load(settings).sound(), settings)
        write_site(site, self.watched._inputs.capture, Writer(folder))
        return tree(folder)

    def files(self) -> list[Path]:
        """Return the files that hold one record each."""
        found = sorted((self.toy.root / "content/records").rglob("*.yml"))
        return [file for file in found if isinstance(_read(file), dict)]

    def try_edit(self) -> str:
        """Edit something; return what, or nothing if the content was not sound and all is as it was."""
        file = self.rng.choice(self.files())
        before = {path: path.read_bytes() for path in self.files()}
        change = self.rng.choice([_add, _delete, _move, *[_change] * 9])
        paths = change(self.rng, file, self.files())
        if paths and self.saved(paths):
            return f"{change.__name__} {file.parent.name}/{file.stem}"
        for path in paths:
            if path in before:
                path.write_bytes(before[path])
            else:
                path.unlink()
        if paths:
            assert self.saved(paths)
        return ""


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def _write(file: Path, record: dict[str, Any]) -> list[Path]:
    file.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), "utf-8")
    return [file]


def _add(rng: random.Random, file: Path, files: list[Path]) -> list[Path]:
    """Add a record like another one."""
    record = _read(file)
    record["name"] = f"{record['name']}之{rng.randrange(100)}"
    for name in ("former_ids", "codes", "aliases"):
        record.pop(name, None)
    return _write(file.with_name(f"{file.stem}-{rng.randrange(10_000)}.yml"), record)


def _delete(rng: random.Random, file: Path, files: list[Path]) -> list[Path]:
    """Delete a record; mostly one that was added, as nothing links to it."""
    added = [path for path in files if path.stem.rpartition("-")[2].isdigit()]
    chosen = rng.choice(added) if added else file
    chosen.unlink()
    return [chosen]


def _move(rng: random.Random, file: Path, files: list[Path]) -> list[Path]:
    """Give a record another id; what links to it does not follow."""
    other = file.with_name(f"{file.stem}-{rng.randrange(10_000)}.yml")
    file.rename(other)
    return [file, other]


def _change(rng: random.Random, file: Path, files: list[Path]) -> list[Path]:
    """Change one field: take it away, reword it, or copy it from another record of the kind."""
    record = _read(file)
    kind = program_schema().by_folder[file.parent.name]
    name = rng.choice([name for name in kind.model.model_fields if name not in ("id",)])
    others = [
        other for path in files if path.parent == file.parent and name in (other := _read(path))
    ]
    if name in record and rng.random() < 0.2:
        del record[name]
    elif isinstance(record.get(name), str) and rng.random() < 0.5:
        record[name] += "改"
    elif isinstance(record.get(name), int | float) and rng.random() < 0.7:
        record[name] += rng.choice([-1, 1, 7])
    elif isinstance(record.get(name), list) and rng.random() < 0.5:
        rng.shuffle(record[name])
        record[name] = record[name][: rng.randrange(1, len(record[name]) + 1)]
    elif others:
        record[name] = rng.choice(others)[name]
    else:
        return []
    return _write(file, record)


@pytest.fixture(params=[1, pytest.param(2, marks=pytest.mark.slow)])
def edited(request: pytest.FixtureRequest, tmp_path: Path) -> EditedSite:
    """The toy, built and watched."""
    return EditedSite(toy_copy(tmp_path / "toy"), request.param)


def test_after_any_edits_the_folder_is_that_of_a_clean_build(
    edited: EditedSite, tmp_path: Path
) -> None:
    done: list[str] = []
    while len(done) < EDITS:
        if edit := edited.try_edit():
            done.append(edit)
            found, clean = (
                tree(edited.watched.settings.site_dir),
                edited.clean(tmp_path / str(len(done))),
            )
            wrong = sorted(
                path for path in found.keys() | clean.keys() if found.get(path) != clean.get(path)
            )
            assert not wrong, (done[-3:], edited.told)
