"""Words, marks and numerals that a site does not write, and what looks like them and is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebook_site.domain.slips import Checker, NearNames
from casebook_site.domain.wording import (
    Phrase,
    Word,
    Wording,
    WordingException,
    program_wording,
    read_wording,
)
from tests.folders import SiteFolder

NAMES = NearNames.of(
    ["联村党委", "四议两公开", "三级党校教育体系", "党员教育基地", "短名", "Casebook"],
    ["西张庄村", "党性教育", "党员教育基底"],
)
OWN = Checker(program_wording(), NAMES)


def found(text: str, checker: Checker = OWN) -> list[tuple[str, str]]:
    return [(slip.text, slip.use) for slip in checker.slips(text)]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("镇党委布署工作", [("布署", "部署")]),
        ("召开坐谈会，再接再励。", [("坐谈会", "座谈会"), ("再接再励", "再接再厉")]),
        ("村长和村官", [("村长", "村主任"), ("村官", "村干部")]),
        ("大学生村官到村任职", []),
        ("开展工作,一年完成。", [(",", "，")]),
        ("一年完成:", [(":", "：")]),
        ("（一）地址(示意)", [("(", "（"), (")", "）")]),
        ("面积12,000平方米，时间9:00", []),
        ("使用 Excel, WPS 都可以", []),
        ("完成了。。", [("。。", "")]),
        ("完成了，。", [("，", "")]),
        ("等等...", [("...", "")]),
        ("等等……——", []),
        ('他说"好"。', [('"', ""), ('"', "")]),
        ("三、四个村", [("三、四", "")]),
        ("三四个村，第三、第四村", []),
        ("三、加强领导", []),
        ("二0二二年", [("二0二二", "")]),
        ("二〇二二年，2020年，一万零五", []),
        ("约16000余人", [("约16000余", "")]),
        ("约50人左右", [("约50人左右", "")]),
        ("16000余人，约50人", []),
        ("政府、党委", [("政府、党委", "")]),
        ("党委、人大、政府、政协，县委、县政府", []),
        ("县政府、县委都很重视", [("县政府、县委都很重视", "")]),
        ("学习二十大精神", [("二十大", "党的二十大")]),
        ("学习党的二十大精神，二十大以来", []),
        ("见 https://example.org/布署,a 和 `布署`", []),
        ("[部署](record:term/a,b)", []),
    ],
)
def test_a_text_is_looked_through(text: str, slips: list[tuple[str, str]]) -> None:
    assert found(text) == slips


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("成立联村常委以后", "联村党委"),
        ("按四仪两公开办", "四议两公开"),
        ("三级党校教肓体系", "三级党校教育体系"),
        ("三级党校叫育体系", "三级党校教育体系"),
        ("联村党总支", ""),
        ("联合党委", ""),
        ("党员教育基底", ""),
        ("党性教育", ""),
        ("“联村常委”原文如此", ""),
        ("短命", ""),
    ],
)
def test_what_is_nearly_a_term_is_told(text: str, name: str) -> None:
    checker = Checker(Wording(names=True), NAMES)
    assert [use for _, use in found(text, checker)] == ([name] if name else [])


def test_what_is_excepted_stays() -> None:
    word = Word(avoid="布署", use="部署", why="例")
    for at, here, elsewhere in (("term/a", [], ["布署"]), (None, [], [])):
        exception = WordingException(text="布署", at=at, reason="引文原样")
        checker = Checker(Wording(words=(word,), exceptions=(exception,)), NAMES)
        assert [slip.text for slip in checker.slips("布署", "term/a")] == here
        assert [slip.text for slip in checker.slips("布署", "term/b")] == elsewhere


def test_a_name_may_stand_in_full_anywhere_in_the_record() -> None:
    phrase = Phrase(short="三会一课", full=("三会一课制度",), why="例")
    checker = Checker(Wording(phrases=(phrase,)), NAMES)
    assert list(checker.slips("三会一课", whole="三会一课\n按三会一课制度")) == []
    assert [slip.use for slip in checker.slips("三会一课")] == ["三会一课制度"]


def test_a_site_adds_to_the_list_or_takes_its_place(tmp_path: Path) -> None:
    file = tmp_path / "wording.yml"
    assert read_wording(file, tmp_path).wording is program_wording()
    file.write_text("punctuation: false\nwords:\n- {avoid: 甲乙, use: 丙丁, why: 例}\n", "utf-8")
    more = read_wording(file, tmp_path).wording
    assert found("甲乙,布署", Checker(more, NAMES)) == [("甲乙", "丙丁"), ("布署", "部署")]
    file.write_text("mode: replace\nwords:\n- {avoid: 甲乙, use: 丙丁, why: 例}\n", "utf-8")
    other = read_wording(file, tmp_path).wording
    assert found("甲乙,布署", Checker(other, NAMES)) == [("甲乙", "丙丁")]


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("- 甲\n", 1, "CB203"),
        ("words:\n- {avoid: 甲乙, use: 丙丁, why: 例, unles: [a]}\n", 2, "CB202"),
        ("words:\n- {avoid: 甲乙, use: 丙丁}\n", 2, "CB201"),
        ("words:\n- {avoid: 甲, use: 丙丁, why: 例}\n", 2, "CB203"),
        ("words:\n- {avoid: 甲乙, use: 丙, why: 例, level: fatal}\n", 2, "CB204"),
        ("words: [\n", 2, "CB106"),
    ],
)
def test_a_mistake_in_the_list_is_told(tmp_path: Path, text: str, line: int, code: str) -> None:
    (tmp_path / "wording.yml").write_text(text, "utf-8")
    problem = read_wording(tmp_path / "wording.yml", tmp_path).problems[0]
    assert (problem.location.line, problem.code) == (line, code)


def test_the_programs_own_list_says_where_each_entry_is_from() -> None:
    words = program_wording().words
    assert len({word.avoid for word in words}) == len(words) > 40
    assert all(len(word.why) > 3 and word.level == "advice" for word in words)
    assert all(not found(word.use) or word.avoid in word.use for word in words)


def test_an_error_stops_a_build_and_advice_does_not(toy: SiteFolder) -> None:
    toy.write("pages/extra.md", "# 布署\n\n正文布署。\n\n```\n布署\n```\n")
    done = toy.casebook("check")
    assert done.returncode == 0, done.stdout
    assert "content/pages/extra.md:1:3: CB412" in done.stdout
    assert "content/pages/extra.md:3:3: CB412" in done.stdout
    assert "extra.md:6" not in done.stdout
    assert "提醒" in done.stderr
    assert toy.casebook("check", "--no-advice").stdout == ""
    toy.write("wording.yml", "words:\n- {avoid: 布署, use: 部署, why: 错别字, level: error}\n")
    done = toy.casebook("build")
    assert done.returncode == 1
    assert "content/pages/extra.md:3:3: CB412" in done.stdout
