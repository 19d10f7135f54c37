"""The same records for MkDocs, Zensical and Eleventy: a Markdown page for each, front matter above it."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from tests.benchmarks.generated import nav_pages
from tests.benchmarks.markdown_pages import (
    PER_INDEX,
    SECTIONS,
    RecordPage,
    front_matter,
    record_pages,
    settings_from,
    whole_page,
)


def write_mkdocs(site: Path, folder: Path, *, empty: bool = False) -> Path:
    """A site for MkDocs and Material, and for Zensical, with a Markdown page for each record.

    The navigation names what Casebook's names: an index for each section. `empty` leaves the records out.
    Returns its mkdocs.yml.
    """
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    pages = folder / "docs"
    for path in nav_pages(config["nav"]):
        (pages / path).parent.mkdir(parents=True, exist_ok=True)
        title = (
            SECTIONS[path.partition("/")[0]].title if path.partition("/")[0] in SECTIONS else "说明"
        )
        (pages / path).write_text(f"# {title}\n", "utf-8")
    if not empty:
        listed: dict[str, list[RecordPage]] = {}
        for page in record_pages(settings_from(site / "mkdocs.yml")):
            name = page.folder
            listed.setdefault(name, []).append(page)
            meta = {"title": page.view.name, "description": page.description}
            (pages / name).mkdir(exist_ok=True)
            text = front_matter(meta) + whole_page(page.view, ".md")
            (pages / name / f"{page.id}.md").write_text(text, "utf-8")
        for name, members in listed.items():
            _write_index(pages / name, SECTIONS[name].title, members)
    del config["theme"]["favicon"]
    config |= {
        "docs_dir": "docs",
        "site_dir": "site",
        "plugins": [],
        "not_in_nav": "/**",
        "validation": {"anchors": "ignore"},
    }
    file = folder / "mkdocs.yml"
    dumped = yaml.dump(config, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(dumped, "utf-8")
    return file


def _write_index(folder: Path, title: str, members: list[RecordPage]) -> None:
    members = sorted(members, key=lambda page: page.view.name)
    for number, start in enumerate(range(0, len(members), PER_INDEX), start=1):
        lines = [
            f"- [{page.view.name}]({page.id}.md) {page.description} {page.note}"
            for page in members[start : start + PER_INDEX]
        ]
        stem = "index" if number == 1 else f"index-{number}"
        (folder / f"{stem}.md").write_text(f"# {title}\n\n" + "\n".join(lines) + "\n", "utf-8")


# --- Eleventy ---------------------------------------------------------------------------------

ELEVENTY_CONFIG = """\
module.exports = config => {
  config.addGlobalData("layout", "page.liquid");
  config.addGlobalData("permalink", () => data => `${data.page.filePathStem}.html`);
  return { markdownTemplateEngine: false, dir: { input: "." } };
};
"""


def write_eleventy(site: Path, built: Path, folder: Path) -> Path:
    """A site for Eleventy; `built` is Hugo's, of which a page becomes the layout: the same theme."""
    pages = iter(record_pages(settings_from(site / "mkdocs.yml")))
    first = next(pages)
    layout = (built / first.folder / f"{first.id}.html").read_text("utf-8")
    layout = re.sub(
        r"(<article[^>]*>).*(</article>)", r"\1{{ content }}\2", layout, flags=re.DOTALL
    )
    layout = re.sub(r"<title>.*?</title>", "<title>{{ title }}</title>", layout, flags=re.DOTALL)
    (folder / "_includes").mkdir(parents=True)
    (folder / "_includes/page.liquid").write_text(layout, "utf-8")
    (folder / "eleventy.config.cjs").write_text(ELEVENTY_CONFIG, "utf-8")
    listed: dict[str, list[RecordPage]] = {}
    for page in (first, *pages):
        name = page.folder
        listed.setdefault(name, []).append(page)
        meta = {"title": page.view.name, "description": page.description}
        (folder / name).mkdir(exist_ok=True)
        text = front_matter(meta) + whole_page(page.view, ".html")
        (folder / name / f"{page.id}.md").write_text(text, "utf-8")
    for name, members in listed.items():
        _write_index(folder / name, SECTIONS[name].title, members)
    return folder
