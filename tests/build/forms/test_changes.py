"""The form renames and deletes records, shows first what links to them, and takes both back."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.build.forms.served import Answer, ServedForms

TERMS = "content/records/terms/list.yml"


def post(site: ServedForms, path: str, **fields: str) -> Answer:
    return site.ask(path, urlencode({"really": "yes", **fields}).encode())


def test_a_page_shows_what_links_to_a_record(site: ServedForms) -> None:
    assert "change/term/long-tou" in site.opened("edit/term/long-tou").text
    text = site.ask("change/term/long-tou").text
    assert "edit/term/lian-cun" in text
    assert "术语，释义" in text
    assert "术语，参见" in text


def test_a_record_that_others_link_to_stays(site: ServedForms) -> None:
    before = site.text(TERMS)
    answer = post(site, "delete/term/long-tou")
    assert answer.status == 409
    assert f"{TERMS}:3:" in answer.text
    assert site.text(TERMS) == before


def test_a_record_is_deleted_and_comes_back(site: ServedForms) -> None:
    site.save(site.opened("new/term"), name="独词", definition="一个词。")
    file = site.folder.root / "content/records/terms/du-ci.yml"
    before = file.read_bytes()
    assert "没有别的记录写到它" in site.ask("change/term/du-ci").text
    assert post(site, "delete/term/du-ci").status == 303
    assert not file.exists()
    assert site.ask("edit/term/du-ci").status == 404
    assert "已退回：删除术语“独词”" in post(site, "undo").text
    assert file.read_bytes() == before
    assert site.ask("edit/term/du-ci").status == 200
    assert post(site, "undo").status == 409


def test_a_record_gets_another_id_with_all_links(site: ServedForms) -> None:
    answer = post(site, "rename/term/long-tou", new_id="lead")
    assert answer.headers["Location"].endswith("edit/term/lead?saved=1")
    assert "see_also: [lead, canary-term]" in site.text(TERMS)
    assert site.ask("edit/term/lead").status == 200
    assert not site.folder.problems()


@pytest.mark.parametrize("id", ["", "lian-cun", "../x", "大写"])
def test_an_id_that_cannot_be_comes_back_with_what_was_typed(site: ServedForms, id: str) -> None:
    before = site.text(TERMS)
    answer = post(site, "rename/term/long-tou", new_id=id)
    assert answer.status == 409
    assert f'value="{id}"' in answer.text
    assert site.text(TERMS) == before


def test_only_records_that_may_change_are_offered(site: ServedForms) -> None:
    assert "change/category" not in site.opened("edit/category/village").text
    assert site.ask("change/category/village").status == 404
    assert site.ask("change/term/nobody").status == 404
    assert site.ask("delete/term/lian-cun", b"").status == 404
    assert site.ask("delete/term/lian-cun").status == 405
