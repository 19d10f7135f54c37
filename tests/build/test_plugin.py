"""The MkDocs door: hand-written pages pass the gate too; a preview shows problems in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build

from casebook_site.mkdocs_adapter.capture import load_config
from tests.folders import SiteFolder
from tests.webpages import read_page

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

TERMS = "- {id: a, name: 甲, definition: 释义。}\n- {id: b, name: 乙, definition: 释义。, audience: internal}\n"

# --- the gate for pages -----------------------------------------------------------------------

INTERNAL = {
    "plain": "---\naudience: internal\n---\n",
    "single": "---\naudience: 'internal'\n---\n",
    "double": '---\naudience: "internal"\n---\n',
    "later": "---\ntitle: 甲\ntags:\n  - 一\naudience: internal\n---\n",
    "comment": "---\naudience: internal # 只给内部\n---\n",
    "spaces": "---\naudience:    internal   \n---\n",
    "before-colon": "---\naudience : internal\n---\n",
    "quoted-key": '---\n"audience": internal\n---\n',
    "flow": "---\n{title: 甲, audience: internal}\n---\n",
    "next-line": "---\naudience:\n  internal\n---\n",
    "dashes": "---  \naudience: internal\n---\n",
    "dots": "---\naudience: internal\n...\n",
    "windows": "---\r\naudience: internal\r\n---\r\n",
    "mark": "\ufeff---\naudience: internal\n---\n",
    "rule-in-text": "---\ntitle: a---b\naudience: internal\n---\n",
    "multimarkdown": "audience: internal\ntitle: 甲\n\n",
    "deep/below": "---\naudience: internal\n---\n",
}
"""Ways to say that a page is internal which MkDocs reads as front matter."""


def test_an_internal_page_is_hidden_or_refused_however_it_says_so(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {f"pages/{stem}.md": f"{INTERNAL[stem]}# 内部\n\nCANARY-{stem}.\n" for stem in INTERNAL}
    )
    for problem in folder.load().problems:  # told to the editor: not published
        (folder.root / problem.location.path).unlink(missing_ok=True)
    site = folder.build()
    leaked = {
        stem
        for stem in INTERNAL
        for file in site.rglob("*.*")
        if file == site / f"{stem}.html"
        or (file.is_file() and f"CANARY-{stem}.".encode() in file.read_bytes())
    }
    assert leaked == set()


def test_a_page_that_speaks_of_audiences_is_not_hidden(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "pages/a.md": "---\ntitle: 甲\n---\n# 甲\n\naudience: internal\n",
            "pages/b.md": "# 乙\n\n---\naudience: internal\n---\n",
            "pages/c.md": "---\ntitle: audience internal\naudience: public\n---\n# 丙\n",
        }
    )
    folder.build()
    assert {"a.html", "b.html", "c.html"} <= {f.name for f in (folder.root / "site").iterdir()}


LINKS = [
    "[]({})",
    "[那条]({})",
    "[那条](<{}>)",
    '[那条]({} "标题")',
    "[那条]({}){{: .c }}",
    "[那条][1]\n\n[1]: {}",
    "<{}>",
    '<a class="c" href="{}">那条</a>',
    "<a href='{}'>那条</a>",
    "# [那条]({})",
    "[那\n条]({})",
    "[那[条]]({})",
    "[那条]( {} )",
]
"""Ways to write a link to a record in a hand-written page."""


def test_no_link_of_a_page_carries_an_internal_id_to_the_public(site_folder: MakeFolder) -> None:
    files = {
        f"pages/page-{number}.md": f"# 页\n\n前 {link.format('record:term/secret-term')} 后\n"
        for number, link in enumerate(LINKS)
    }
    folder = site_folder(
        {
            "records/terms/list.yml": TERMS.replace("id: b", "id: secret-term"),
            **files,
        }
    )
    with (folder.root / "mkdocs.yml").open("a") as file:
        file.write("markdown_extensions: [attr_list]\n")
    for problem in folder.load().problems:  # told to the editor: not published
        (folder.root / problem.location.path).unlink(missing_ok=True)
    site = folder.build()
    leaked = {
        LINKS[number]
        for number in range(len(LINKS))
        if (page := site / f"page-{number}.html").exists() and b"secret-term" in page.read_bytes()
    }
    assert leaked == set()


def test_links_of_pages_lead_to_records(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/terms/list.yml": TERMS,
            "pages/about/deep.md": "# 页\n\n[](record:term/a)、[那个**词**](record:term/a)\n",
        }
    )
    text = (folder.build() / "about/deep.html").read_text("utf-8")
    assert '<a href="../terms/a.html">甲</a>、<a href="../terms/a.html">那个<strong>词' in text


def test_a_page_in_a_section_s_folder_stands_beside_its_records(site_folder: MakeFolder) -> None:
    folder = site_folder(
        {
            "records/terms/list.yml": TERMS,
            "pages/terms/notes.md": "# 说明\n\n[](record:term/a)\n",
        }
    )
    site = folder.build()
    assert 'href="a.html">甲</a>' in (site / "terms/notes.html").read_text("utf-8")
    assert (site / "terms/a.html").is_file()


# --- preview ------------------------------------------------------------------------------------


@contextmanager
def preview(folder: SiteFolder, site: Path) -> Iterator[Callable[[], None]]:
    """Builds as `mkdocs serve` does, again and again with one plugin."""
    config: Any = load_config(folder.root / "mkdocs.yml", site_dir=str(site))
    plugin = config.plugins["casebook"]

    def again() -> None:
        fresh: Any = load_config(folder.root / "mkdocs.yml", site_dir=str(site))
        fresh.plugins["casebook"] = plugin
        fresh.plugins = config.plugins
        build(fresh, serve_url="http://127.0.0.1/")

    config.plugins.on_startup(command="serve", dirty=False)
    yield again
    config.plugins.on_shutdown()


def test_a_preview_shows_problems_in_the_page_and_keeps_the_last_good_content(
    site_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\n"})
    site = tmp_path / "preview"
    with preview(folder, site) as again:
        again()  # wrong from the first build on
        text = read_page(site / "index.html").text
        assert "内容有 1 处问题" in text
        assert "content/records/terms/a.yml:1:1" in text
        assert not (site / "terms/a.html").exists()

        folder.write("records/terms/a.yml", "name: 甲\ndefinition: 释义。\n")
        again()
        assert "处问题" not in read_page(site / "index.html").text
        assert "释义。" in read_page(site / "terms/a.html").text

        folder.write("records/terms/a.yml", "name: 甲\ndefinition: 新的释义。\nnaem: x\n")
        again()
        assert "content/records/terms/a.yml:3:1" in read_page(site / "terms/a.html").text
        assert "新的释义" not in read_page(site / "terms/a.html").text
    assert not (folder.root / "site").exists()


def test_a_preview_knows_nothing_of_the_site_that_the_process_built_before(
    toy: SiteFolder, site_folder: MakeFolder, tmp_path: Path
) -> None:
    assert toy.casebook("build").returncode == 0
    folder = site_folder({"records/terms/a.yml": "name: 甲\n"})
    with preview(folder, tmp_path / "preview") as again:
        again()
    assert not (tmp_path / "preview/teaching-points/zi-park.html").exists()


def test_problems_are_shown_as_text(site_folder: MakeFolder, tmp_path: Path) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\ndefinition: 释。\n<img src=x>: 1\n"})
    with preview(folder, tmp_path / "preview") as again:
        again()
    text = (tmp_path / "preview/index.html").read_text("utf-8")
    assert "<img src=x>" not in text
    assert "&lt;img src=x&gt;" in text


def test_what_a_preview_shows_is_not_published(toy: SiteFolder, tmp_path: Path) -> None:
    with preview(toy, tmp_path / "preview") as again:
        again()
    assert (tmp_path / "preview/counties/jia.html").is_file()
    assert not list(toy.root.glob(".site*"))
