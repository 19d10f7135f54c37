"""The website as a stream of small jobs, each a plain value that another process can make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.artifacts import Artifact
from generator.records import KINDS
from generator.records.fields import PartialDate
from generator.rendering import Renderer
from generator.shell import Shell
from generator.site.downloads import build_downloads, json_bytes
from generator.site.feeds import build_feeds
from generator.site.indexes import build_indexes
from generator.site.indexes.paging import Made
from generator.site.pages import Desk
from generator.site.records import build_record_page, record_data
from generator.site.sections import SECTIONS
from generator.site.views import Download, IndexPage, LinkView, RecordPage, Row, Section
from generator.urls import data_path, index_path, media_path, record_data_path, relative, schema_path


@dataclass(frozen=True, slots=True)
class Job:
    """One file to be made."""

    path: str
    maker: str
    shell: str = ""
    """Key of the shell that the page is set into."""
    view: RecordPage | IndexPage | None = None
    content: bytes = b""
    """The finished bytes, where there is no page to render."""


def make(job: Job, renderer: Renderer, shells: Mapping[str, Shell]) -> Artifact:
    """The file of a job."""
    view = job.view
    if view is None:
        return Artifact(job.path, job.content, job.maker)
    template = "record.html" if isinstance(view, RecordPage) else view.template
    toc = "".join(
        f'<li class="md-nav__item"><a href="#{anchor}" class="md-nav__link">'
        f'<span class="md-ellipsis">{_escape(title)}</span></a></li>'
        for anchor, title in view.toc if title
    )
    page = shells[job.shell].fill({
        "title": _escape(view.head.title),
        "description": _escape(view.head.description),
        "canonical": _escape(view.head.canonical),
        "head": renderer.render("head.html", view.head),
        "toc": toc,
        "body": renderer.render(template, view),
    })
    return Artifact(job.path, page, job.maker)


def _escape(text: str) -> str:
    return (text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;"))


def page_jobs(desk: Desk) -> Iterator[Job]:
    """Record pages with their data, then indexes."""
    for record in desk.paged_records():
        view = build_record_page(desk, record)
        maker = f"{record.kind}/{record.id}"
        yield Job(f"{record.folder}/{record.id}.html", maker, f"{record.folder}/_record", view)
        data = json_bytes(record_data(desk, record))
        yield Job(record_data_path(record.kind, record.id), maker, content=data)
    for made in (*build_indexes(desk), _data_page(desk)):
        yield Job(made.path, f"索引 {made.path}", _index_shell(made), made.page)


def _index_shell(made: Made) -> str:
    first = made.path == index_path(made.section)
    return f"{made.section}/{'index' if first else '_record'}"


def file_jobs(desk: Desk, hand_written: Mapping[str, PartialDate | None]) -> Iterator[Job]:
    """Downloads, feeds and media. `hand_written`: paths of MkDocs' own pages."""
    for file in build_downloads(desk):
        yield Job(file.path, file.maker, content=file.content)
    pages: dict[str, PartialDate | None] = dict(hand_written)
    for record in desk.paged_records():
        pages[f"{record.folder}/{record.id}.html"] = record.updated
    for made in build_indexes(desk):
        pages[made.path] = None
    for file in build_feeds(desk, pages):
        yield Job(file.path, file.maker, content=file.content)
    for name in sorted({m.file for record in desk.edition for m in record.media}):
        content = (desk.settings.media_dir / name).read_bytes()
        yield Job(media_path(name), f"media/{name}", content=content)


def _data_page(desk: Desk) -> Made:
    """The page of downloads."""
    path = index_path("data")
    rows = []
    for kind, by_id in desk.edition.records.items():
        if by_id:
            model = KINDS[kind]
            files = (
                ("JSON", data_path(f"{model.folder}.json")),
                ("CSV", data_path(f"{model.folder}.csv")),
                ("JSON Schema", schema_path(kind)),
            )
            rows.append(Row((
                LinkView(model.kind_title, relative(index_path(model.folder), path)),
                LinkView(f"{len(by_id)} 条"),
                *(LinkView(title, relative(target, path)) for title, target in files),
            )))
    home = SECTIONS["data"]
    page = IndexPage(
        head=desk.head(home.title, home.lead, path),
        path=(LinkView("首页", relative("index.html", path)), LinkView(home.title)),
        title=home.title,
        lead=home.lead,
        template="indexes/data.html",
        sections=(Section(
            "files", "按类别下载", columns=("类别", "条数", "JSON", "CSV（Excel）", "字段说明"),
            rows=tuple(rows),
        ),),
        downloads=(Download("数据包说明 datapackage.json", relative(data_path("datapackage.json"), path)),),
        empty="" if rows else "还没有记录可供下载。",
        toc=(("files", "按类别下载"), ("formats", "格式说明")),
    )
    return Made(path, "data", page)

