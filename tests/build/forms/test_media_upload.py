"""A photo comes by the form: the file and its entry in the record, both or none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.build.forms.served import Answer, ServedForms
from tests.folders import TOY

LINE = "content/records/terms/list.yml"
PHOTO = next((TOY / "content/media").rglob("*.png")).read_bytes()


@pytest.fixture(autouse=True)
def media(site: ServedForms) -> Iterator[None]:
    """Remove what a test has sent."""
    yield
    shutil.rmtree(site.folder.root / "content/media/terms", ignore_errors=True)


def send(
    site: ServedForms,
    content: bytes,
    name: str = "照片 1.PNG",
    path: str = "media/term/long-tou",
    **typed: str,
) -> Answer:
    fields = {"title": "村口的牌子", "credit": "丙镇", **typed}
    parts = [
        f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode()
        for key, value in fields.items()
    ]
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    parts.append(head.encode() + content)
    body = b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"
    return site.ask(path, body, **{"Content-Type": "multipart/form-data; boundary=cut"})


def test_a_photo_stands_in_its_record(site: ServedForms) -> None:
    assert "media/term/long-tou" in site.opened("edit/term/long-tou").text
    assert "拍摄日期" in site.ask("media/term/long-tou").text
    for number in (1, 2):
        assert send(site, PHOTO, date="2022.3").status == 303
        file = site.folder.root / f"content/media/terms/long-tou-0{number}.png"
        assert file.read_bytes() == PHOTO
    (record,) = [r for r in site.folder.catalog() if r.id == "long-tou"]
    assert [medium.title for medium in record.media] == ["村口的牌子"] * 2
    assert str(record.media[0].date) == "2022-03"
    assert site.ask("undo", b"really=yes").status == 200
    assert not file.exists()
    assert site.text(LINE).count("long-tou-0") == 1


@pytest.mark.parametrize(
    ("content", "name", "typed"),
    [
        (b"<html>", "x.png", {}),
        (PHOTO, "x.exe", {}),
        (PHOTO, "x", {}),
        (PHOTO, "", {}),
        (PHOTO, "x.png", {"date": "去年"}),
        (PHOTO, "x.png", {"credit": ""}),
    ],
)
def test_what_cannot_be_taken_comes_back_with_all_that_was_typed(
    site: ServedForms, content: bytes, name: str, typed: dict[str, str]
) -> None:
    before = site.text(LINE)
    answer = send(site, content, name, **typed)
    assert answer.status == 409, answer.text
    assert 'value="村口的牌子"' in answer.text
    assert site.text(LINE) == before
    assert not (site.folder.root / "content/media/terms").exists()


def test_only_records_that_are_there_get_one(site: ServedForms) -> None:
    for path in ("media/term/nobody", "media/nothing/x"):
        assert site.ask(path).status == 404
        assert send(site, PHOTO, path=path).status == 404
    assert site.ask("media/term/long-tou", b"", **{"Content-Length": "9" * 12}).status == 413
