"""A release keeps what every public record says, and pages name it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casebook_site.engine.loading import load
from casebook_site.engine.pipeline import site_model
from casebook_site.model.catalog import Key
from casebook_site.outputs.site.records import build_record_page
from tests.build.reviews.folder import DAY, FILES, TERM, done
from tests.folders import SiteFolder, brief

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


@pytest.fixture
def folder(site_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """The small site, which reviews nothing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return site_folder(FILES)


def told(folder: SiteFolder, id: str) -> str:
    """What the citation box of a term says of releases."""
    site = site_model(load(folder.settings()), folder.settings())
    record = site.edition.get(Key("term", id))
    assert record is not None
    citation = build_record_page(site, record).view.citation
    assert citation is not None
    return citation.release


def test_pages_name_the_newest_release_that_they_are_in(folder: SiteFolder) -> None:
    assert told(folder, "lian-cun") == ""
    assert "已定2027-01版" in done(folder, "release", "2027-01")
    manifest = (folder.root / "content/releases/2027-01.yml").read_text("utf-8")
    assert "term/lian-cun: " in manifest
    assert "secret" not in manifest
    assert told(folder, "lian-cun") == "收入2027-01版"
    folder.edit(TERM, "几个村一起", "几个村一起干")
    assert told(folder, "lian-cun") == "2027-01版以后改过"
    done(folder, "release", "2027-02")
    assert told(folder, "lian-cun") == "收入2027-02版"
    done(folder, "rename", "term", "lian-cun", "joint")
    assert told(folder, "joint") == "收入2027-02版"
    again = folder.casebook("release", "2027-01")
    assert again.returncode == 2
    assert "已经定过" in again.stderr
    assert "版名" in folder.casebook("release", "../x").stderr


def test_a_release_is_taken_back(folder: SiteFolder) -> None:
    done(folder, "release", "2027-01")
    assert "已退回：定2027-01版" in done(folder, "undo")
    assert not (folder.root / "content/releases/2027-01.yml").exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a", (1, 1, "CB203")),
        ("date: 2027-01-01", (1, 1, "CB201")),
        ("date: 2027-01-01\nrecords: {term/a: x}", (2, 19, "CB203")),
    ],
)
def test_a_broken_manifest_is_told_in_its_place(
    folder: SiteFolder, text: str, found: tuple[int, int, str]
) -> None:
    folder.write("releases/2027-01.yml", text)
    assert [brief(problem)[1:] for problem in folder.load().problems] == [found]
