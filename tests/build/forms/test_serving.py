"""`casebook edit` over HTTP: who is answered, what is saved, what is refused."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from casebook_site.engine.changes import Changes
from casebook_site.webapp.forms.serving import MAX_BODY, FormServer
from casebook_site.webapp.forms.workbench import ABSENCE, Workbench
from casebook_site.webapp.preview.serving import Preview
from tests.folders import TOY, SiteFolder, toy_copy, tree
from tests.unit.forms.browsing import sent

PARK = "content/records/teaching-points/zi-park.yml"


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Any
    text: str

    @property
    def tab(self) -> str:
        """The window that a form belongs to."""
        match = re.search(r'data-tab="([^"]+)"', self.text)
        assert match, self.text
        return match[1]


@dataclass
class Desk:
    """A server over a copy of the toy, and one who asks it."""

    folder: SiteFolder
    server: FormServer

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Asks as the server's own pages do, unless headers say otherwise."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=30)
        known = {"Origin": self.server.origin} if body is not None else {}
        sent_headers = {name: value for name, value in (known | headers).items() if value}
        method = "GET" if body is None else "POST"
        if not path.startswith("/"):
            path = self.server.base + path
        connection.request(method, path, body, sent_headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answer(answer.status, answer.headers, text)

    def opened(self, path: str = "edit/teaching-point/zi-park") -> Answer:
        """A form that opens."""
        answer = self.ask(path)
        assert answer.status == 200, answer.text
        return answer

    def save(self, page: Answer, **changed: str) -> Answer:
        """Presses the button of a form."""
        return self.ask(f"save/{page.tab}", sent(page.text, **changed))

    def check(self, page: Answer, **changed: str) -> dict[str, Any]:
        """What the form says while somebody types."""
        answer = self.ask(f"check/{page.tab}", sent(page.text, **changed))
        assert answer.status == 200, answer.text
        found: dict[str, Any] = json.loads(answer.text)
        return found

    def text(self, path: str = PARK) -> str:
        """A file of the site's folder."""
        return (self.folder.root / path).read_text("utf-8")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The form of a copy of the toy, which nobody watches for changes."""
    folder = toy_copy(tmp_path_factory.mktemp("forms").resolve() / "toy")
    server = FormServer(0, Workbench(Preview(folder.root / "mkdocs.yml", None, lambda _: None)))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield Desk(folder, server)
    server.shutdown()
    server.server_close()
    server.bench.close()


@pytest.fixture
def site(started: Desk) -> Iterator[Desk]:
    """The same for each test: what a test has changed is put back."""
    yield started
    records, content = started.folder.root / "content/records", started.server.bench.preview.content
    if tree(records) != tree(TOY / "content/records"):
        shutil.rmtree(records)
        shutil.copytree(TOY / "content/records", records)
        content.read_all()
        content.link()
        content.check()


# --- who is answered ------------------------------------------------------------------------------


def test_only_who_knows_the_token_is_answered(site: Desk) -> None:
    assert site.server.server_address[0] == "127.0.0.1"
    assert site.ask("").status == 200
    for path in ("/", "/edit/teaching-point/zi-park", "/x" * 12, f"{site.server.base[:-2]}/", "//"):
        answer = site.ask(path)
        assert answer.status == 403, path
        assert site.server.token not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "localhost:1", "127.0.0.1", "127.0.0.1.evil:80"])
def test_only_this_machine_by_its_name_is_answered(site: Desk, host: str) -> None:
    assert site.ask("", Host=host).status == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])  # fmt: skip
def test_a_page_of_another_origin_changes_and_reads_nothing(site: Desk, origin: str) -> None:
    page, before = site.opened(), tree(site.folder.root / "content")
    body = sent(page.text, name="别的网页")
    for path in (f"save/{page.tab}", f"check/{page.tab}", f"leave/{page.tab}"):
        assert site.ask(path, body, Origin=origin).status == 403
        assert site.ask(path, body, Origin="", Referer=f"{origin}/x").status == 403
    assert site.ask(f"save/{page.tab}", body, Origin="").status == 403
    assert site.ask("names?kind=village&q=", Origin=origin).status == 403
    assert tree(site.folder.root / "content") == before


def test_a_browser_that_sends_only_a_referer_may_save(site: Desk) -> None:
    page = site.opened()
    body = sent(page.text, organiser="老浏览器")
    answer = site.ask(f"save/{page.tab}", body, Origin="", Referer=site.server.address)
    assert answer.status == 303


def test_no_page_lets_itself_be_framed_or_run_scripts_of_others(site: Desk) -> None:
    policy = site.ask("").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert site.ask("").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_unknown(site: Desk, method: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.server.server_port, timeout=30)
    connection.request(method, site.server.base, headers={"Origin": site.server.origin})
    assert connection.getresponse().status == 501


@pytest.mark.parametrize(
    "path",
    [
        "static/../../pyproject.toml", "static/%2e%2e/form.html", "static/form.html", "edit/teaching-point/..%2f..%2fx",
        "edit/teaching-point/../../mkdocs", "edit/nothing/x", "edit/teaching-point/", "new/category", "new/nothing",
        "preview/nobody/index.html", "state/nobody", "edit/village/all", "edit/teaching-point/%00", "x",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site: Desk, path: str) -> None:
    assert site.ask(path).status == 404


def test_a_preview_reaches_no_file_beside_the_site(site: Desk) -> None:
    page = site.opened()
    shown = site.check(page)["page"]
    assert "子村产业园" in site.ask(f"preview/{page.tab}/{shown}").text
    for path in ("../mkdocs.yml", "..%2f..%2fmkdocs.yml", "%2fetc%2fpasswd", "content/records"):
        assert site.ask(f"preview/{page.tab}/{path}").status == 404


@pytest.mark.parametrize(
    ("body", "length", "status"),
    [
        (b"a=%FF", None, 400), (b"x" * 10, str(MAX_BODY + 1), 413), (b"", "x", 413), (b"", "-1", 413),
        (b"&".join([b"a=1"] * 6000), None, 400), (b"sources-%C2%B2=1", None, 400),
    ],
)  # fmt: skip
def test_hostile_bodies_are_refused(
    site: Desk, body: bytes, length: str | None, status: int
) -> None:
    page = site.opened()
    headers = {"Content-Length": length} if length else {}
    assert site.ask(f"save/{page.tab}", body, **headers).status == status


# --- saving ---------------------------------------------------------------------------------------


def test_only_what_was_filled_in_is_written(site: Desk) -> None:
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


def test_every_record_is_saved_without_a_change(site: Desk) -> None:
    before = tree(site.folder.root / "content")
    for record in site.folder.catalog():
        page = site.opened(f"edit/{record.kind}/{record.id}")
        answer = site.save(page)
        assert answer.status == 303, answer.text
    assert tree(site.folder.root / "content") == before


def test_a_record_in_a_list_is_changed_where_it_stands(site: Desk) -> None:
    file = "content/records/villages/list.yml"
    before = site.text(file).splitlines()
    assert site.save(site.opened("edit/village/chou"), about="刚写的。").status == 303
    after = site.text(file).splitlines()
    changed = [line for line in after if line not in before]
    assert changed == [
        line.removesuffix("}") + ", about: 刚写的。}" for line in before if "id: chou" in line
    ]


def test_a_new_record_gets_an_id_of_its_name(site: Desk) -> None:
    page = site.opened("new/term")
    assert site.check(page, name="学习强国")["id"] == "xue-xi-qiang-guo"
    answer = site.save(page, name="学习强国", definition="一个词。")
    assert answer.headers["Location"].endswith("edit/term/xue-xi-qiang-guo?saved=1")
    assert "name: 学习强国\n" in site.text("content/records/terms/xue-xi-qiang-guo.yml")
    assert not site.folder.problems()
    assert "学习强国" in site.ask("?" + urlencode({"q": "强国"})).text


def test_an_empty_form_is_told_what_it_needs(site: Desk) -> None:
    answer = site.save(site.opened("new/term"))
    assert answer.status == 422
    assert "缺少必填的名称（name）" in answer.text
    assert "缺少必填的释义（definition）" in answer.text


@pytest.mark.parametrize("id", ["zi-park", "../x", "Con", "index", "a b"])
def test_an_id_that_cannot_be_is_told(site: Desk, id: str) -> None:
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
        ({"questions__0__answer": ""}, "questions-0-answer", "缺少必填的答案"),
        ({"about": "[x](record:term/nobody)"}, "about", "nobody"),
        ({"coordinates__longitude": "36", "coordinates__latitude": "118"}, "coordinates", "写反"),
    ],
)  # fmt: skip
def test_a_problem_stands_at_its_input_and_nothing_is_written(
    site: Desk, changed: dict[str, str], at: str, told: str
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


def test_what_breaks_another_record_is_told_and_not_written(site: Desk) -> None:
    before = tree(site.folder.root / "content")
    page = site.opened("edit/township/bing")
    found = site.check(page, audience="内部")
    assert any("villages/list.yml" in line for line in found["elsewhere"])
    assert site.save(page, audience="内部").status == 422
    assert tree(site.folder.root / "content") == before


def test_problems_of_other_records_are_in_nobodys_way(site: Desk) -> None:
    file = site.folder.write("records/terms/broken.yml", "name: 坏的\n")
    site.server.bench.preview.take(Changes(records={str(file)}))
    assert "有错" in site.ask("?q=broken").text
    assert site.save(site.opened(), organiser="照存").status == 303
    broken = site.opened("edit/term/broken")
    assert site.save(broken, name="还是坏的").status == 422
    assert site.save(site.opened("edit/term/broken"), definition="好了。").status == 303
    assert not site.folder.problems()


def test_a_new_configuration_is_followed(site: Desk) -> None:
    page = site.opened()
    site.server.bench.preview.take(Changes(configuration=True))
    site.folder.write("records/terms/later.yml", "name: 后写的\ndefinition: 一个词。\n")
    preview = site.server.bench.preview
    preview.take(Changes(all_records=True))
    answer = site.save(page, about="见[](record:term/later)。")
    assert answer.status == 303, answer.text


def test_a_file_that_is_no_yaml_says_where(site: Desk) -> None:
    file = site.folder.write("records/terms/broken.yml", "name: [\n")
    site.server.bench.preview.take(Changes(records={str(file)}))
    answer = site.ask("edit/term/broken")
    assert answer.status == 409
    assert "content/records/terms/broken.yml:" in answer.text


def test_text_is_shown_as_text(site: Desk) -> None:
    hostile = "\"><script>alert('x')</script>"
    page = site.opened()
    assert site.save(page, organiser=hostile).status == 303
    again = site.opened()
    assert "<script>alert" not in again.text
    assert site.save(again).status == 303
    assert site.folder.catalog().records["teaching-point"]["zi-park"].organiser == hostile  # type: ignore[attr-defined]
    assert "<script>alert" not in site.ask("?q=" + quote(hostile)).text


# --- somebody else --------------------------------------------------------------------------------


def change_on_disk(site: Desk, old: str, new: str) -> None:
    """What another editor saves."""
    site.folder.edit(PARK, old, new)


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_filled_in(site: Desk) -> None:
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


def test_a_stale_form_keeps_a_text_that_means_nothing_yet(site: Desk) -> None:
    page = site.opened()
    change_on_disk(site, "name: 子村产业园", "name: 子村新园")
    answer = site.save(page, opened="去年")
    assert answer.status == 409
    assert 'value="去年"' in answer.text
    assert "看不懂" in answer.text
    assert 'value="子村新园"' in answer.text


def test_a_comment_written_meanwhile_is_kept(site: Desk) -> None:
    page = site.opened()
    (site.folder.root / PARK).write_text("# 刚写的注释\n" + site.text(), "utf-8")
    assert site.save(page, organiser="我写的").status == 303
    assert site.text().startswith("# 刚写的注释\n")


def test_a_record_that_is_gone_is_told(site: Desk) -> None:
    page = site.opened()
    (site.folder.root / PARK).unlink()
    answer = site.save(page, organiser="我写的")
    assert answer.status == 404
    assert "不在文件里了" in answer.text
    assert not (site.folder.root / PARK).exists()


def test_a_second_window_is_noticed_until_it_closes(site: Desk) -> None:
    path = "edit/county/yi"  # no other test opens it
    one, other = site.opened(path), site.opened(path)
    state = json.loads(site.ask(f"state/{one.tab}").text)
    assert state == {"changed": False, "others": True}
    assert site.ask(f"leave/{other.tab}", b"").status == 200
    assert not json.loads(site.ask(f"state/{one.tab}").text)["others"]
    third = site.opened(path)
    site.server.bench.tab(third.tab).seen -= ABSENCE
    assert not json.loads(site.ask(f"state/{one.tab}").text)["others"]


def test_a_window_that_one_goes_back_to_still_saves(site: Desk) -> None:
    page = site.opened()
    site.ask(f"leave/{page.tab}", b"")
    assert site.save(page, organiser="回来再存").status == 303
    assert site.save(page, organiser="又回来一次").status == 409


def test_of_two_windows_the_second_to_save_is_asked(site: Desk) -> None:
    one, other = site.opened(), site.opened()
    assert site.save(one, organiser="第一个").status == 303
    answer = site.save(other, organiser="第二个")
    assert answer.status == 409
    assert "第一个" in answer.text
    assert "organiser: 第一个" in site.text()


# --- the list -------------------------------------------------------------------------------------


def test_records_are_found_by_name_and_kind(site: Desk) -> None:
    page = site.ask("?" + urlencode({"q": "子村", "kind": "teaching-point"})).text
    assert "edit/teaching-point/zi-park" in page
    assert "edit/village/" not in page
    assert "没有找到" in site.ask("?q=zzzz&page=99999&kind=nothing").text


def test_names_are_offered_with_what_tells_them_apart(site: Desk) -> None:
    assert json.loads(site.ask("names?" + urlencode({"kind": "county", "q": "甲"})).text) == [
        "甲县"
    ]
    found = json.loads(site.ask("names?" + urlencode({"kind": "*", "q": "甲县"})).text)
    assert "县市/甲县" in found
    assert json.loads(site.ask("names?kind=nothing&q=").text) == []
