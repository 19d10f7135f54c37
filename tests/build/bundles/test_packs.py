"""Bundles that carry study packs: the website's own files, linked on their pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook_site.base.audience import Audience
from casebook_site.base.problems import ContentError
from casebook_site.engine.builders import make_site_packs, with_packs
from casebook_site.engine.bundle_runs import fingerprint, jobs_for, read_base
from casebook_site.engine.loading import load
from casebook_site.model.scopes import Scope
from casebook_site.outputs.bundles.making import Bundle, BundleBuilder
from casebook_site.outputs.bundles.verifying import verify
from casebook_site.outputs.bundles.zips import write_zip
from tests.build.bundles.conftest import builder_for, zipped
from tests.build.packs.making import docx_parts, everything_in_pdf, pdf_text
from tests.folders import SiteFolder, toy_copy
from tests.webpages import broken_links, read_page

pytestmark = pytest.mark.slow
"""Each test prints packs for several bundles."""

SCOPES = ("all", "county:jia", "township:bing", "village:zi", "category:industry")
CANARY = re.compile("canary", re.IGNORECASE)


def carrying(folder: SiteFolder, audience: Audience = "public") -> BundleBuilder:
    """What bundles of a folder are made with that carry packs."""
    builder = builder_for(folder.root, audience)
    return with_packs(builder, load(builder.settings), map(Scope.parse, SCOPES))


@pytest.fixture(scope="module")
def folder(
    toy_with_store: Callable[[Path], SiteFolder], tmp_path_factory: pytest.TempPathFactory
) -> SiteFolder:
    """A copy of the toy: packs are kept in it."""
    return toy_with_store(tmp_path_factory.mktemp("packs") / "toy")


@pytest.fixture(scope="module")
def builder(folder: SiteFolder) -> BundleBuilder:
    """For public bundles."""
    return carrying(folder)


def made(builder: BundleBuilder, scope: str) -> Bundle:
    """The bundle of a scope."""
    return builder.bundle(Scope.parse(scope))


def packs_of(bundle: Bundle) -> dict[str, bytes]:
    """Path on the website → bytes of each pack in a bundle."""
    return {
        path.removeprefix("files/"): content.raw
        for path, content in bundle.files.items()
        if path.endswith((".pdf", ".docx")) and not path.startswith("files/media/")
    }


@pytest.mark.parametrize("scope", SCOPES)
def test_the_pages_of_a_bundle_lead_to_the_packs_in_it(
    builder: BundleBuilder, tmp_path: Path, scope: str
) -> None:
    bundle = made(builder, scope)
    for path, content in bundle.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content.raw)
    assert broken_links(tmp_path, "/") == []
    linked = {
        f"{page.parent.name}/{address}"
        for page in tmp_path.rglob("*.html")
        for _, address, given in read_page(page).links
        if "download" in given and address.endswith((".pdf", ".docx"))
    }
    assert linked == set(packs_of(bundle)) != set()


def test_a_pack_that_gathers_more_than_the_scope_stays_behind(builder: BundleBuilder) -> None:
    names = {path.removesuffix(".pdf") for path in packs_of(made(builder, "township:bing"))}
    assert {"townships/bing", "teaching-points/zi-park", "case-studies/jia-case"} <= names
    assert "training-classes/spring" in names
    assert not [name for name in names if name.startswith(("counties/", "categories/"))]
    assert "categories/industry.pdf" in packs_of(made(builder, "category:industry"))
    assert "counties/jia.docx" in packs_of(made(builder, "county:jia"))


def test_packs_in_bundles_are_those_of_the_website(builder: BundleBuilder) -> None:
    settings = builder.settings
    website = {pack.path: pack.file for pack in make_site_packs(load(settings), settings)}
    carried = packs_of(made(builder, "all"))
    assert carried == {path: file.read_bytes() for path, file in website.items()}


def test_without_packs_a_bundle_is_what_it_was(folder: SiteFolder, builder: BundleBuilder) -> None:
    bare = made(builder_for(folder.root), "township:bing")
    full = made(builder, "township:bing")
    assert (packs_of(bare), bare.packs) == ({}, 0)
    added = set(full.manifest.files) - set(bare.manifest.files)
    assert {f"files/{path}" for path in packs_of(full)} <= added
    assert full.packs == sum(len(full.files[f"files/{p}"].packed.deflated) for p in packs_of(full))


def test_a_bundle_with_packs_is_the_same_each_time(builder: BundleBuilder, tmp_path: Path) -> None:
    elsewhere = toy_copy(tmp_path / "elsewhere")
    one = zipped(builder, "county:jia", tmp_path / "one.zip")
    two = zipped(carrying(elsewhere), "county:jia", tmp_path / "two.zip")
    assert one.read_bytes() == two.read_bytes()


def test_nothing_internal_is_in_a_pack_of_a_public_bundle(builder: BundleBuilder) -> None:
    for path, content in packs_of(made(builder, "all")).items():
        if path.endswith(".pdf"):
            assert not CANARY.search(everything_in_pdf(content)), path
        else:
            assert b"canary" not in b"".join(docx_parts(content).values()).lower(), path


def test_an_internal_bundle_carries_internal_packs(folder: SiteFolder) -> None:
    carried = packs_of(made(carrying(folder, "internal"), "village:zi"))
    assert "内部资料" in pdf_text(carried["teaching-points/zi-park.pdf"])


def test_an_update_carries_only_the_packs_that_changed(
    toy_with_store: Callable[[Path], SiteFolder], builder: BundleBuilder, tmp_path: Path
) -> None:
    changed = toy_with_store(tmp_path / "toy")
    changed.edit("content/records/teaching-points/zi-park.yml", "怎样合股", "怎样入股")
    base = read_base(zipped(builder, "township:bing", tmp_path / "township-bing.zip"))
    later = carrying(changed)
    update = later.bundle(Scope.parse("township:bing"), base)
    names = {path.rpartition(".")[0] for path in packs_of(update)}
    assert names == {"townships/bing", "teaching-points/zi-park", "training-classes/spring"}
    target = tmp_path / "update.zip"
    write_zip(target, update.files.items(), update.manifest.day)
    assert read_base(target).version == update.manifest.version
    orders = jobs_for(later, [Scope.parse("township:bing")], tmp_path)
    assert fingerprint(later, orders) != fingerprint(builder_for(changed.root), orders)


def test_the_command_says_what_packs_add(
    toy_with_store: Callable[[Path], SiteFolder], tmp_path: Path
) -> None:
    toy = toy_with_store(tmp_path / "toy")
    done = toy.casebook("bundle", "village:zi", "--packs")
    assert done.returncode == 0, done.stderr
    assert re.search(r"village-zi\.zip　[\d,]+ KB，其中学习资料 [\d,]+ KB", done.stderr)
    assert verify(toy.root / "bundles/village-zi.zip").problems == ()
    done = toy.casebook("bundle", "village:zi", "--packs", "--single")
    assert (done.returncode, "不能与 --single 同用" in done.stderr) == (2, True)


def test_a_pack_that_cannot_be_printed_is_told_before_any_bundle_is_made(toy: SiteFolder) -> None:
    toy.edit("content/records/teaching-points/zi-park.yml", "怎样合股", "😀")
    with pytest.raises(ContentError) as caught:
        carrying(toy)
    assert {problem.code for problem in caught.value.problems} == {"CB801"}
