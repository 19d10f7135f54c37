"""Packs beside the pages of a built site."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.build.packs.making import everything_in_pdf, pdf_text, toy_scopes
from tests.folders import REPOSITORY, SiteFolder, toy_copy, tree
from tests.webpages import broken_links, read_page

pytestmark = pytest.mark.slow
"""Each test prints packs several times over."""

POINT = "content/records/teaching-points/zi-park.yml"


def packs_of(site: Path) -> dict[str, str]:
    """Path → digest of every pack below a site."""
    return {
        path: digest
        for path, digest in tree(site).items()
        if path.endswith((".pdf", ".docx")) and not path.startswith("media/")
    }


@pytest.fixture(scope="module")
def built(packed_toy: Path, tmp_path_factory: pytest.TempPathFactory) -> SiteFolder:
    """The toy with both editions built with packs."""
    root = tmp_path_factory.mktemp("packs") / "toy"
    shutil.copytree(packed_toy, root)
    return SiteFolder(root)


def test_every_page_that_has_a_pack_leads_to_it(built: SiteFolder) -> None:
    site = built.root / "site"
    assert broken_links(site, "/sub/path/") == []
    linked = {
        f"{page.parent.name}/{address}"
        for page in site.rglob("*.html")
        for _, address, given in read_page(page).links
        if "download" in given and address.endswith((".pdf", ".docx"))
    }
    assert linked == set(packs_of(site))
    assert len(linked) == 2 * len(list(toy_scopes("public")))
    assert "teaching-points/zi-park.docx" in linked


def test_packs_are_of_the_edition_of_their_site(built: SiteFolder) -> None:
    public = (built.root / "site/teaching-points/zi-park.pdf").read_bytes()
    internal = (built.root / "site-internal/teaching-points/zi-park.pdf").read_bytes()
    assert "canary" not in everything_in_pdf(public).lower()
    assert "内部资料" in pdf_text(internal)
    assert not list((built.root / "site").rglob("*canary*"))


def test_only_changed_packs_are_made_again(built: SiteFolder) -> None:
    store = built.root / ".casebook/packs/public"
    before = {file.name: file.stat().st_mtime_ns for file in store.iterdir()}
    shown = packs_of(built.root / "site")
    built.edit(POINT, "怎样合股", "怎样入股")
    built.build("--packs")
    after = {file.name: file.stat().st_mtime_ns for file in store.iterdir()}
    kept = {name for name in after if before.get(name) == after[name]}
    changed = {
        path for path, digest in packs_of(built.root / "site").items() if shown[path] != digest
    }
    assert changed == {
        f"{folder}.{format}"
        for folder in ("counties/jia", "townships/bing", "categories/industry",
                       "teaching-points/zi-park", "training-classes/spring")
        for format in ("pdf", "docx")
    }  # fmt: skip
    assert len(kept) == len(shown) - len(changed)
    assert len(after) == len(shown)  # what no pack needs any more is gone


def test_a_build_from_the_store_equals_a_clean_one(built: SiteFolder, tmp_path: Path) -> None:
    clean = toy_copy(tmp_path / "toy")
    clean.edit(POINT, "怎样合股", "怎样入股")
    clean.build("--packs")
    text = (built.root / POINT).read_text("utf-8")
    if "怎样合股" in text:
        built.edit(POINT, "怎样合股", "怎样入股")
    built.build("--packs")
    assert packs_of(clean.root / "site") == packs_of(built.root / "site")


def test_a_character_without_font_leaves_the_old_site(toy: SiteFolder) -> None:
    toy.build()
    before = tree(toy.root / "site")
    toy.edit(POINT, "怎样合股", "😀")
    toy.edit("content/records/case-studies/jia-case.yml", "summary: ", "summary: 🎈")
    done = toy.casebook("build", "--packs")
    assert done.returncode == 1
    assert "CB801" in done.stdout
    assert re.search(r"zi-park\.yml:17:\d+: CB801", done.stdout)
    assert "jia-case.yml" in done.stdout  # all problems at once
    assert tree(toy.root / "site") == before


def test_a_site_without_packs_has_no_links_to_them(public_site: Path) -> None:
    assert packs_of(public_site) == {}
    assert "学习资料" not in read_page(public_site / "teaching-points/zi-park.html").text


def test_packs_are_made_in_a_process_in_which_typst_has_worked(toy: SiteFolder) -> None:
    """Forked after that, a process would wait for threads that it does not have."""
    code = (
        "from pathlib import Path\n"
        "from tests.folders import SiteFolder\n"
        "from tests.build.packs.making import document_of, makers_of, bundle_builder\n"
        "from casebook_site.outputs.packs.making import make_all\n"
        "from casebook_site.outputs.packs.scopes import ready_made\n"
        f"builder = bundle_builder(SiteFolder(Path({str(toy.root)!r})), workers=2)\n"
        "makers_of(builder).render(document_of(builder, 'county:jia'), 'pdf')\n"
        "scopes = list(ready_made(builder.lookups.edition))\n"
        "print(len(scopes), len(make_all(builder, scopes, Path('store').resolve(), workers=2)))\n"
    )
    (toy.root / "again.py").write_text(code, "utf-8")
    done = toy.run("again", env={"PYTHONPATH": str(REPOSITORY)})
    assert done.returncode == 0, done.stderr
    scopes, files = map(int, done.stdout.split())
    assert files > scopes > 8  # more than one batch


def test_the_command_writes_where_it_is_told(toy: SiteFolder) -> None:
    done = toy.casebook(
        "pack",
        "point:zi-park",
        "--format",
        "pdf",
        "--format",
        "docx",
        "--out",
        "hand",
    )
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in (toy.root / "hand").iterdir()) == [
        "point-zi-park.docx",
        "point-zi-park.pdf",
    ]
    done = toy.casebook("pack", "point:zi-park", "--audience", "internal", "--copies", "2")
    names = sorted(file.name for file in (toy.root / "packs-internal").iterdir())
    assert names == ["point-zi-park-internal-1.pdf", "point-zi-park-internal-2.pdf"]
    done = toy.casebook("pack", "point:nothing")
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有“point:nothing”这个范围" in done.stderr
