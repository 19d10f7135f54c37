"""Other forms of a bundle: one HTML file, ZIM, and signed zips."""

from __future__ import annotations

import re
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import minisign
import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher

from casebook_site.base.problems import SettingsError
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles import single
from casebook_site.outputs.bundles.making import BundleBuilder
from casebook_site.outputs.bundles.signing import Signer
from casebook_site.outputs.bundles.single import write_single
from casebook_site.outputs.bundles.verifying import verify
from casebook_site.outputs.bundles.zim import MAIN, write_zim
from tests.build.bundles.conftest import zipped
from tests.folders import SiteFolder
from tests.webpages import read_page

BING = Scope("township", "bing")


# --- one file -----------------------------------------------------------------------------------------


def test_one_file_holds_every_page_and_loads_nothing(
    toy_builder: BundleBuilder, tmp_path: Path
) -> None:
    target = tmp_path / "bing.html"
    manifest = write_single(toy_builder, BING, target)
    page = read_page(target)
    text = target.read_text("utf-8")
    pages = [
        path for path in manifest.files if path.startswith("files/") and path.endswith(".html")
    ]
    # All but the self-check and addresses that only lead on.
    assert len(re.findall('<div class="page" id=', text)) >= len(pages) - 3
    assert page.repeated == set()
    for tag, address, _ in page.links:
        if address.startswith("#"):
            assert address[1:] in page.anchors, address
        else:
            assert address.startswith(("data:", "http", "tel:")), address
            assert tag in ("a", "img") or address.startswith("data:")
    assert "canary" not in text.lower()


def test_one_file_is_the_same_each_time(toy_builder: BundleBuilder, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        write_single(toy_builder, BING, tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_one_file_that_would_be_too_large_is_refused(
    toy_builder: BundleBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "LARGEST", 10_000)
    with pytest.raises(SettingsError, match="上限"):
        write_single(toy_builder, BING, tmp_path / "bing.html")
    assert not list(tmp_path.iterdir())


# --- ZIM ------------------------------------------------------------------------------------------------


def test_a_zim_file_reads_back_with_main_page_and_index(
    toy_builder: BundleBuilder, tmp_path: Path
) -> None:
    target = tmp_path / "bing.zim"
    bundle = toy_builder.bundle(BING)
    write_zim(target, bundle)
    archive = Archive(str(target))
    assert archive.check()
    assert archive.main_entry.get_item().path == MAIN
    assert archive.has_fulltext_index
    assert archive.has_illustration(48)
    assert bytes(archive.get_metadata("Language")).decode() == "zho"
    for path in ("files/townships/bing.html", "files/assets/casebook/frame.js"):
        item = archive.get_entry_by_path(path).get_item()
        assert bytes(item.content) == bundle.files[path].raw
    found = Searcher(archive).search(Query().set_query("子村"))
    assert found.getEstimatedMatches() > 0


def test_without_the_library_it_says_how_to_get_it(
    toy_builder: BundleBuilder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "libzim", None)
    monkeypatch.setitem(sys.modules, "minisign", None)
    with pytest.raises(SettingsError, match="make bundles"):
        write_zim(tmp_path / "bing.zim", toy_builder.bundle(BING))
    with pytest.raises(SettingsError, match="make bundles"):
        Signer(tmp_path / "key", "")


# --- signatures -----------------------------------------------------------------------------------------


@pytest.fixture
def keys(tmp_path: Path) -> tuple[Path, Path]:
    """A secret key with the password 密码, and its public key."""
    pair = minisign.KeyPair.generate()
    secret, public = tmp_path / "key", tmp_path / "key.pub"
    public.write_bytes(bytes(pair.public_key))
    pair.secret_key.encrypt("密码", opslimit=32_768, memlimit=16_777_216)
    secret.write_bytes(bytes(pair.secret_key))
    return secret, public


def test_a_signed_zip_is_checked_by_its_public_key(
    toy_builder: BundleBuilder, tmp_path: Path, keys: tuple[Path, Path]
) -> None:
    secret, public = keys
    signing = replace(toy_builder, signer=Signer(secret, "密码"))
    one = zipped(signing, "township:bing", tmp_path / "one.zip")
    two = zipped(signing, "township:bing", tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()
    assert verify(one, public).problems == ()
    assert verify(one).problems == ()
    folder = tmp_path / "out"
    with zipfile.ZipFile(one) as archive:
        archive.extractall(folder)
    assert verify(folder, public).problems == ()


def test_another_key_and_no_signature_are_told(
    toy_builder: BundleBuilder, tmp_path: Path, keys: tuple[Path, Path]
) -> None:
    other = tmp_path / "other.pub"
    other.write_bytes(bytes(minisign.KeyPair.generate().public_key))
    signing = replace(toy_builder, signer=Signer(keys[0], "密码"))
    signed = zipped(signing, "township:bing", tmp_path / "signed.zip")
    plain = zipped(toy_builder, "township:bing", tmp_path / "plain.zip")
    for path, key in ((signed, other), (plain, keys[1])):
        assert {p.code for p in verify(path, key).problems} == {"CB704"}


def test_a_wrong_password_or_key_file_is_told(tmp_path: Path, keys: tuple[Path, Path]) -> None:
    with pytest.raises(SettingsError, match="密码不对"):
        Signer(keys[0], "错")
    (tmp_path / "none").write_text("none")
    with pytest.raises(SettingsError, match="不对"):
        Signer(tmp_path / "none", "")
    with pytest.raises(SettingsError, match="公钥"):
        _check(tmp_path / "none")


def _check(key: Path) -> None:
    from casebook_site.outputs.bundles.signing import signature_fault

    signature_fault(key, b"", b"")


def test_the_command_makes_every_form(
    toy: SiteFolder, keys: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEBOOK_SIGN_PASSWORD", "密码")
    secret, public = keys
    for options in (["--single"], ["--format", "zim"], ["--sign", str(secret)]):
        done = toy.casebook(
            "bundle",
            "village:zi",
            *options,
        )
        assert done.returncode == 0, done.stderr
    found = {file.name for file in (toy.root / "bundles").iterdir()}
    assert found == {"village-zi.html", "village-zi.zim", "village-zi.zip"}
    done = toy.casebook("verify", "bundles/village-zi.zip", "--key", str(public))
    assert done.returncode == 0, done.stderr
    (toy.root / "old.zip").write_bytes((toy.root / "bundles/village-zi.zip").read_bytes())
    done = toy.casebook("bundle", "village:zi", "--single", "--since", "old.zip")
    assert done.returncode == 2
    assert "只有 zip 一种" in done.stderr
