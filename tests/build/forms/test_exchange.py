"""Books out of the form and back: shown before anything is written, and every row is told."""

from __future__ import annotations

import io
from urllib.parse import urlencode

import pytest
from openpyxl import Workbook, load_workbook

from casebook_site.webapp.exchange import BookExchange
from tests.build.forms.served import Answer, ServedForms
from tests.unit.editing.workbooks import cell, row_of

TERMS, NEW = "术语", "content/records/terms/xin-ci.yml"
LINE = "content/records/terms/list.yml"


def exported(site: ServedForms) -> Workbook:
    return load_workbook(
        io.BytesIO(BookExchange(site.editor.site, site.editor.scratch).export("term"))
    )


def with_new_term(site: ServedForms) -> Workbook:
    book = exported(site)
    for heading, text in (("名称", "新词"), ("释义", "第一稿")):
        cell(book, TERMS, heading, 5).value = text
    return book


def content_of(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(site: ServedForms, content: bytes, name: str = "book.xlsx", kind: str = "") -> Answer:
    """Choose a file and press the button."""
    parts = [
        f'Content-Disposition: form-data; name="kind"\r\n\r\n{kind}'.encode(),
        f'Content-Disposition: form-data; name="book"; filename="{name}"\r\n\r\n'.encode()
        + content,
    ]
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return site.ask("import", body, **{"Content-Type": "multipart/form-data; boundary=cut"})


def press(site: ServedForms, path: str, **fields: str) -> Answer:
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    return site.ask(path, urlencode({"really": "yes", **fields}).encode(), **head)


def test_a_workbook_is_offered(site: ServedForms) -> None:
    assert "exchange" in site.ask("").text
    assert "export.xlsx" in site.ask("exchange").text
    answer = site.ask("export.xlsx?kind=term")
    assert answer.status == 200
    assert "%E6%9C%AF%E8%AF%AD.xlsx" in answer.headers["Content-Disposition"]
    assert TERMS in exported(site).sheetnames


def test_a_book_is_shown_and_then_written(site: ServedForms) -> None:
    answer = send(site, content_of(with_new_term(site)))
    assert answer.status == 200
    assert "+ 新增 术语 新词（xin-ci）" in answer.text
    assert not (site.folder.root / NEW).exists()
    assert "已改 1 条记录" in press(site, "import/write").text
    assert "释义: 第一稿" in site.text(NEW) or "definition: 第一稿" in site.text(NEW)
    assert site.ask("edit/term/xin-ci").status == 200
    assert site.ask("import/report.xlsx").status == 200
    assert "已退回：导入 book.xlsx" in press(site, "undo").text
    assert not (site.folder.root / NEW).exists()


def test_what_is_wrong_in_a_book_is_told_and_not_written(site: ServedForms) -> None:
    book = with_new_term(site)
    cell(book, TERMS, "参见", 5).value = "没有的词"
    answer = send(site, content_of(book))
    assert answer.status == 409
    assert "没有叫“没有的词”的术语" in answer.text
    assert press(site, "import/write").status == 409
    assert not (site.folder.root / NEW).exists()


@pytest.mark.parametrize(("prefer", "text"), [("files", "文件里的"), ("sheets", "表里的")])
def test_of_what_both_changed_the_editor_decides(site: ServedForms, prefer: str, text: str) -> None:
    book = exported(site)
    cell(book, TERMS, "释义", row_of(book, TERMS, "long-tou")).value = "表里的"
    site.save(site.opened("edit/term/long-tou"), definition="文件里的")
    answer = send(site, content_of(book))
    assert "CB906" not in answer.text
    assert "导出以后，表和文件都改了这一处" in answer.text
    assert press(site, "import/decide", prefer=prefer).status == 200
    press(site, "import/write")
    assert f"definition: {text}" in site.text(LINE)


def test_an_office_s_own_list_comes_in_too(site: ServedForms) -> None:
    book = Workbook()
    assert book.active
    book.active.append(["甲县教学基地名册"])
    book.active.append(["基地名称", "类型", "所属镇街", "联系电话"])
    book.active.append(["红色纪念馆", "党性教育", "丙镇", "13800000000"])
    book.active.append(["合计", "1处"])
    answer = send(site, content_of(book), "名册.xlsx", "teaching-point")
    assert answer.status == 200, answer.text
    assert "+ 新增 基层教学点 红色纪念馆" in answer.text
    assert "第 4 行：合计　1处" in answer.text
    assert "已改 1 条记录" in press(site, "import/write").text
    assert not site.folder.problems()


@pytest.mark.parametrize("name", ["book.xlsx", "../../x.xlsx", "旧.xls", ".csv"])
def test_what_is_no_book_is_told(site: ServedForms, name: str) -> None:
    answer = send(site, b"\x00\x01 no book", name)
    assert answer.status in (200, 409)
    assert "照这样写入" not in answer.text


def test_a_request_without_a_book_is_refused(site: ServedForms) -> None:
    assert press(site, "import").status == 400
    assert site.ask("import", b"", **{"Content-Length": "x"}).status == 400
    assert site.ask("import", b"", **{"Content-Length": "9" * 12}).status == 413
