"""`casebook edit` over HTTP: what is saved, what is refused, what others have changed."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pytest

from casebook_site.engine.changes import Changes
from casebook_site.webapp.sessions import ABSENCE
from tests.build.forms.served import PARK, ServedForms
from tests.folders import tree
from tests.unit.forms.browsing import sent

# --- saving ---------------------------------------------------------------------------------------


def test_only_what_was_filled_in_is_written(site: ServedForms) -> None:
    before = tree(site.folder.root / "content")
    text = site.text()
    answer = site.save(site.opened(), organiser="新的合作社", opened="2022年3月")
    assert answer.status == 303
    after = tree(site.folder.root / "content")
    assert {path for path in after if after[path] != before.get(path)} == {
        PARK.removeprefix("content/")
    }
    lines = [line for line in site.text().splitlines() if line not in text.splitlines()]
    assert sorted(lines) == ["opened: 2022-03", "organiser: 新的合作社"]
    assert not site.folder.problems()
    page = site.ask(answer.headers["Location"])
    assert "已保存" in page.text
    assert 'value="新的合作社"' in page.text


@pytest.mark.parametrize("end", ["save", "leave"])
def test_the_page_beside_a_form_is_whole_until_the_browser_has_left_it(
    site: ServedForms, end: str
) -> None:
    form = site.opened()
    page = site.check(form, organiser="新的合作社")["page"]
    assert site.ask(f"{end}/{form.tab}", sent(form.text)).status in (200, 303)
    # What a slow browser asks for only now.
    for path in (page, "media/bing/park-01.png"):
        assert site.ask(f"preview/{form.tab}/{path}").status == 200, path


def test_every_record_is_saved_without_a_change(site: ServedForms) -> None:
    before = tree(site.folder.root / "content")
    for record in site.folder.catalog():
        page = site.opened(f"edit/{record.kind}/{record.id}")
        answer = site.save(page)
        assert answer.status == 303, answer.text
    assert tree(site.folder.root / "content") == before


def test_a_record_in_a_list_is_changed_where_it_stands(site: ServedForms) -> None:
    file = "content/records/villages/list.yml"
    before = site.text(file).splitlines()
    assert site.save(site.opened("edit/village/chou"), about="刚写的。").status == 303
    after = site.text(file).splitlines()
    changed = [line for line in after if line not in before]
    assert changed == [
        line.removesuffix("}") + ", about: 刚写的。}" for line in before if "id: chou" in line
    ]


def test_a_new_record_gets_an_id_of_its_name(site: ServedForms) -> None:
    page = site.opened("new/term")
    assert site.check(page, name="学习强国")["id"] == "xue-xi-qiang-guo"
    answer = site.save(page, name="学习强国", definition="一个词。")
    assert answer.headers["Location"].endswith("edit/term/xue-xi-qiang-guo?saved=1")
    assert "name: 学习强国\n" in site.text("content/records/terms/xue-xi-qiang-guo.yml")
    assert not site.folder.problems()
    assert "学习强国" in site.ask("?" + urlencode({"q": "强国"})).text


def test_a_new_township_gets_a_free_tile(site: ServedForms) -> None:
    cells = [
        "bing, column: 0, row: 0",
        "ding, column: 1, row: 0",
        "canary-township, column: 1, row: 1",
    ]
    layout = "kind: tiles\ncounty: jia\ncells:\n"
    layout += "".join(f"  - {{township: {cell}}}\n" for cell in cells)
    file = site.folder.write("maps/jia.yml", layout)
    page = site.opened("new/township")
    typed = {"name": "新镇", "county": "甲县", "type": "town"}
    assert site.check(page, **typed)["elsewhere"] == []
    assert site.save(page, **typed).status == 303
    assert file.read_text("utf-8").startswith(
        f"{layout}  - {{township: xin-zhen, column: 2, row: 0}}"
    )
    assert not site.folder.problems()


def test_an_empty_form_is_told_what_it_needs(site: ServedForms) -> None:
    answer = site.save(site.opened("new/term"))
    assert answer.status == 422
    assert "缺少必填的名称（name）" in answer.text
    assert "缺少必填的释义（definition）" in answer.text


@pytest.mark.parametrize("id", ["zi-park", "../x", "Con", "index", "a b"])
def test_an_id_that_cannot_be_is_told(site: ServedForms, id: str) -> None:
    before = tree(site.folder.root / "content")
    page = site.opened("new/teaching-point")
    answer = site.save(page, id=id, name="新点", county="甲县", category="产业基地")
    assert answer.status == 422
    assert f"编号“{id}”" in answer.text
    assert tree(site.folder.root / "content") == before


# --- problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "at", "told"),
    [
        ({"name": ""}, "name", "缺少必填的名称"),
        ({"opened": "去年"}, "opened", "看不懂"),
        ({"county": "无此县"}, "county", "没有叫"),
        ({"county": "乙市"}, "township", "CB401"),
        ({"questions__0__question": ""}, "questions-0-question", "缺少必填的题目"),
        ({"about": "[x](record:term/nobody)"}, "about", "nobody"),
        ({"coordinates__longitude": "36", "coordinates__latitude": "118"}, "coordinates", "写反"),
    ],
)  # fmt: skip
def test_a_problem_stands_at_its_input_and_nothing_is_written(
    site: ServedForms, changed: dict[str, str], at: str, told: str
) -> None:
    before = tree(site.folder.root / "content")
    page = site.opened()
    found = site.check(page, **changed)
    assert not found["sound"]
    places = {name: " ".join(texts) for name, texts in found["inputs"].items()}
    assert any(name.startswith(at) for name in places), places
    if not told.startswith("CB"):
        assert told in " ".join(places.values())
    answer = site.save(page, **changed)
    assert answer.status == 422
    assert 'aria-invalid="true"' in answer.text
    assert tree(site.folder.root / "content") == before


def test_what_breaks_another_record_is_told_and_not_written(site: ServedForms) -> None:
    before = tree(site.folder.root / "content")
    page = site.opened("edit/township/bing")
    found = site.check(page, audience="内部")
    assert any("villages/list.yml" in line for line in found["elsewhere"])
    assert site.save(page, audience="内部").status == 422
    assert tree(site.folder.root / "content") == before


def test_problems_of_other_records_are_in_nobodys_way(site: ServedForms) -> None:
    file = site.folder.write("records/terms/broken.yml", "name: 坏的\n")
    site.editor.site.take(Changes(records={str(file)}))
    assert "有错" in site.ask("?q=broken").text
    assert site.save(site.opened(), organiser="照存").status == 303
    broken = site.opened("edit/term/broken")
    assert site.save(broken, name="还是坏的").status == 422
    assert site.save(site.opened("edit/term/broken"), definition="好了。").status == 303
    assert not site.folder.problems()


def test_a_new_configuration_is_followed(site: ServedForms) -> None:
    page = site.opened()
    site.editor.site.take(Changes(configuration=True))
    site.folder.write("records/terms/later.yml", "name: 后写的\ndefinition: 一个词。\n")
    preview = site.editor.site
    preview.take(Changes(all_records=True))
    answer = site.save(page, about="见[](record:term/later)。")
    assert answer.status == 303, answer.text


def test_a_file_that_is_no_yaml_says_where(site: ServedForms) -> None:
    file = site.folder.write("records/terms/broken.yml", "name: [\n")
    site.editor.site.take(Changes(records={str(file)}))
    answer = site.ask("edit/term/broken")
    assert answer.status == 409
    assert "content/records/terms/broken.yml:" in answer.text


def test_text_is_shown_as_text(site: ServedForms) -> None:
    hostile = "\"><script>alert('x')</script>"
    page = site.opened()
    assert site.save(page, organiser=hostile).status == 303
    again = site.opened()
    assert "<script>alert" not in again.text
    assert site.save(again).status == 303
    assert site.folder.catalog().records["teaching-point"]["zi-park"].organiser == hostile  # type: ignore[attr-defined]
    assert "<script>alert" not in site.ask("?q=" + quote(hostile)).text


# --- somebody else --------------------------------------------------------------------------------


def change_on_disk(site: ServedForms, old: str, new: str) -> None:
    """What another editor saves."""
    site.folder.edit(PARK, old, new)


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_filled_in(site: ServedForms) -> None:
    page = site.opened()
    line = next(line for line in site.text().splitlines() if line.startswith("organiser:"))
    visit = next(line for line in site.text().splitlines() if line.startswith("visit_minutes:"))
    change_on_disk(site, line, "organiser: 别人写的")
    change_on_disk(site, visit, "visit_minutes: 75")
    disk = site.text()
    assert json.loads(site.ask(f"state/{page.tab}").text)["changed"]
    answer = site.save(page, organiser="我写的", capacity="99")
    assert answer.status == 409
    assert site.text() == disk
    assert "文件里现在是：别人写的" in answer.text
    assert 'value="我写的"' in answer.text
    assert 'value="75"' in answer.text
    assert 'value="99"' in answer.text
    assert site.save(answer).status == 303
    text = site.text()
    assert all(part in text for part in ("organiser: 我写的", "visit_minutes: 75", "capacity: 99"))


def test_a_stale_form_keeps_a_text_that_means_nothing_yet(site: ServedForms) -> None:
    page = site.opened()
    change_on_disk(site, "name: 子村产业园", "name: 子村新园")
    answer = site.save(page, opened="去年")
    assert answer.status == 409
    assert 'value="去年"' in answer.text
    assert "看不懂" in answer.text
    assert 'value="子村新园"' in answer.text


def test_a_comment_written_meanwhile_is_kept(site: ServedForms) -> None:
    page = site.opened()
    (site.folder.root / PARK).write_text("# 刚写的注释\n" + site.text(), "utf-8")
    assert site.save(page, organiser="我写的").status == 303
    assert site.text().startswith("# 刚写的注释\n")


def test_a_record_that_is_gone_is_told(site: ServedForms) -> None:
    page = site.opened()
    (site.folder.root / PARK).unlink()
    answer = site.save(page, organiser="我写的")
    assert answer.status == 404
    assert "不在文件里了" in answer.text
    assert not (site.folder.root / PARK).exists()


def test_a_second_window_is_noticed_until_it_closes(site: ServedForms) -> None:
    path = "edit/county/yi"  # no other test opens it
    one, other = site.opened(path), site.opened(path)
    state = json.loads(site.ask(f"state/{one.tab}").text)
    assert state == {"changed": False, "others": True}
    assert site.ask(f"leave/{other.tab}", b"").status == 200
    assert not json.loads(site.ask(f"state/{one.tab}").text)["others"]
    third = site.opened(path)
    site.editor.session(third.tab).seen -= ABSENCE
    assert not json.loads(site.ask(f"state/{one.tab}").text)["others"]


def test_a_window_that_one_goes_back_to_still_saves(site: ServedForms) -> None:
    page = site.opened()
    site.ask(f"leave/{page.tab}", b"")
    assert site.save(page, organiser="回来再存").status == 303
    assert site.save(page, organiser="又回来一次").status == 409


def test_of_two_windows_the_second_to_save_is_asked(site: ServedForms) -> None:
    one, other = site.opened(), site.opened()
    assert site.save(one, organiser="第一个").status == 303
    answer = site.save(other, organiser="第二个")
    assert answer.status == 409
    assert "第一个" in answer.text
    assert "organiser: 第一个" in site.text()


# --- the list -------------------------------------------------------------------------------------


def test_records_are_found_by_name_and_kind(site: ServedForms) -> None:
    page = site.ask("?" + urlencode({"q": "子村", "kind": "teaching-point"})).text
    assert "edit/teaching-point/zi-park" in page
    assert "edit/village/" not in page
    assert "没有找到" in site.ask("?q=zzzz&page=99999&kind=nothing").text


def test_names_are_offered_with_what_tells_them_apart(site: ServedForms) -> None:
    assert json.loads(site.ask("names?" + urlencode({"kind": "county", "q": "甲"})).text) == [
        "甲县"
    ]
    found = json.loads(site.ask("names?" + urlencode({"kind": "*", "q": "甲县"})).text)
    assert "县市/甲县" in found
    assert json.loads(site.ask("names?kind=nothing&q=").text) == []
