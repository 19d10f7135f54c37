"""Builds that go on from the last one: the same bytes as a build from nothing, whatever was changed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook_site.base.artifacts import Publication
from casebook_site.engine.incremental import building, remaking
from casebook_site.engine.incremental.own_fields import ON_THE_HOME_PAGE, OWN, RULES_OF_OWN_FIELDS
from casebook_site.mkdocs_adapter.capture import run_mkdocs
from casebook_site.model.editions import has_page
from casebook_site.rules import RULES, CheckInput
from tests.folders import TOY, SiteFolder, toy_copy, tree
from tests.models import KINDS

POINT = "records/teaching-points/zi-park.yml"
LONG_AGO = 1_000_000_000


@pytest.fixture
def built(tmp_path: Path) -> SiteFolder:
    """The toy with its site, built a while ago."""
    return settled_toy(tmp_path / "toy")


def settled_toy(root: Path, audience: str = "public") -> SiteFolder:
    """A built toy whose files are old enough to be told from what will be changed."""
    folder = toy_copy(root)
    folder.edit("mkdocs.yml", "workers: 2", "workers: 1")
    folder.edit("mkdocs.yml", "audience: public", f"audience: {audience}")
    for file in folder.root.rglob("*"):
        os.utime(file, (LONG_AGO, LONG_AGO))
    build(folder)
    return folder


def build(folder: SiteFolder, *options: str) -> str:
    """Builds, which must succeed; returns what it said."""
    done = folder.casebook("build", "-v", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stderr


def built_anew(folder: SiteFolder) -> dict[str, str]:
    """What a build writes that knows of no other."""
    with TemporaryDirectory() as other:
        copy = shutil.copytree(
            folder.root,
            Path(other) / "copy",
            symlinks=True,
            ignore=shutil.ignore_patterns(".*", "site*"),
        )
        build(SiteFolder(copy))
        return tree(site_of(SiteFolder(copy)))


def site_of(folder: SiteFolder) -> Path:
    internal = folder.root / "site-internal"
    return internal if internal.is_dir() else folder.root / "site"


def differing(folder: SiteFolder) -> list[str]:
    """The files of its site that are not what a build from nothing writes."""
    found, wanted = tree(site_of(folder)), built_anew(folder)
    return [path for path in sorted(found.keys() | wanted) if found.get(path) != wanted.get(path)]


@pytest.fixture
def only_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """No full build is to come."""

    monkeypatch.setattr("casebook_site.mkdocs_adapter.capture.run_mkdocs", no_full_build)


def no_full_build(config: Any) -> None:
    raise AssertionError("a full build")


# --- what an edit changes -------------------------------------------------------------------------

OTHER_VALUES: dict[str, Any] = {
    "opened": "2001-05",
    "founded": 2002,
    "capacity": 77,
    "reported_members": 60,
    "steps": [{"title": "改过的一步", "text": "怎样做。"}],
    "year_plans": [{"year": 2024, "ordinary_days": 3, "cadre_days": 4}],
    "measures": [{"title": "改过的做法", "points": [{"title": "要点", "text": "另一句话。"}]}],
}
"""Values for fields that are not written in words."""


def other_value(record: Any, name: str) -> Any:
    """Another value for a field, with the same links."""
    if name in OTHER_VALUES:
        return OTHER_VALUES[name]
    value = getattr(record, name)
    if isinstance(value, tuple):
        return [*value, "改过的一项", "又一项"]
    return f"改过的“{name}”，一句话 <b> & 1+1。{value or ''}"


def records_in(file: Path) -> list[dict[str, Any]]:
    data = yaml.safe_load(file.read_text("utf-8"))
    return data if isinstance(data, list) else [{"id": file.stem, **data}]


def rewritten(file: Path, id: str, changes: dict[str, Any]) -> None:
    """Gives fields of a record other values."""
    data = yaml.safe_load(file.read_text("utf-8"))
    for record in data if isinstance(data, list) else [data]:
        if record.get("id", file.stem) == id:
            record.update(changes)
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_an_edit_of_any_own_field_makes_few_files_and_the_right_ones(
    audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = settled_toy(tmp_path / "toy", audience)
    full: list[Any] = []  # a few: the index of so small a site may get another number of files
    monkeypatch.setattr(
        "casebook_site.mkdocs_adapter.capture.run_mkdocs",
        lambda c: (full.append(c), run_mkdocs(c)),  # type: ignore[func-returns-value]
    )
    monkeypatch.setattr(remaking, "LARGE", 2_000)
    catalog, edition = built.catalog(), built.edition(audience)
    edited = 0
    for kind, fields in OWN.items():
        for file in sorted((built.root / "content/records" / KINDS[kind].folder).iterdir()):
            for id in (record["id"] for record in records_in(file)):
                record = catalog.records[kind][id]
                if id not in edition.records[kind] or not has_page(edition, record):
                    continue
                shown = record.summary and kind not in ON_THE_HOME_PAGE
                names = sorted(fields | {"remarks"} | ({"summary"} if shown else set()))
                names = [name for name in names if not (name == "measures" and linked(record))]
                rewritten(file, id, {name: other_value(record, name) for name in names})
                build(built)
                edited += 1
    assert edited > 15
    assert len(full) < 3
    monkeypatch.undo()
    assert differing(built) == []


def linked(record: Any) -> bool:
    return any(measure.mechanisms for measure in record.measures)


@pytest.mark.parametrize("day", ["2023-01-02", "2023-12-30", "2024-03-02"])
def test_a_date_goes_into_feed_and_site_map(built: SiteFolder, day: str) -> None:
    rewritten(
        built.root / "content" / POINT, "zi-park", {"updated": "2022-05", "summary": "一处。"}
    )
    build(built)
    rewritten(built.root / "content" / POINT, "zi-park", {"updated": day, "summary": "另一处。"})
    assert "full build" not in build(built)
    assert day in (site_of(built) / "feed.xml").read_text("utf-8")
    assert differing(built) == []


def test_edits_of_records_that_list_each_other_go_together(
    built: SiteFolder, only_again: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.edit(f"content/{POINT}", "summary: ", "summary: 改过的，")
    rewritten(built.root / "content/records/townships/bing.yml", "bing", {"about": "改过的概况。"})
    build(built)
    monkeypatch.undo()
    assert differing(built) == []


def test_an_edit_touches_only_the_files_whose_bytes_change(
    built: SiteFolder, only_again: None
) -> None:
    before = tree(site_of(built))
    for file in site_of(built).rglob("*.*"):
        os.utime(file, (LONG_AGO, LONG_AGO))
    built.edit(f"content/{POINT}", "organiser: ", "organiser: 改过的")
    build(built)
    after = tree(site_of(built))
    aged = {path for path in after if (site_of(built) / path).stat().st_mtime == LONG_AGO}
    assert aged == {path for path in after if after[path] == before[path]}
    assert {"teaching-points/zi-park.html", "teaching-points/zi-park.json"} <= after.keys() - aged


def test_where_nothing_changed_nothing_is_done(built: SiteFolder, only_again: None) -> None:
    before = site_of(built).stat()
    assert "已写好" in build(built)
    assert site_of(built).stat() == before


def test_what_only_insiders_see_changes_nothing_in_public(
    built: SiteFolder, only_again: None
) -> None:
    before = tree(site_of(built))
    rewritten(built.root / "content" / POINT, "zi-park", {"remarks": "别的话。"})
    build(built)
    assert tree(site_of(built)) == before


def test_each_way_to_ask_has_a_ledger_of_its_own(built: SiteFolder, only_again: None) -> None:
    assert "a full build" in built.casebook("build", "--audience", "internal").stderr


@pytest.mark.parametrize("kind", OWN)
def test_other_rules_do_not_look_at_own_fields(kind: str) -> None:
    """So that they need not be asked again."""
    catalog = SiteFolder(TOY).catalog()
    blind = {id: record.model_copy() for id, record in catalog.records[kind].items()}
    for record in blind.values():
        for name in OWN[kind]:
            del record.__dict__[name]
    given = CheckInput(
        replace(catalog, records={**catalog.records, kind: blind}), TOY / "content/media"
    )
    for rule in set(RULES) - set(RULES_OF_OWN_FIELDS):
        for record in blind.values():
            if rule.applies_to(type(record)):
                assert list(rule.check(record, given)) == []


# --- everything else is a full build --------------------------------------------------------------

FILES = sorted(
    file.relative_to(TOY).as_posix() for file in (TOY / "content/records").rglob("*.yml")
)
WAYS = ["remove", "restore", "reword", "summary", "relink", "rename", "break", "add", "date"]

edits = st.tuples(st.sampled_from(FILES), st.sampled_from(WAYS))
sessions = st.lists(st.lists(edits, min_size=1, max_size=3), min_size=1, max_size=3)
"""What is changed before one build, before the next, and so on."""


def change(folder: SiteFolder, path: str, how: str) -> None:
    """One step of an editor at work."""
    file, original = folder.root / path, (TOY / path).read_text("utf-8")
    if how == "remove":
        file.unlink(missing_ok=True)
    elif how == "restore":
        file.write_text(original, "utf-8")
    elif how == "reword":
        file.write_text(original.replace("。", "，改过。"), "utf-8")
    elif how == "summary":
        file.write_text(original.replace("summary: ", "summary: 新的一句，繁體字。"), "utf-8")
    elif how == "relink":
        links = "见[](record:county/jia)[](record:term/long-tou)[](record:term/long-tou)。"
        file.write_text(original.replace("summary: ", f"summary: {links}"), "utf-8")
    elif how == "rename":
        file.write_text(original.replace("name: ", "name: 改名的"), "utf-8")
    elif how == "date":
        file.write_text(f"{original}\nupdated: 2023-01-{len(original) % 28 + 1:02}\n", "utf-8")
    elif how == "break":
        file.write_text(original + "\nno_such_field: 1\n", "utf-8")
    else:
        folder.write("records/terms/added.yml", "name: 加上的\ndefinition: 释义。\n")


@given(sessions=sessions)
@settings(max_examples=6)
def test_after_any_changes_the_site_is_as_if_built_from_nothing(
    sessions: list[list[tuple[str, str]]],
) -> None:
    with TemporaryDirectory() as root:
        folder = settled_toy(Path(root).resolve() / "toy")
        good = tree(site_of(folder))
        for session in sessions:
            for path, how in session:
                change(folder, path, how)
            if folder.load().problems:
                assert folder.casebook("build").returncode == 1
                assert tree(site_of(folder)) == good
            else:
                build(folder)
                good = tree(site_of(folder))
        if not folder.load().problems:
            assert differing(folder) == []


@pytest.mark.parametrize("what", ["page", "configuration", "template", "synonyms"])
def test_whatever_else_changes_is_taken_up(built: SiteFolder, what: str) -> None:
    if what == "page":
        built.write("pages/about.md", "# 关于\n\n刚写的一句。\n")
    elif what == "configuration":
        built.edit("mkdocs.yml", "site_name: 示例案例库", "site_name: 改过的名字")
    elif what == "template":
        built.edit("mkdocs.yml", "  name: material", "  name: material\n  custom_dir: own")
        (built.root / "own").mkdir()
        build(built)
        (built.root / "own/404.html").write_text("没有这一页。", "utf-8")
    else:
        built.write("search/synonyms.yml", "groups:\n  - [公园, 园子]\n")
    build(built)
    assert differing(built) == []


def test_a_site_that_somebody_touched_is_made_whole(built: SiteFolder) -> None:
    before = tree(site_of(built))
    (site_of(built) / "about.html").unlink()
    (site_of(built) / "stranger.txt").write_text("?", "utf-8")
    build(built)
    assert tree(site_of(built)) == before


def test_a_folder_that_leads_to_itself_is_no_trap(built: SiteFolder) -> None:
    (built.root / "content/media/loop").symlink_to("..")
    build(built)
    assert differing(built) == []


def test_clean_makes_everything_anew(built: SiteFolder) -> None:
    before = tree(site_of(built))
    (site_of(built) / "about.html").write_text("by hand", "utf-8")
    build(built)
    build(built, "--clean")
    assert tree(site_of(built)) == before


def test_a_configuration_that_reads_elsewhere_is_never_gone_on_from(built: SiteFolder) -> None:
    built.edit("mkdocs.yml", "示例主办单位", "!ENV [PUBLISHER, 主办]")
    build(built)
    assert not any(ledgers(built))


def ledgers(folder: SiteFolder) -> Iterator[Path]:
    return (folder.root / ".casebook/built").glob("*.sqlite")


def test_the_ledger_of_a_site_that_is_gone_goes_too(built: SiteFolder, tmp_path: Path) -> None:
    build(built, "--site-dir", str(tmp_path / "elsewhere"))
    assert len(list(ledgers(built))) == 2
    shutil.rmtree(tmp_path / "elsewhere")
    build(built, "--clean")
    assert len(list(ledgers(built))) == 1


# --- damage ---------------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=6)
def test_a_damaged_ledger_does_no_harm(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = _shared(tmp_path_factory)
    [ledger] = ledgers(folder)
    content = bytearray(ledger.read_bytes())
    for _ in range(data.draw(st.integers(1, 40))):
        content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    ledger.write_bytes(content[: data.draw(st.integers(0, 2)) * len(content)] or b"")
    number = data.draw(st.integers())
    folder.edit(f"content/{POINT}", "organiser: ", f"organiser: {number}、")
    build(folder)
    assert differing(folder) == []


_folders: list[SiteFolder] = []


def _shared(factory: pytest.TempPathFactory) -> SiteFolder:
    """One folder for all examples: each leaves a whole site with a whole ledger."""
    if not _folders:
        _folders.append(settled_toy(factory.mktemp("damaged") / "toy"))
    return _folders[0]


def test_killed_while_files_are_moved_in_the_next_start_completes_it(
    built: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.edit(f"content/{POINT}", "organiser: ", "organiser: 改过的")

    def killed(self: Publication) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Publication, "move_in", killed)
        with pytest.raises(KeyboardInterrupt):
            building.build_again(order_of(built))
    publication = Publication(site_of(built))
    publication.lock()
    publication.abandon()
    assert differing(built) == []
    build(built)
    assert differing(built) == []


def order_of(folder: SiteFolder) -> dict[str, str]:
    config = str(folder.root / "mkdocs.yml")
    return {"config": config, "audience": "", "site_dir": "", "strict": ""}
