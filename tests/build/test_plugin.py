"""The plugin under MkDocs: hand-written pages pass the gate too, and `mkdocs serve` works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

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


# --- mkdocs serve ---------------------------------------------------------------------------------


@contextmanager
def serving(folder: SiteFolder, site: Path) -> Iterator[Callable[[], None]]:
    """Builds as `mkdocs serve` does, again and again with one plugin."""

    def configured() -> Any:
        return load_config(str(folder.root / "mkdocs.yml"), site_dir=str(site))

    plugins = configured().plugins
    plugins.on_startup(command="serve", dirty=False)

    def again() -> None:
        fresh = configured()
        fresh.plugins = plugins
        build(fresh, serve_url="http://127.0.0.1/")

    yield again
    plugins.on_shutdown()


def test_mkdocs_serve_builds_the_site_into_its_own_folder(toy: SiteFolder, tmp_path: Path) -> None:
    site = tmp_path / "served"
    with serving(toy, site) as again:
        again()
        assert (site / "counties/jia.html").is_file()
        toy.edit("content/records/counties/jia.yml", "name: 甲县", "name: 新甲县")
        again()
        assert "新甲县" in read_page(site / "counties/jia.html").text
    assert not list(toy.root.glob(".site*"))
    assert not (toy.root / "site").exists()


def test_mkdocs_serve_says_what_is_wrong_and_goes_on_when_it_is_mended(
    site_folder: MakeFolder, tmp_path: Path
) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\n"})
    site = tmp_path / "served"
    with serving(folder, site) as again:
        with pytest.raises(Abort):
            again()
        folder.write("records/terms/a.yml", "name: 甲\ndefinition: 释义。\n")
        again()
        assert "释义。" in read_page(site / "terms/a.html").text


def test_problems_are_told_under_mkdocs_with_their_places(
    site_folder: MakeFolder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = site_folder({"records/terms/a.yml": "name: 甲\n"})
    with serving(folder, tmp_path / "served") as again, pytest.raises(Abort):
        again()
    assert "content/records/terms/a.yml:1:1" in caplog.text


def test_other_plugins_see_the_text_of_pages_and_no_slots(toy: SiteFolder) -> None:
    toy.edit("mkdocs.yml", "plugins:\n", "plugins:\n  - search\n")
    site = toy.build()
    index = json.loads((site / "search/search_index.json").read_text("utf-8"))
    texts = [doc["text"] + doc["title"] for doc in index["docs"]]
    assert texts
    assert not [text for text in texts if "@@casebook" in text]


# --- ProperDocs -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_toy_builds_with_properdocs_in_the_place_of_mkdocs(
    toy: SiteFolder, public_site: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
        cwd=toy.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    made = toy.root / "site"
    names = {file.relative_to(made).as_posix() for file in made.rglob("*") if file.is_file()}
    expected = {
        file.relative_to(public_site).as_posix()
        for file in public_site.rglob("*")
        if file.is_file()
    }
    assert names == expected
    generator = re.compile(rb'<meta name="generator" content="[^"]*">')
    for name in sorted(names):
        one, other = ((folder / name).read_bytes() for folder in (made, public_site))
        assert generator.sub(b"", one) == generator.sub(b"", other), name
