"""What is taken back from a bundle, and what the command makes of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import minisign
import openpyxl
import pytest

from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.layout import RETURN, inner
from casebook_site.outputs.bundles.making import Bundle
from casebook_site.outputs.bundles.signing import Signer
from casebook_site.outputs.bundles.single import write_single
from tests.build.bundles.test_branch import branch_builder as branch_builder
from tests.folders import SiteFolder
from tests.unit.editing.returns import payload, saved

CLASS = "content/records/training-classes/spring.yml"


def known(bundle: Bundle) -> Any:
    """Return what the page that is taken back knows."""
    page = bundle.files[inner(RETURN)].raw.decode()
    return json.loads(re.findall(r'id="return-known">(.*?)</script>', page)[0])


def rows(book: Path, sheet: str) -> list[tuple[object, ...]]:
    """Return the rows of a sheet below its head."""
    return list(openpyxl.load_workbook(book)[sheet].iter_rows(min_row=2, values_only=True))


def test_the_page_asks_of_what_was_taught_and_says_that_nobody_is_named(
    branch_builder: Any,
) -> None:
    bundle = branch_builder.bundle(Scope("village", "zi"))
    page = bundle.files[inner(RETURN)].raw.decode()
    assert "没有姓名" in page
    asked = re.findall(r'data-cb-item="([^"]*)"', page)
    assert asked == ["学习党章", "现场教学", "组织和服务"]
    data = known(bundle)
    assert data["bundle"]["version"] == bundle.manifest.version
    assert data["bundle"]["signature"] == ""
    assert "teaching-point/zi-park" in data["records"]


def test_one_file_leads_nowhere_to_take_back(branch_builder: Any, tmp_path: Path) -> None:
    write_single(branch_builder, Scope("village", "zi"), tmp_path / "zi.html")
    assert "带回去" not in (tmp_path / "zi.html").read_text("utf-8")


@pytest.fixture
def folder(toy: SiteFolder) -> Path:
    """A folder with return files of two machines, and one that was changed."""
    folder = toy.root / "U盘"
    (folder / "子村").mkdir(parents=True)
    (folder / "子村/return-1.json").write_bytes(saved(payload()))
    (folder / "return-2.json").write_bytes(saved(payload(machine="f" * 16)))
    changed = saved(payload(machine="e" * 16)).replace(b'\\"very\\": 1', b'\\"very\\": 9')
    (folder / "changed.json").write_bytes(changed)
    return folder


def test_a_folder_becomes_a_sheet_of_counts(toy: SiteFolder, folder: Path) -> None:
    before = (toy.root / CLASS).read_bytes()
    done = toy.casebook("collect", "U盘")
    assert done.returncode == 0, done.stderr
    assert "算了 2 个" in done.stderr
    assert "改动过" in done.stdout
    book = toy.root / "回执.xlsx"
    assert rows(book, "培训班")[0][2:] == (4, "学习党章", 2, 2, 0, 0, "100%")
    assert ("基层教学点", "子村产业园", 4, 0, 0, 0, "100%") in rows(book, "课程、教学点、师资")
    assert rows(book, "自测题") == [("课程", "党章学习", 6, 4, "67%")]
    assert len(rows(book, "意见和更正")) == 4
    assert [row[1] for row in rows(book, "文件")] == ["没有算", "算了", "算了"]
    first = book.read_bytes()
    toy.casebook("collect", "U盘")
    assert book.read_bytes() == first
    assert (toy.root / CLASS).read_bytes() == before


def test_an_evaluation_is_written_and_taken_back(toy: SiteFolder, folder: Path) -> None:
    before = (toy.root / CLASS).read_text("utf-8")
    done = toy.casebook("collect", "U盘", "--write")
    assert "已经有评教结果，没有改" in done.stderr
    assert (toy.root / CLASS).read_text("utf-8") == before
    done = toy.casebook("collect", "U盘", "--write", "--replace", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["written"] == [CLASS]
    evaluation = toy.catalog().records["training-class"]["spring"].evaluation  # type: ignore[attr-defined]
    assert (evaluation.sent, evaluation.returned, evaluation.items[1].very) == (45, 4, 4)
    done = toy.casebook("collect", "U盘", "--write", "--json")
    assert json.loads(done.stdout)["written"] == []
    assert toy.casebook("undo").returncode == 0
    assert (toy.root / CLASS).read_text("utf-8") == before


def test_bundles_of_others_are_told_by_their_signature(
    toy: SiteFolder, folder: Path, branch_builder: Any
) -> None:
    pair, other = minisign.KeyPair.generate(), minisign.KeyPair.generate()
    secret, public = toy.root / "key", toy.root / "key.pub"
    secret.write_bytes(bytes(pair.secret_key))
    public.write_bytes(bytes(pair.public_key))
    signing = replace(branch_builder, signer=Signer(secret, ""), websites={})
    signed = known(signing.bundle(Scope("village", "zi")))["bundle"]
    (folder / "signed.json").write_bytes(saved(payload(bundle=signed, machine="a" * 16)))
    done = toy.casebook("collect", "U盘", "--key", "key.pub", "--json")
    assert done.returncode == 0, done.stderr
    counted = {one["file"]: one["counted"] for one in json.loads(done.stdout)["files"]}
    assert [name for name, is_counted in counted.items() if is_counted] == ["signed.json"]
    public.write_bytes(bytes(other.public_key))
    done = toy.casebook("collect", "U盘", "--key", "key.pub", "--json")
    assert json.loads(done.stdout)["counted"] == 0


def test_what_is_asked_wrongly_is_told(toy: SiteFolder) -> None:
    (toy.root / "leer").mkdir()
    assert toy.casebook("collect", "leer", "--replace").returncode == 2
    assert toy.casebook("collect", "nowhere").returncode == 2
    done = toy.casebook("collect", "leer", "--out", "mkdocs.yml/x.xlsx")
    assert (done.returncode, "写不进去" in done.stderr) == (2, True)
