"""Reading: files → records with their origins, and every problem on the way."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from casebook_site.base import parallel
from casebook_site.base.parallel import batches, map_batches
from casebook_site.kinds import program_schema
from casebook_site.reading.files import MAX_BYTES
from casebook_site.reading.records import read_records
from casebook_site.records.texts import Term
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

# --- hostile files ------------------------------------------------------------------------------


def test_a_billion_laughs_are_refused_without_being_laughed(site_folder: MakeFolder) -> None:
    lines = ['a: &a ["ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha", "ha"]']
    for name, inner in zip("bcdefghi", "abcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]")
    folder = site_folder({"records/terms/laughs.yml": "\n".join(lines)})
    start = time.perf_counter()
    assert {code for *_, code in folder.problems()} == {"CB108"}
    assert time.perf_counter() - start < 2


def test_a_file_of_fifty_megabytes_is_not_read(site_folder: MakeFolder) -> None:
    folder = site_folder({"records/terms/small.yml": "name: 小\ndefinition: 小。\n"})
    with folder.write("records/terms/huge.yml", "name: x\n").open("ab") as file:
        file.truncate(50_000_000)
    start = time.perf_counter()
    (problem,) = folder.load().problems
    assert (problem.location.path, problem.code) == ("content/records/terms/huge.yml", "CB102")
    assert "50.0 MB" in problem.message
    assert time.perf_counter() - start < 2


def test_a_file_just_below_the_limit_is_read(site_folder: MakeFolder) -> None:
    text = "name: 大\ndefinition: |\n" + "  示例。\n" * 50_000
    text += "  " + "x" * (MAX_BYTES - len(text.encode()) - 3) + "\n"
    assert len(text.encode()) == MAX_BYTES
    assert not site_folder({"records/terms/big.yml": text}).problems()
    assert site_folder({"records/terms/big.yml": text + "x"}).problems() == [
        ("records/terms/big.yml", 1, 1, "CB102")
    ]


# --- files --------------------------------------------------------------------------------------

TERM = "name: 联村\ndefinition: 几个村联合。\n"


def test_an_unreadable_file_is_a_problem(site_folder: MakeFolder) -> None:
    folder = site_folder({"records/terms/good.yml": TERM})
    (folder.root / "content/records/terms/gone.yml").symlink_to("nowhere.yml")
    assert folder.problems() == [("records/terms/gone.yml", 1, 1, "CB101")]


def test_a_missing_records_folder_is_a_problem(site_folder: MakeFolder) -> None:
    folder = site_folder({})
    (folder.root / "content/records").rmdir()
    assert folder.problems() == [("records", 1, 1, "CB101")]


def test_gbk_is_told_with_its_place(site_folder: MakeFolder) -> None:
    text = "name: lian\ndefinition: 联村\n".encode("gbk")
    folder = site_folder({"records/terms/gbk.yml": text})
    (problem,) = folder.load().problems
    assert str(problem.location) == "content/records/terms/gbk.yml:2:13"
    assert problem.code == "CB103"
    assert "GBK" in problem.message


def test_utf_16_and_null_bytes_are_problems(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/terms/wide.yml": TERM.encode("utf-16"),
            "records/terms/nulls.yml": b"name: a\0b\n",
        }
    )
    assert [(path, code) for path, _, _, code in folder.problems()] == [
        ("records/terms/nulls.yml", "CB106"),
        ("records/terms/wide.yml", "CB103"),
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_read(site_folder: MakeFolder) -> None:
    text = b"\xef\xbb\xbf" + TERM.replace("\n", "\r\n").encode()
    folder = site_folder({"records/terms/lian-cun.yml": text})
    assert folder.catalog().records["term"]["lian-cun"].name == "联村"


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "[]\n", "{}\n", "~\n"])
def test_a_file_without_content_is_a_problem(site_folder: MakeFolder, text: str) -> None:
    folder = site_folder({"records/terms/empty.yml": text})
    assert folder.problems() == [("records/terms/empty.yml", 1, 1, "CB104")]


@pytest.mark.parametrize("text", ["只有一句话\n", "12\n", "- 一\n", "- [a]\n"])
def test_a_record_that_is_no_mapping_is_a_problem(site_folder: MakeFolder, text: str) -> None:
    folder = site_folder({"records/terms/odd.yml": text})
    assert [code for *_, code in folder.problems()] == ["CB203"]


def test_editors_droppings_are_passed_over(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/terms/lian-cun.yml": TERM,
            "records/terms/.lian-cun.yml.swp": b"\0\1",
            "records/terms/~$lian-cun.yml": b"\0\1",
            "records/README.md": "怎样写",
            "records/terms/README.md": "怎样写",
            "records/.DS_Store": b"\0",
        }
    )
    assert len(folder.catalog()) == 1


def test_records_may_stand_in_folders_of_their_kind(site_folder: MakeFolder) -> None:
    folder = site_folder({"records/terms/a-c/lian-cun.yml": TERM})
    assert list(folder.catalog().records["term"]) == ["lian-cun"]


def test_several_problems_of_one_record_are_all_told(site_folder: MakeFolder) -> None:
    folder = site_folder({"records/townships/x.yml": "county: 3\ntype: city\nnaem: 丙\n"})
    assert folder.problems() == [
        ("records/townships/x.yml", 1, 1, "CB201"),
        ("records/townships/x.yml", 1, 9, "CB110"),
        ("records/townships/x.yml", 2, 7, "CB204"),
        ("records/townships/x.yml", 3, 1, "CB202"),
    ]


def test_problems_are_sorted_by_file_line_and_column(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {f"records/terms/{stem}.yml": "naem: x\ndefinition: 3\n" for stem in ("b", "a", "c")}
    )
    problems = folder.load().problems
    assert list(problems) == sorted(problems)
    assert [p.location.line for p in problems] == [1, 1, 2] * 3


def test_the_number_of_workers_changes_nothing(toy: SiteFolder) -> None:
    toy.write("records/terms/broken.yml", "naem: x\n")
    first, second = (
        read_records(toy.root / "content/records", toy.root, program_schema(), workers=n)
        for n in (1, 2)
    )
    assert first == second


def test_a_file_read_again_after_an_edit_has_its_new_places(site_folder: MakeFolder) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\ndefinition: 释义。\nnaem: x\n"})
    assert folder.problems() == [("records/terms/a.yml", 3, 1, "CB202")]
    folder.write("records/terms/a.yml", "# 新的一行\nname: 甲\ndefinition: 释义。\nnaem: x\n")
    assert folder.problems() == [("records/terms/a.yml", 4, 1, "CB202")]


# --- one fault does not drag others behind it -----------------------------------------------------


def test_a_link_to_a_record_that_could_not_be_read_is_no_second_problem(
    site_folder: MakeFolder,
) -> None:
    folder = site_folder(
        {
            "records/counties/jia.yml": "name: 甲县\nprefecture: 示例市\n",
            "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
            "pages/about.md": "[](record:county/jia)\n",
        }
    )
    assert folder.problems() == [("records/counties/jia.yml", 1, 1, "CB201")]


def test_a_link_to_a_broken_item_of_a_list_is_no_second_problem(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/counties/list.yml": "- {id: jia, name: 甲县, prefecture: 示例市}\n",
            "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
        }
    )
    assert folder.problems() == [("records/counties/list.yml", 1, 3, "CB201")]


def test_links_into_a_list_that_cannot_be_parsed_are_no_problems(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/counties/list.yml": "- {id: jia, name: no, province: 省, prefecture: 市}\n",
            "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
        }
    )
    assert folder.problems() == [("records/counties/list.yml", 1, 19, "CB110")]


def test_an_unread_file_does_not_hide_a_broken_link_to_another_kind(
    site_folder: MakeFolder,
) -> None:
    folder = site_folder(
        {
            "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
            "records/terms/bing.yml": "name: 丙\n",
            "records/villages/zi.yml": "name: 子村\ntownship: bing\n",
        }
    )
    assert folder.problems() == [
        ("records/terms/bing.yml", 1, 1, "CB201"),
        ("records/villages/zi.yml", 2, 11, "CB301"),
    ]


# --- work over processes --------------------------------------------------------------------------


def test_batches_keep_order_and_size() -> None:
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(batches([], 2)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_items(workers: int) -> None:
    assert list(map_batches(sum, range(100), size=7, workers=workers)) == [
        sum(batch) for batch in batches(range(100), 7)
    ]


def test_processes_are_made_anew_after_their_lifetime_and_order_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "_may_fork", lambda: True)  # beside a thread of the tests' own
    results = list(map_batches(_who, range(60), size=5, workers=2, lifetime=3))
    assert [numbers for numbers, _ in results] == list(batches(range(60), 5))
    generations = [{process for _, process in three} for three in batches(results, 3)]
    for one, next_one in pairwise(generations):
        assert not one & next_one


def _who(numbers: list[int]) -> tuple[list[int], int]:
    return numbers, os.getpid()


def test_paths_are_relative_to_the_site(toy: SiteFolder, tmp_path: Path) -> None:
    toy.write("records/terms/broken.yml", "naem: x\n")
    assert all(not p.location.path.startswith(str(tmp_path)) for p in toy.load().problems)


@pytest.mark.parametrize(
    ("first", "second"), [("厚", "德"), ("𠅤", "𫚭"), ("𠅤", "德"), ("厚", "𫚭")]
)
@pytest.mark.parametrize(
    "style", [">-\n  {}\n  {}\n", "{}\n  {}\n", '"{}\n  {}"\n', "'{}\n  {}'\n"]
)
def test_lines_of_chinese_are_folded_without_a_space(
    site_folder: MakeFolder, style: str, first: str, second: str
) -> None:
    text = f"name: 乙\ndefinition: {style.format(first, second)}"
    term = site_folder({"records/terms/yi.yml": text}).catalog().of(Term)["yi"]
    assert term.definition == first + second
