"""Small zips that turn one version into the next."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.layout import UPDATE_NOTE
from casebook_site.outputs.bundles.manifest import NotABundle
from casebook_site.outputs.bundles.verifying import verify
from tests.build.bundles.conftest import builder_for, zipped
from tests.folders import SiteFolder, toy_copy

POINT = "content/records/teaching-points/zi-park.yml"


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with old.zip, new.zip, update.zip (old to new) and later.zip, of one township."""
    folder = tmp_path_factory.mktemp("versions")
    toy = toy_copy(folder / "toy")
    zipped(builder_for(toy.root), "township:bing", folder / "old.zip")
    _change(toy)
    builder = builder_for(toy.root)
    zipped(builder, "township:bing", folder / "new.zip")
    done = toy.casebook("bundle", "township:bing", "--since", str(folder / "old.zip"),
        "--out", str(folder / "out"), "--for", "archive",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (update,) = (folder / "out").glob("*.zip")
    shutil.move(update, folder / "update.zip")
    toy.edit(POINT, "name: 改名园", "name: 又改名园")
    zipped(builder_for(toy.root), "township:bing", folder / "later.zip")
    return folder


def _change(toy: SiteFolder) -> None:
    """A page changed, one added, one taken away."""
    text = (toy.root / POINT).read_text("utf-8")
    name = next(line for line in text.splitlines() if line.startswith("name:"))
    toy.edit(POINT, name, "name: 改名园")
    toy.write("records/terms/xin-ci.yml", "name: 新词\ndefinition: 新的。\n")
    toy.write(
        "records/teaching-points/new-point.yml",
        "name: 新点\ncounty: jia\ntownship: bing\ncategory: industry\n",
    )


def unpack(zip: Path, folder: Path) -> Path:
    """Unpacks over what is there, as a reader does."""
    with zipfile.ZipFile(zip) as archive:
        archive.extractall(folder)
    return folder


def test_an_update_is_whole_small_and_says_what_it_changes(versions: Path) -> None:
    update = versions / "update.zip"
    assert verify(update).problems == ()
    assert update.stat().st_size < (versions / "new.zip").stat().st_size / 2
    with zipfile.ZipFile(update) as archive:
        names = set(archive.namelist())
        note = archive.read(UPDATE_NOTE).decode("utf-8-sig")
        news = archive.read("files/bundle/updates.html").decode()
    assert "files/assets/stylesheets" not in "".join(names)
    assert "全部替换" in note
    assert "\r\n" in note
    for words in ("改名园", "新词", "新点"):
        assert words in news


def test_applied_to_its_base_it_gives_the_new_version(versions: Path, tmp_path: Path) -> None:
    folder = unpack(versions / "update.zip", unpack(versions / "old.zip", tmp_path))
    verdict = verify(folder)
    assert verdict.problems == ()
    fresh = verify(versions / "new.zip").manifest
    assert verdict.manifest.version == fresh.version
    pages = {p: e for p, e in fresh.files.items() if p.startswith("files/") and "bundle/" not in p}
    assert {p: verdict.manifest.files[p] for p in pages} == pages


def test_applied_to_another_version_it_does_not_verify(versions: Path, tmp_path: Path) -> None:
    folder = unpack(versions / "update.zip", unpack(versions / "later.zip", tmp_path))
    assert verify(folder).problems


def test_alone_in_a_folder_it_does_not_verify(versions: Path, tmp_path: Path) -> None:
    codes = {problem.code for problem in verify(unpack(versions / "update.zip", tmp_path)).problems}
    assert codes == {"CB701"}


def test_what_was_deleted_is_told_and_left_over(versions: Path, tmp_path: Path) -> None:
    """The other way round: from new to old, where the added pages go."""
    new = verify(versions / "new.zip").manifest
    builder = builder_for(toy_copy(tmp_path / "toy").root)
    bundle = builder.bundle(Scope.parse("township:bing"), new)
    assert bundle.manifest.update
    assert "files/teaching-points/new-point.html" in bundle.manifest.update.deleted
    news = bundle.files["files/bundle/updates.html"].raw.decode()
    assert "不再收录" in news
    folder = unpack(versions / "new.zip", tmp_path / "reader")
    for path, content in bundle.files.items():
        (folder / path).write_bytes(content.raw)
    verdict = verify(folder)
    assert verdict.problems == ()
    assert "files/teaching-points/new-point.html" in verdict.leftover


def test_nothing_new_and_another_scope_are_told(versions: Path, tmp_path: Path) -> None:
    builder = builder_for(toy_copy(tmp_path / "toy").root)
    old = verify(versions / "old.zip").manifest
    with pytest.raises(SettingsError, match="内容与旧包相同"):
        builder.bundle(Scope.parse("township:bing"), old)
    with pytest.raises(SettingsError, match="对不上"):
        builder.bundle(Scope.parse("county:jia"), old)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short"])
def test_an_old_zip_that_is_none_is_told_and_nothing_is_made(
    toy: SiteFolder, content: bytes
) -> None:
    (toy.root / "old.zip").write_bytes(content)
    done = toy.casebook("bundle", "township:bing", "--for", "archive", "--since", "old.zip")
    assert done.returncode == 2
    assert "打不开 old.zip" in done.stderr
    assert not list(toy.root.glob("bundles/*"))


def test_an_old_zip_that_is_damaged_is_told(versions: Path, tmp_path: Path) -> None:
    from casebook_site.engine.bundle_runs import read_base

    raw = bytearray((versions / "old.zip").read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 300] = bytes(300)  # longer than what stands between two files
    (tmp_path / "old.zip").write_bytes(raw)
    with pytest.raises(NotABundle):
        read_base(tmp_path / "old.zip")
