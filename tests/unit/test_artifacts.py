"""The one writer, and publishing all or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casebook_site.base.files import (
    Artifact,
    Claims,
    CollisionError,
    InPlaceWriter,
    Writer,
    write_atomically,
)
from casebook_site.base.problems import SettingsError
from casebook_site.engine.publish import Publication

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


def rewritten(tmp_path: Path, old: bytes, new: bytes) -> tuple[os.stat_result, os.stat_result]:
    """What is known of a file before and after it is written beside its old self."""
    before, after = tmp_path / "before", tmp_path / "after"
    Writer(before).write(Artifact("a/b.html", old, "test"))
    os.utime(before / "a/b.html", (86_400, 86_400))
    Writer(after, before).write(Artifact("a/b.html", new, "test"))
    assert (after / "a/b.html").read_bytes() == new
    assert (before / "a/b.html").read_bytes() == old
    return (before / "a/b.html").stat(), (after / "a/b.html").stat()


def test_a_file_that_stays_the_same_keeps_its_age(tmp_path: Path) -> None:
    old, new = rewritten(tmp_path, b"same", b"same")
    assert (new.st_mtime, new.st_ino) == (old.st_mtime, old.st_ino)


@pytest.mark.parametrize("text", [b"other", b"samE", b"", b"same and more"])
def test_a_file_that_changes_is_a_new_one(tmp_path: Path, text: bytes) -> None:
    old, new = rewritten(tmp_path, b"same", text)
    assert new.st_ino != old.st_ino
    assert new.st_mtime > old.st_mtime


def test_where_there_are_no_hard_links_files_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links on this file system")

    monkeypatch.setattr(os, "link", refuse)
    old, new = rewritten(tmp_path, b"same", b"same")
    assert new.st_ino != old.st_ino


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a right there")
def test_what_is_only_pointed_at_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.html").write_bytes(b"same")
    (tmp_path / "before").mkdir()
    (tmp_path / "before/a.html").symlink_to(tmp_path / "elsewhere.html")
    Writer(tmp_path / "after", tmp_path / "before").write(Artifact("a.html", b"same", "test"))
    assert not (tmp_path / "after/a.html").is_symlink()
    assert (tmp_path / "after/a.html").stat().st_nlink == 1


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# --- files in use ---------------------------------------------------------------------------------


def test_a_folder_in_use_gets_only_what_differs(tmp_path: Path) -> None:
    writer = InPlaceWriter(tmp_path)
    assert writer.write(Artifact("a/b.html", b"one", "test"))
    known = (tmp_path / "a/b.html").stat()
    assert not writer.write(Artifact("a/b.html", b"one", "test"))
    assert (tmp_path / "a/b.html").stat().st_mtime_ns == known.st_mtime_ns
    assert writer.write(Artifact("a/b.html", b"two", "test"))
    assert (tmp_path / "a/b.html").read_bytes() == b"two"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.yml"
    write_atomically(file, "旧")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(file, "新")
    assert file.read_text("utf-8") == "旧"
    assert [found.name for found in tmp_path.iterdir()] == ["a.yml"]


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


def test_staged_files_keep_their_age_where_they_are_the_same(site: Path) -> None:
    os.utime(site / "index.html", (86_400, 86_400))
    publication = Publication(site)
    publication.begin()
    publication.writer().write(Artifact("index.html", b"old", "test"))
    publication.writer().write(Artifact("new.css", b"new", "test"))
    publication.publish()
    assert (site / "index.html").stat().st_mtime == 86_400
    assert (site / "index.html").read_text() == "old"
    assert (site / "new.css").read_text() == "new"


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
