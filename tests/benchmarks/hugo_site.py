"""The same records for Hugo, with a theme of the same weight."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from tests.benchmarks.generated import nav_pages
from tests.benchmarks.markdown_pages import (
    PER_INDEX,
    SECTIONS,
    RecordPage,
    dump_yaml,
    front_matter,
    json_front_matter,
    prose,
    record_pages,
    sections,
    settings_from,
)

HUGO_THEME = Path(__file__).with_name("hugo")

Form = Literal["yaml", "json", "adapter"]
HUGO_FORMS: dict[str, Form] = {"hugo": "yaml", "hugo-json": "json", "hugo-adapter": "adapter"}
"""Row of the scoreboard → how Hugo gets the records."""

ADAPTER = """\
{{ range $id, $record := index hugo.Data.pages SECTION -}}
{{ $text := dict "mediaType" "text/markdown" "value" $record.text -}}
{{ $.AddPage (merge $record.page (dict "path" $id "content" $text)) -}}
{{ end }}
"""


def write_hugo(site: Path, folder: Path, *, form: Form = "yaml") -> Path:
    """A site for Hugo: facts and figures as data, text as Markdown; returns its folder.

    The data stands in front matter: YAML, as people write it, or JSON, which Hugo reads much
    faster. Or pages are made of YAML files by a content adapter (`_content.gotmpl`) a section.
    """
    written = json_front_matter if form == "json" else front_matter
    shutil.copytree(HUGO_THEME, folder, dirs_exist_ok=True)
    config = yaml.safe_load((site / "mkdocs.yml").read_text("utf-8"))
    settings = json.dumps(_hugo_config(config), ensure_ascii=False, indent=2)
    (folder / "hugo.json").write_text(settings + "\n", "utf-8")
    content = folder / "content"
    for name, section in SECTIONS.items():
        (content / name).mkdir(parents=True)
        meta = {"title": section.title, "description": section.lead}
        (content / name / "_index.md").write_text(written(meta), "utf-8")
    for path in nav_pages(config["nav"]):
        if path.partition("/")[0] not in SECTIONS and path != "index.md":
            text = (site / config["docs_dir"] / path).read_text("utf-8")
            (content / path).parent.mkdir(exist_ok=True)
            name = path.replace("/index.md", "/_index.md")
            (content / name).write_text(written({"title": "说明"}) + text, "utf-8")
    for page in record_pages(settings_from(site / "mkdocs.yml")):
        name = page.folder
        meta, text = _hugo_meta(page), "\n\n".join(sections(page.view, ".html")) + "\n"
        if form == "adapter":
            _add_data(folder, name, page.id, meta, text)
        else:
            (content / name / f"{page.id}.md").write_text(written(meta) + text, "utf-8")
    return folder


def _add_data(folder: Path, section: str, id: str, meta: dict[str, Any], text: str) -> None:
    own = {name: meta.pop(name) for name in ("title", "description")}
    data = folder / "data/pages" / section
    if not data.is_dir():
        data.mkdir(parents=True)
        (folder / "content" / section / "_content.gotmpl").write_text(
            ADAPTER.replace("SECTION", json.dumps(section)), "utf-8"
        )
    record = {"page": own | {"params": meta}, "text": text}
    (data / f"{id}.yml").write_text(dump_yaml(record), "utf-8")


def _hugo_config(config: dict[str, Any]) -> dict[str, Any]:
    menu = []
    for weight, entry in enumerate(config["nav"], start=1):
        for title, below in entry.items():
            paths = nav_pages(below)
            menu.append(
                {
                    "identifier": title,
                    "name": title,
                    "pageRef": _page_ref(paths[0]),
                    "weight": weight,
                }
            )
            for number, item in enumerate(below if isinstance(below, list) else [], start=1):
                for name, path in item.items():
                    menu.append(
                        {
                            "name": name,
                            "parent": title,
                            "pageRef": _page_ref(path),
                            "weight": number,
                        }
                    )
    return {
        "baseURL": config["site_url"],
        "locale": "zh",
        "title": config["site_name"],
        "uglyURLs": True,
        "disableKinds": ["RSS"],
        "taxonomies": {},
        "params": {"description": config["site_description"]},
        "pagination": {"pagerSize": PER_INDEX, "disableAliases": True},
        "menus": {"main": menu},
    }


def _page_ref(path: str) -> str:
    return "/" + path.removesuffix("index.md").removesuffix(".md").strip("/")


def _plain(value: Any) -> Any:
    """A view as plain data without what is empty."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items() if v not in ("", None, ())}
    if isinstance(value, (list, tuple)):
        return [_plain(element) for element in value]
    return value


def _hugo_meta(page: RecordPage) -> dict[str, Any]:
    parts = {
        "path": page.view.path,
        "facts": page.view.facts,
        "figures": (*page.view.figures, *page.view.more_figures),
        "related": page.view.related,
        "labels": page.view.tags,
        "sources": page.view.sources,
        "previous": page.view.previous,
        "next": page.view.next,
    }
    return {
        "title": page.view.name,
        "description": page.description,
        "lead": prose(page.view.summary, ".html"),
        "kind": page.view.kind_title,
        "subtitle": page.note,
        "mark": page.view.mark,
        "known": list(page.view.aliases),
        "jsonld": page.page.head.json_ld,
        "citation": page.view.citation.reference,
        "updated": page.view.updated,
        "neighbours": page.view.neighbours_title,
        "toc": [{"id": id, "title": title} for id, title in page.page.toc],
        **{name: _plain(part) for name, part in parts.items() if part},
    }
