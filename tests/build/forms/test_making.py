"""Buttons of the form check everything and make the website."""

from __future__ import annotations

from tests.build.forms.served import ServedForms

PRESSED = b"really=yes"


def test_the_website_is_made_where_the_command_makes_it(site: ServedForms) -> None:
    assert "check-all" in site.ask("").text
    answer = site.ask("make-site", PRESSED)
    index = site.folder.root / "site/index.html"
    assert answer.status == 200, answer.text
    assert str(index) in answer.text
    assert index.is_file()
    assert "没有问题" in site.ask("check-all", PRESSED).text
    before = index.read_bytes()
    site.folder.edit("content/records/terms/list.yml", "name: 联村", "name: 联村\n  typo: 1")
    for path in ("check-all", "make-site"):
        answer = site.ask(path, PRESSED)
        assert answer.status == 409
        assert "content/records/terms/list.yml:3:3" in answer.text
    assert index.read_bytes() == before


def test_only_a_button_makes_anything(site: ServedForms) -> None:
    assert site.ask("make-site").status == 405
