"""The one writer, and publishing all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.artifacts import Artifact, Claims, CollisionError, Publication, Writer
from generator.problems import SettingsError

# --- collisions -----------------------------------------------------------------------------------


def test_a_second_maker_of_one_path_is_refused_and_both_are_named() -> None:
    claims = Claims()
    claims.claim("terms/a.html", "term/a")
    with pytest.raises(CollisionError) as caught:
        claims.claim("terms/a.html", "about/terms/a.md")
    assert "term/a" in str(caught.value)
    assert "about/terms/a.md" in str(caught.value)
    assert "terms/a.html" in str(caught.value)


def test_paths_that_differ_in_letter_case_collide() -> None:
    claims = Claims()
    claims.claim("About.html", "About.md")
    with pytest.raises(CollisionError):
        claims.claim("about.html", "about.md")


def test_different_paths_do_not_collide() -> None:
    claims = Claims()
    for path in ("a.html", "a.json", "b/a.html"):
        claims.claim(path, "term/a")


# --- writing ------------------------------------------------------------------------------------


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    Writer(tmp_path).write(Artifact("a/b/c.html", b"x" * 100_000, "test"))
    assert (tmp_path / "a/b/c.html").read_bytes() == b"x" * 100_000


def test_a_shorter_file_replaces_a_longer_one_whole(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    writer.write(Artifact("a.html", b"long text", "test"))
    writer.write(Artifact("a.html", b"", "test"))
    assert (tmp_path / "a.html").read_bytes() == b""


def test_files_can_be_read_by_the_web_server(tmp_path: Path) -> None:
    Writer(tmp_path).write(Artifact("a.html", b"", "test"))
    assert (tmp_path / "a.html").stat().st_mode & 0o444 == 0o444 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- publishing -----------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site with one page."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old")
    return tmp_path / "site"


def page(folder: Path) -> str:
    """The text of the folder's one page."""
    assert [file.name for file in folder.iterdir()] == ["index.html"]
    return (folder / "index.html").read_text()


def leavings(site: Path) -> list[str]:
    """What stands beside the site, but the lock."""
    return sorted(p.name for p in site.parent.iterdir() if not p.name.endswith(".lock"))


def test_the_new_site_takes_the_place_of_the_old(site: Path) -> None:
    publication = Publication(site)
    (publication.begin() / "index.html").write_text("new")
    assert page(site) == "old"
    publication.publish()
    assert page(site) == "new"
    assert leavings(site) == ["site"]


def test_a_first_site_is_published_where_there_was_none(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "deep/down/site")
    (publication.begin() / "index.html").write_text("new")
    publication.publish()
    assert page(tmp_path / "deep/down/site") == "new"


def test_abandoning_leaves_the_old_site(site: Path) -> None:
    publication = Publication(site)
    (publication.begin() / "index.html").write_text("half")
    publication.abandon()
    assert page(site) == "old"
    assert leavings(site) == ["site"]


def test_abandoning_twice_or_after_publishing_does_no_harm(site: Path) -> None:
    publication = Publication(site)
    publication.abandon()
    (publication.begin() / "index.html").write_text("new")
    publication.publish()
    publication.abandon()
    assert page(site) == "new"


def test_staging_begins_empty_whatever_a_killed_run_left(site: Path) -> None:
    left = Publication(site).staging
    left.mkdir()
    (left / "half.html").write_text("half")
    publication = Publication(site)
    assert list(publication.begin().iterdir()) == []
    publication.abandon()
    assert page(site) == "old"


def test_a_run_killed_between_the_two_renames_is_completed(site: Path) -> None:
    publication = Publication(site)
    staged = publication.begin()
    (staged / "index.html").write_text("new")
    site.replace(site.with_name(".site.old"))  # the first of the two renames; then it was killed
    publication._lock.release()
    again = Publication(site)
    again.begin()
    assert page(site) == "new"
    again.abandon()
    assert leavings(site) == ["site"]


def test_a_lost_staging_folder_gives_the_old_site_back(site: Path) -> None:
    site.replace(site.with_name(".site.old"))
    again = Publication(site)
    again.begin()
    assert page(site) == "old"
    again.abandon()


def test_an_old_site_that_was_not_yet_thrown_away_is_thrown_away(site: Path) -> None:
    old = site.with_name(".site.old")
    old.mkdir()
    (old / "index.html").write_text("older")
    again = Publication(site)
    again.begin()
    assert page(site) == "old"
    again.abandon()
    assert leavings(site) == ["site"]


def test_a_second_build_is_refused_while_the_first_is_under_way(site: Path) -> None:
    first = Publication(site)
    first.begin()
    with pytest.raises(SettingsError, match="另一次构建"):
        Publication(site).begin()
    assert first.staging.is_dir()
    first.abandon()
    second = Publication(site)
    second.begin()
    second.abandon()


def test_sites_side_by_side_do_not_disturb_each_other(tmp_path: Path) -> None:
    public, internal = Publication(tmp_path / "site"), Publication(tmp_path / "site-internal")
    (public.begin() / "index.html").write_text("public")
    (internal.begin() / "index.html").write_text("internal")
    public.publish()
    internal.publish()
    assert page(tmp_path / "site") == "public"
    assert page(tmp_path / "site-internal") == "internal"


def test_what_stands_beside_the_site_is_hidden_and_named_after_it(tmp_path: Path) -> None:
    publication = Publication(tmp_path / "site")
    publication.begin()
    assert {p.name for p in tmp_path.iterdir()} <= {".site.new", ".site.lock", ".site.old"}
    publication.abandon()
