"""From draft to sign-off to change to fall-back, by the command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from casebook_site.engine.content import LiveContent
from casebook_site.engine.loading import load
from casebook_site.model.catalog import Key
from casebook_site.model.editions import select
from tests.build.reviews.folder import (
    DAY,
    FILES,
    REVIEW,
    TERM,
    done,
    reviewing,
    settings,
    sign_all,
)
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]
LIAN_CUN = "term/lian-cun"


@pytest.fixture
def folder(site_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> SiteFolder:
    """The small site, of which nothing is signed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return reviewing(site_folder(FILES))


def states(folder: SiteFolder) -> dict[str, str]:
    """Record → state."""
    rows = json.loads(done(folder, "review", "list", "--json"))
    return {row["record"]: row["state"] for row in rows}


def test_what_is_signed_falls_back_when_it_changes(folder: SiteFolder) -> None:
    assert states(folder) == {LIAN_CUN: "open", "term/village": "open", "source/daily": "open"}
    sign_all(folder)
    assert set(states(folder).values()) == {"signed"}
    assert "date: 2026-12-01" in (folder.root / REVIEW).read_text("utf-8").replace('"', "")
    # What only insiders see, another id and the order of fields are not what was signed.
    folder.edit(TERM, "内部的话", "别的内部的话")
    done(folder, "rename", "term", "village", "cun")
    assert set(states(folder).values()) == {"signed"}
    done(folder, "undo")
    assert (folder.root / "content/reviews/terms/village.yml").is_file()
    folder.edit(TERM, "几个村一起", "几个村一起干")
    shown = done(folder, "review", "show", LIAN_CUN)
    assert "2026年12月1日签一校以后改过：释义" in shown
    assert "1. 释义：几个村一起{+干+}。" in shown
    assert states(folder)[LIAN_CUN] == "changed"


@pytest.mark.parametrize(
    ("file", "old", "new", "fields"),
    [
        ("content/records/terms/village.yml", "name: 村", "name: 行政村", ["释义"]),
        ("content/records/sources/daily.yml", "丁市新闻网", "丁市日报", ["来源"]),
    ],
)
def test_what_its_page_says_of_others_is_signed_too(
    folder: SiteFolder, file: str, old: str, new: str, fields: list[str]
) -> None:
    sign_all(folder)
    folder.edit(file, old, new)
    told = json.loads(done(folder, "review", "show", LIAN_CUN, "--json"))
    assert (told["state"], told["changed"]) == ("changed", fields)


def test_the_bytes_of_its_photos_are_signed_too(folder: SiteFolder) -> None:
    photo = folder.write("media/a.pdf", b"%PDF-1.4\n%%EOF\n")
    with (folder.root / TERM).open("a", encoding="utf-8") as file:
        file.write("media:\n  - {file: a.pdf, title: 文件, credit: 本站}\n")
    sign_all(folder)
    photo.write_bytes(b"%PDF-1.5\n%%EOF\n")
    told = json.loads(done(folder, "review", "show", LIAN_CUN, "--json"))
    assert (told["state"], told["changed"]) == ("changed", ["图片与文件"])


def test_signatures_go_in_order_by_other_posts_and_are_taken_back(folder: SiteFolder) -> None:
    sign = ("review", "sign", LIAN_CUN, "--step")
    for command, said in (
        ((*sign, "复审", "--post", "党建办"), "要先签初审"),
        ((*sign, "初申", "--post", "党建办"), "可写：初审、复审、一校"),
        ((*sign, "初审"), "没有写岗位"),
        (("review", "sign", "term/secret", "--step", "初审", "--post", "科"), "只给内部看"),
        (("review", "sign", "--step", "初审", "--post", "科"), "没有写签哪些记录"),
    ):
        refused = folder.casebook(*command)
        assert refused.returncode == 2, command
        assert said in refused.stderr
    assert not (folder.root / "content/reviews").exists()
    done(folder, *sign, "初审", "--post", "组织科")
    first = (folder.root / REVIEW).read_bytes()
    assert "换一个岗位" in folder.casebook(*sign, "复审", "--post", "组织科").stderr
    done(
        folder, "review", "refuse", LIAN_CUN, "--step", "复审", "--post", "党建办", "--note", "不通"
    )
    assert states(folder)[LIAN_CUN] == "refused"
    assert (
        (folder.root / REVIEW).read_text("utf-8").startswith(first.decode().partition("texts")[0])
    )
    assert "已退回：复审退回：联村" in done(folder, "undo")
    assert (folder.root / REVIEW).read_bytes() == first
    done(folder, "undo")
    assert not (folder.root / REVIEW).exists()


def public(folder: SiteFolder, unsigned: str = "refuse") -> set[str]:
    """What the public may see of terms."""
    return {*select(load(settings(folder, unsigned=unsigned)).catalog, "public").records["term"]}


