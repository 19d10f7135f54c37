"""The gate, by bytes: content that differs only in what is internal gives the same public outputs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casebook_site.engine.builders import pack_builder
from casebook_site.engine.loading import load
from casebook_site.outputs.packs.scopes import Paper, ready_made
from casebook_site.records import KINDS
from tests.folders import SiteFolder, toy_copy, tree
from tests.internal_content import SECRET, internal_places, with_secrets

PAPERS: tuple[Paper, ...] = ("", "test", "answers")


def ids_of(folder: SiteFolder) -> dict[str, str]:
    """Kind → id of a public record."""
    return {kind: next(iter(by_id)) for kind, by_id in folder.edition().records.items()}


def made_by(folder: SiteFolder, *commands: list[str]) -> dict[str, str]:
    """Path → digest of every file that commands write into the site's folder."""
    for command in commands:
        done = folder.casebook(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    return {
        path: digest
        for path, digest in tree(folder.root).items()
        if path.split("/")[0] not in ("content", ".casebook") and path != ".site.lock"
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy as it is."""
    return toy_copy(tmp_path_factory.mktemp("plain").resolve() / "toy")


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy with other internal content, and more of it."""
    folder = toy_copy(tmp_path_factory.mktemp("secretive").resolve() / "toy")
    touched = with_secrets(folder, ids_of(folder))
    assert set(internal_places(KINDS)) - touched == set()
    return folder


def test_the_site(plain: SiteFolder, secretive: SiteFolder) -> None:
    expected = made_by(plain, ["build", "--strict"])
    assert made_by(secretive, ["build", "--strict"]) == expected
    assert {Path(path).suffix for path in expected} >= {".html", ".js", ".xml", ".csv", ".json"}


def documents(folder: SiteFolder) -> dict[str, str]:
    """Scope → all that PDF and Word files are set from."""
    settings = folder.settings()
    builder = pack_builder(load(settings), settings)
    scopes = ready_made(builder.lookups.edition)
    papers = [replace(scope, paper=paper) for scope in scopes for paper in PAPERS]
    return {repr(scope): repr(builder.document_or_none(scope)) for scope in papers}


def test_the_documents_of_packs(plain: SiteFolder, secretive: SiteFolder) -> None:
    expected = documents(plain)
    assert documents(secretive) == expected
    assert len({*expected.values()}) > 10


def test_a_bundle_in_one_file(plain: SiteFolder, secretive: SiteFolder) -> None:
    command = ["bundle", "township:bing", "--single"]
    assert made_by(secretive, command) == made_by(plain, command)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["build", "--packs", "--strict"],
        ["bundle", "all", "county:jia", "township:bing", "category:industry", "--packs"],
        ["pack", "county:jia", "--format", "docx", "--format", "pdf"],
        ["pack", "course:party-constitution", "--test"],
    ],
)
def test_what_is_set_and_zipped(
    plain: SiteFolder, secretive: SiteFolder, command: list[str]
) -> None:
    """A ZIM file is made of what a zip holds; its own bytes are random in part."""
    assert made_by(secretive, command) == made_by(plain, command)


def test_the_internal_edition_shows_the_difference(secretive: SiteFolder) -> None:
    secretive.build("--audience", "internal")
    shown = secretive.root / "site-internal"
    for name in ("hidden-jia", "hidden-bing", "hidden-zi-park"):
        (page,) = shown.rglob(f"{name}.html")
        assert SECRET in page.read_text("utf-8")
