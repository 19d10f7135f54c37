"""Any part of the toy builds an edition or says what is wrong: it never crashes."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.templates import Renderer
from casebook_site.engine.loading import load
from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, build_catalog, key_of
from casebook_site.model.editions import select
from casebook_site.model.scopes import Scope
from casebook_site.outputs.site.model import SiteModel
from casebook_site.reading.records import ReadEntry
from casebook_site.rules import CheckInput, check_catalog
from tests.examples import one_in
from tests.folders import TOY, SiteFolder, made

RECORDS = TOY / "content/records"
FILES = sorted(file.relative_to(RECORDS).as_posix() for file in RECORDS.rglob("*.yml"))

subsets = st.sets(st.sampled_from(FILES))
near_whole = st.sets(st.sampled_from(FILES), max_size=3).map(lambda out: set(FILES) - out)


def part_of_the_toy(root: Path, files: set[str]) -> SiteFolder:
    """The toy with some of its record files."""
    for name in ("mkdocs.yml", "content/pages/about.md", "content/pages/index.md"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOY / name, root / name)
    shutil.copytree(TOY / "content/media", root / "content/media")
    (root / "content/records").mkdir()
    for name in files:
        target = root / "content/records" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(RECORDS / name, target)
    return SiteFolder(root)


def sound(catalog: Catalog, media: Path) -> Catalog:
    """What is left of a catalog without the files in which something is wrong."""
    while places := {p.location.path for p in check_catalog(CheckInput(catalog, media))}:
        kept = (ReadEntry(record, catalog.origins[key_of(record)]) for record in catalog)
        catalog, _ = build_catalog(
            (entry for entry in kept if entry.origin.path not in places), program_schema()
        )
    return catalog


@given(files=st.one_of(subsets, near_whole), audience=st.sampled_from(["public", "internal"]))
@one_in(3)
def test_any_part_of_the_records_is_checked_and_what_is_sound_makes_a_site(
    renderer: Renderer, files: set[str], audience: str
) -> None:
    with TemporaryDirectory() as folder:
        part = part_of_the_toy(Path(folder).resolve(), files)
        loaded = load(part.settings())
        assert list(loaded.problems) == sorted(set(loaded.problems))
        catalog = sound(loaded.catalog, part.root / "content/media")
        site = SiteModel(select(catalog, audience), part.settings(audience))  # type: ignore[arg-type]
        paths = [path for path, content in made(site, renderer) if content]
        assert len(paths) == len(set(paths))


SCOPES = ["county:jia", "county:yi", "township:bing", "township:ding", "township:wu", "village:zi",
          "village:hai", "village:you", "category:industry", "category:village"]  # fmt: skip


@pytest.mark.parametrize("audience", ["public", "internal"])
@pytest.mark.parametrize("scope", SCOPES)
def test_any_scope_makes_a_site_that_holds_nothing_else(
    toy_catalog: Catalog, renderer: Renderer, scope: str, audience: str
) -> None:
    edition = select(toy_catalog, audience, Scope.parse(scope))  # type: ignore[arg-type]
    site = SiteModel(edition, SiteFolder(TOY).settings(audience))
    for path, content in made(site, renderer):
        assert content, path
        if audience == "public":
            assert b"canary" not in content.lower(), path


@given(
    data=st.data(),
    file=st.sampled_from(FILES),
    insert=st.sampled_from(
        ["", ":", "- ", "\t", "&a ", "no", "\n", "  ", "：", '"', "[", "{", "x"]
    ),
)
@one_in(2)
def test_any_slip_in_a_file_is_told_or_does_not_matter(
    data: st.DataObject, file: str, insert: str
) -> None:
    text = (RECORDS / file).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    with TemporaryDirectory() as folder:
        site = part_of_the_toy(Path(folder).resolve(), set(FILES))
        site.write(f"records/{file}", text[:start] + insert + text[end:])
        for problem in load(site.settings()).problems:
            assert problem.message
            assert problem.location.line >= 1


def some_parts() -> Iterator[tuple[str, ...]]:
    """A few parts of the toy that are built whole."""
    chance = random.Random(7)
    for size in (0, 3, 12):
        yield tuple(sorted(chance.sample(FILES, size)))


@pytest.mark.parametrize("files", some_parts(), ids=len)
def test_a_build_of_part_of_the_toy_ends_with_a_site_or_with_problems(
    tmp_path: Path, files: tuple[str, ...]
) -> None:
    site = part_of_the_toy(tmp_path / "part", set(files))
    site.edit("content/pages/index.md", "key_figures: [jia-schools, jia-secret-counted]\n", "")
    site.edit("content/pages/index.md", "record:", "https://example.org/")
    (site.root / "content/pages/about.md").write_text("# 关于\n", "utf-8")
    done = site.casebook("build")
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)
    assert (site.root / "site/index.html").is_file() == (done.returncode == 0)
    assert bool(done.stdout) == (done.returncode == 1)


def test_the_whole_of_the_toy_has_no_problem(tmp_path: Path) -> None:
    assert part_of_the_toy(tmp_path, set(FILES)).problems() == []