def test_only_what_is_signed_and_due_is_public(folder: SiteFolder) -> None:
    refused = folder.casebook("build")
    assert refused.returncode == 1
    assert refused.stdout.count("CB424") == 3
    assert "content/records/terms/lian-cun.yml:1:7: CB424 联村没有签完" in refused.stdout
    assert done(folder, "check").count("CB4") == 0
    assert public(folder, unsigned="leave_out") == set()
    sign_all(folder)
    folder.edit("content/records/terms/village.yml", "村子", "村庄")
    assert public(folder, unsigned="leave_out") == {"lian-cun"}
    loaded = load(settings(folder))
    assert [problem.code for problem in loaded.unsigned] == ["CB424"]
    assert "2026年12月1日签后改过" in loaded.unsigned[0].message
    assert loaded.released("internal") is loaded
    # What is not due is left out, signed or not.
    done(folder, "review", "days", "term/village", "--from", "2026-12-02")
    assert load(settings(folder)).unsigned == ()
    assert public(folder) == {"lian-cun"}
    done(folder, "review", "days", "term/village", "--from", "2026-11-01", "--until", "2026-12-01")
    assert public(folder) == {"lian-cun"}
    done(folder, "review", "days", "term/village", "--from", "", "--until", "")
    assert public(folder) == {"lian-cun", "village"}


def test_a_day_that_comes_makes_a_site_anew(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Builds twice: what is there on the eve is not what is there on the day."""
    sign_all(folder)
    done(folder, "review", "days", "term/village", "--from", "2026-12-02")
    site = folder.build()
    page = site / "terms/village.html"
    assert (site / "terms/lian-cun.html").is_file()
    assert not page.exists()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(DAY) + 86400))
    folder.build()
    assert page.is_file()
    assert "审校" not in page.read_text("utf-8")


def test_insiders_see_how_far_each_record_is(folder: SiteFolder) -> None:
    from casebook_site.engine.pipeline import site_model
    from casebook_site.outputs.site.records import build_record_page

    done(folder, "review", "sign", LIAN_CUN, "--step", "初审", "--post", "组织科")
    for audience, shown in (("internal", True), ("public", False)):
        site = site_model(load(settings(folder, audience)), settings(folder, audience))
        record = site.edition.get(Key("term", "lian-cun"))
        assert record is not None
        review = build_record_page(site, record).view.review
        assert (review is not None) == shown
        if review:
            assert review.title == "审校：待签"
            assert review.steps[0] == "初审 已签（组织科，2026年12月1日）"
            assert review.steps[1] == "复审 待签"


def test_a_deleted_record_takes_its_signatures_along(folder: SiteFolder) -> None:
    sign_all(folder)
    folder.edit(TERM, "[](record:term/village)", "")
    (folder.root / "term.csv").write_text("编号,名称,释义\n", "utf-8")
    book = folder.root / "t.xlsx"
    done(folder, "export", "--kind", "term", "--out", str(book))
    from openpyxl import load_workbook

    opened = load_workbook(book)
    sheet = next(one for one in opened if any(cell.value == "village" for cell in one["A"]))
    row = next(cell.row for cell in sheet["A"] if cell.value == "village")
    sheet.delete_rows(row)
    opened.save(book)
    done(folder, "import", str(book), "--delete")
    assert not (folder.root / "content/reviews/terms/village.yml").exists()
    assert done(folder, "check")


def test_what_is_watched_is_published_as_a_build_publishes_it(folder: SiteFolder) -> None:
    """A preview shows all; a folder that is kept up with its content refuses, or leaves out."""
    preview = LiveContent(settings(folder))
    site = preview.link()
    assert site is not None
    assert preview.check() == ()
    assert {*site.edition.records["term"]} == {"lian-cun", "village"}
    assert site.reviews is not None
    refusing = LiveContent(settings(folder), publishes=True)
    refusing.link()
    assert {problem.code for problem in refusing.check()} == {"CB424"}
    done(folder, "review", "sign", "--all", "--step", "初审", "--post", "组织科")
    done(folder, "review", "sign", "--all", "--step", "复审", "--post", "党建办")
    done(folder, "review", "sign", "term/village", "--step", "一校", "--post", "组织科")
    leaving = LiveContent(settings(folder, unsigned="leave_out"), publishes=True)
    left = leaving.link()
    assert left is not None
    assert leaving.check() == ()
    assert {*left.edition.records["term"]} == {"village"}
    assert left.reviews is None


def test_packs_and_bundles_refuse_what_is_not_signed(folder: SiteFolder) -> None:
    for command in (("pack", "pack:x"), ("bundle", "all", "--out", str(folder.root / "b"))):
        refused = folder.casebook(*command)
        assert refused.returncode == 1, refused.stderr
        assert refused.stdout.count("CB424") == 3
