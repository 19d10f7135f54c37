"""The live preview: the same bytes as a build, kept up with the files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.base.audience import Audience
from casebook_site.engine.changes import Changes, Watch
from casebook_site.engine.content import LiveContent
from casebook_site.engine.loading import load
from casebook_site.model.editions import select
from casebook_site.webapp.live_site import LiveSite
from tests.examples import one_in
from tests.folders import TOY, SiteFolder, toy_copy

RECORD = "content/records/teaching-points/zi-park.yml"


def preview_of(folder: SiteFolder, audience: Audience | None = None) -> LiveSite:
    """The preview of a folder, silent."""
    return LiveSite(folder.root / "mkdocs.yml", audience, lambda _: None)


def break_record(folder: SiteFolder) -> Changes:
    """Adds an unknown field to a record."""
    file = folder.root / RECORD
    file.write_text(file.read_text("utf-8") + "\nno_such_field: 1\n", "utf-8")
    return Changes(records={str(file)})


# --- what it shows --------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_every_file_is_what_a_build_writes(
    audience: Audience, toy: SiteFolder, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(f"{audience}_site")
    snapshot = preview_of(toy, audience).shown.snapshot
    paths = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    assert len(paths) > 100
    assert [path for path in paths if snapshot.file(path) != (site / path).read_bytes()] == []


@pytest.mark.slow
def test_packs_are_shown_where_a_build_makes_them(
    toy_with_store: Callable[[Path], SiteFolder], tmp_path: Path
) -> None:
    toy = toy_with_store(tmp_path / "toy")
    toy.edit("mkdocs.yml", "  - casebook:\n", "  - casebook:\n      packs: {build: true}\n")
    preview = preview_of(toy)
    toy.build()
    site = toy.root / "site"
    assert (site / "teaching-points/zi-park.pdf").is_file()
    assert differing(preview, site) == []
    toy.edit(RECORD, "怎样合股", "怎样入股")
    preview.take(Changes(records={str(toy.root / RECORD)}))
    toy.build()
    assert differing(preview, site) == []


@pytest.mark.slow
def test_packs_that_cannot_be_made_are_told_and_the_pages_are_shown(toy: SiteFolder) -> None:
    toy.edit("mkdocs.yml", "  - casebook:\n", "  - casebook:\n      packs: {build: true}\n")
    toy.edit(RECORD, "怎样合股", "😀")
    said: list[str] = []
    preview = LiveSite(toy.root / "mkdocs.yml", None, said.append)
    assert "CB801" in "".join(said)
    assert "😀" in (preview.shown.snapshot.file("teaching-points/zi-park.html") or b"").decode()


def differing(preview: LiveSite, site: Path) -> list[str]:
    """The files of a built site that a preview shows otherwise."""
    files = [file for file in site.rglob("*") if file.is_file()]
    shown = preview.shown.snapshot
    return [
        path
        for file in files
        if shown.file(path := file.relative_to(site).as_posix()) != file.read_bytes()
    ]


def test_what_no_build_writes_is_not_there(toy: SiteFolder) -> None:
    snapshot = preview_of(toy).shown.snapshot
    for path in ("nowhere.html", "teaching-points/nobody.html", "../mkdocs.yml", "teaching-points"):
        assert snapshot.file(path) is None


# --- keeping up -----------------------------------------------------------------------------------

FILES = sorted(
    file.relative_to(TOY).as_posix() for file in (TOY / "content/records").rglob("*.yml")
)

steps = st.lists(
    st.tuples(
        st.sampled_from(FILES), st.sampled_from(["remove", "restore", "reword", "relink", "break"])
    ),
    min_size=1,
    max_size=8,
)


def change(folder: SiteFolder, path: str, how: str) -> None:
    """One step of an editor at work."""
    file, original = folder.root / path, (TOY / path).read_text("utf-8")
    if how == "remove":
        file.unlink(missing_ok=True)
    elif how == "restore":
        file.write_text(original, "utf-8")
    elif how == "reword":
        file.write_text(original.replace("。", "，改过。"), "utf-8")
    elif how == "relink":
        links = "见[](record:county/jia)[](record:term/long-tou)[](record:term/long-tou)。"
        file.write_text(original.replace("summary: ", f"summary: {links}"), "utf-8")
    else:
        file.write_text(original + "\nno_such_field: 1\n", "utf-8")


@given(steps=steps, audience=st.sampled_from(["public", "internal"]))
@one_in(3)
def test_after_any_changes_the_content_is_as_if_read_afresh(
    steps: list[tuple[str, str]], audience: str
) -> None:
    with TemporaryDirectory() as root:
        folder = toy_copy(Path(root).resolve() / "toy")
        options = folder.settings(audience)
        content = LiveContent(options)
        content.link()
        for path, how in steps:
            change(folder, path, how)
            content.read_again([str(folder.root / path)])
            site = content.link()
            fresh = load(options)
            assert content.check() == fresh.problems
            if site is not None:
                edition = select(fresh.catalog, options.options.audience)
                kept = site.edition
                assert kept.records == edition.records
                assert kept.backlinks == edition.backlinks
                assert kept.written == edition.written
                assert [*kept] == [*edition]
            if not fresh.problems:
                assert content.good is site


def test_a_folder_that_comes_or_goes_is_read_again(toy: SiteFolder) -> None:
    content = LiveContent(toy.settings())
    content.link()
    shutil.rmtree(toy.root / "content/records/terms")
    content.read_all()
    site = content.link()
    assert site is not None
    assert not site.edition.records["term"]


def test_a_mistake_is_told_over_the_last_good_content(toy: SiteFolder) -> None:
    preview = preview_of(toy)
    before = preview.shown
    preview.take(break_record(toy))
    assert [problem.code for problem in preview.shown.snapshot.problems] == ["CB202"]
    page = "teaching-points/zi-park.html"
    assert preview.shown.snapshot.file(page) == before.snapshot.file(page)
    toy.edit(RECORD, "no_such_field: 1\n", "")
    preview.take(Changes(records={str(toy.root / RECORD)}))
    assert preview.shown.snapshot.problems == ()
    assert preview.shown.number > before.number


def test_a_link_that_leads_nowhere_is_told_too(toy: SiteFolder) -> None:
    preview = preview_of(toy)
    toy.edit(RECORD, "summary: ", "summary: 见[](record:village/nobody)。")
    preview.take(Changes(records={str(toy.root / RECORD)}))
    assert [problem.code for problem in preview.shown.snapshot.problems] == ["CB303"]


def test_a_written_page_and_the_configuration_are_taken_up(toy: SiteFolder) -> None:
    preview = preview_of(toy)
    toy.write("pages/about.md", "# 关于\n\n刚写的一句。\n")
    preview.take(Changes(pages=True))
    assert "刚写的一句" in (preview.shown.snapshot.file("about.html") or b"").decode()
    toy.edit("mkdocs.yml", "site_name: ", "site_name: 新的")
    preview.take(Changes(configuration=True))
    assert "新的" in (preview.shown.snapshot.file("index.html") or b"").decode()


def test_a_configuration_that_is_wrong_changes_nothing(toy: SiteFolder) -> None:
    said: list[str] = []
    preview = LiveSite(toy.root / "mkdocs.yml", None, said.append)
    before = preview.shown
    (toy.root / "mkdocs.yml").write_text("site_name: [", "utf-8")
    preview.take(Changes(configuration=True))
    assert preview.shown is before
    assert said
    assert "mkdocs.yml" in said[-1]


# --- what was saved -------------------------------------------------------------------------------


@pytest.fixture
def watch(toy: SiteFolder, tmp_path: Path) -> Iterator[Watch]:
    """Watches the toy, and a folder of templates."""
    (tmp_path / "templates").mkdir()
    watch = Watch(toy.settings(), toy.root / "mkdocs.yml", tmp_path / "templates")
    yield watch
    watch.stop()


def test_saved_records_are_told_by_name_and_a_burst_at_once(toy: SiteFolder, watch: Watch) -> None:
    files = [toy.write(f"records/terms/new-{number}.yml", "name: 新\n") for number in range(20)]
    assert watch.wait() == Changes(records={str(file) for file in files})


def test_a_renamed_record_is_told_by_both_names(toy: SiteFolder, watch: Watch) -> None:
    file = toy.root / RECORD
    renamed = file.rename(file.with_name("renamed.yml"))
    assert watch.wait() == Changes(records={str(file), str(renamed)})


def test_a_renamed_folder_means_all_records(toy: SiteFolder, watch: Watch) -> None:
    folder = toy.root / "content/records/terms"
    folder.rename(folder.with_name("words"))
    assert watch.wait().all_records


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("toy/content/pages/new.md", Changes(pages=True)),
        ("templates/record.html", Changes(pages=True)),
        ("toy/content/media/new.jpg", Changes(others=True)),
        ("toy/mkdocs.yml", Changes(configuration=True)),
    ],
)
def test_other_files_are_told_by_what_they_are_for(
    path: str, expected: Changes, tmp_path: Path, watch: Watch
) -> None:
    with (tmp_path / path).open("a") as file:
        file.write("\n")
    assert watch.wait() == expected
