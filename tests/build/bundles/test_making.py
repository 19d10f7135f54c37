"""What a bundle holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from casebook_site.base.file_names import LONGEST
from casebook_site.base.problems import SettingsError
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.contents import BundleContent
from casebook_site.outputs.bundles.layout import COPY, COVER, MANIFEST, SUMS, name_fault
from casebook_site.outputs.bundles.making import Bundle, BundleBuilder
from casebook_site.outputs.bundles.sharing import Shared
from tests.build.bundles.conftest import builder_for, zipped
from tests.folders import TOY, SiteFolder, toy_copy
from tests.webpages import broken_links

SCOPES = ["all", "county:jia", "township:bing", "village:zi", "category:industry"]


def made(builder: BundleBuilder, scope: str) -> Bundle:
    """The bundle of a scope."""
    return builder.bundle(Scope.parse(scope))


def unpacked(bundle: Bundle, folder: Path) -> Path:
    """The folder that a reader has."""
    for path, content in bundle.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.raw)
    return folder


@pytest.mark.parametrize("scope", SCOPES)
def test_names_are_fit_for_any_system(toy_builder: BundleBuilder, scope: str) -> None:
    files = made(toy_builder, scope).files
    assert [path for path in files if name_fault(path)] == []
    assert max(map(len, files)) <= LONGEST
    assert {path for path in files if "/" not in path} == {COVER, COPY, SUMS}
    assert {path.partition("/")[0] for path in files if "/" in path} == {"files"}
    assert [path for path in files if not path.isascii()] == [COPY]
    assert files[COPY].raw == files[COVER].raw


@pytest.mark.parametrize("scope", SCOPES)
def test_every_link_leads_somewhere_inside(
    toy_builder: BundleBuilder, tmp_path: Path, scope: str
) -> None:
    folder = unpacked(made(toy_builder, scope), tmp_path)
    assert broken_links(folder, "/") == []


def test_what_is_outside_the_scope_is_a_name_and_no_page(toy_builder: BundleBuilder) -> None:
    files = made(toy_builder, "village:zi").files
    assert "files/villages/zi.html" in files
    assert "files/villages/chou.html" not in files
    committee = files["files/joint-committees/bing-lian-cun.html"].raw.decode()
    assert ">子村</a>" in committee
    assert "丑村" in committee
    assert "villages/chou.html" not in committee


def test_nothing_is_made_that_only_programs_read(toy_builder: BundleBuilder) -> None:
    files = made(toy_builder, "all").files
    assert [p for p in files if p.endswith((".json", ".xml", ".geojson"))] == [MANIFEST]
    assert "files/data/terms.csv" in files
    pages = b"".join(c.raw for c in files.values() if b"casebook.frame(" in c.raw)
    for trace in (b"application/ld+json", b"og:title", b".json", b"feed.xml", b'rel="canonical"'):
        assert trace not in pages, trace


def test_the_manifest_tells_everything(toy_builder: BundleBuilder) -> None:
    bundle = made(toy_builder, "township:bing")
    manifest = json.loads(bundle.files[MANIFEST].raw)
    assert (manifest["edition"], manifest["scope"]) == ("public", "township:bing")
    assert manifest["title"] == "甲县丙镇"
    assert manifest["counts"]["township"] == 1
    assert re.fullmatch(r"\d{4}(-\d\d){0,2}", manifest["date"])
    assert manifest["files"].keys() == bundle.files.keys() - {MANIFEST, SUMS}


def test_the_sums_are_those_of_ordinary_tools(toy_builder: BundleBuilder) -> None:
    bundle = made(toy_builder, "village:zi")
    lines = bundle.files[SUMS].raw.decode().splitlines()
    found = {line[66:]: line[:64] for line in lines}
    assert found == {p: c.entry.sha256 for p, c in bundle.files.items() if p != SUMS}


# --- the gate -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", SCOPES)
def test_no_internal_byte_is_in_a_public_bundle(toy_builder: BundleBuilder, scope: str) -> None:
    for path, content in made(toy_builder, scope).files.items():
        assert b"canary" not in content.raw.lower(), path
        assert "canary" not in path.lower()


def test_every_page_of_an_internal_bundle_says_so(internal_builder: BundleBuilder) -> None:
    bundle = made(internal_builder, "township:bing")
    frame = bundle.files["files/assets/casebook/frame.js"].raw.decode()
    assert "内部资料" in frame
    for path, content in bundle.files.items():
        if path.endswith(".html") and "refresh" not in content.raw.decode():
            text = content.raw.decode()
            assert "内部资料" in text or "casebook.frame(" in text, path
    assert "CANARY" in bundle.files["files/teaching-points/zi-park.html"].raw.decode()


# --- same input, same bytes -----------------------------------------------------------------------------


def test_zips_made_twice_are_equal(tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    elsewhere = toy_copy(tmp_path / "elsewhere").root
    zipped(builder_for(TOY), "county:jia", one)
    zipped(builder_for(elsewhere), "county:jia", two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.slow
def test_a_bundle_made_after_others_is_the_one_made_alone(real_builder: BundleBuilder) -> None:
    """Pages that are shared between bundles are those that each would have made."""
    membership = real_builder.visible.membership
    worth: list[Scope] = []
    for kind in real_builder.visible.schema.scopes:
        scopes = [scope for scope in membership.scopes(kind.name) if membership.own(scope)]
        worth += scopes[:: len(scopes) // 5 + 1]
    together = {scope: real_builder.bundle(scope) for scope in worth}
    for scope in worth:
        object.__setattr__(real_builder, "shared", Shared())
        alone = real_builder.bundle(scope)
        assert alone.manifest == together[scope].manifest


# --- sizes --------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "most"), [("township", 650_000), ("county", 1_000_000)])
def test_bundles_of_the_real_content_are_small(
    real_builder: BundleBuilder, tmp_path: Path, kind: str, most: int
) -> None:
    for scope in real_builder.visible.membership.scopes(kind):
        file = zipped(real_builder, str(scope), tmp_path / "b.zip")
        assert file.stat().st_size <= most, scope


# --- what is refused --------------------------------------------------------------------------------------


def test_a_scope_with_nothing_of_its_own_is_refused(toy: SiteFolder) -> None:
    toy.write("records/townships/kong.yml", "name: 空镇\ncounty: jia\ntype: town\n")
    with pytest.raises(SettingsError, match="还没有收录任何内容"):
        made(builder_for(toy.root), "township:kong")


def test_an_unknown_scope_is_told_with_the_nearest(toy_builder: BundleBuilder) -> None:
    with pytest.raises(SettingsError, match="是不是“bing”"):
        made(toy_builder, "township:bingg")


def test_contents_pack_to_what_they_were() -> None:
    import zlib

    content = BundleContent("文字".encode() * 500)
    assert zlib.decompress(content.packed.deflated, -15) == content.raw
