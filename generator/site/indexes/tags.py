"""Tags, and the records under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import wording
from generator.records import Record
from generator.site.indexes.paging import Listing, Made, grouped
from generator.site.pages import Desk
from generator.site.sections import section_of
from generator.site.views import LinkView, Section
from generator.urls import index_path, relative


def build(desk: Desk) -> Iterator[Made]:
    """All tags with their numbers, and pages for each tag."""
    by_tag: dict[str, list[Record]] = {}
    for record in desk.paged_records():
        for tag in record.tags:
            by_tag.setdefault(tag, []).append(record)
    tags = wording.by_pinyin(by_tag, str)

    def show_tags(path: str, shown: Sequence[str]) -> dict[str, object]:
        links = tuple(
            LinkView(tag, relative(_path(desk, tag), path), str(len(by_tag[tag]))) for tag in shown
        )
        return {"sections": (Section("tags", "全部标签", links=links),) if links else ()}

    yield from Listing(
        desk,
        "tags",
        tags,
        show_tags,
        template="indexes/tags.html",
        empty="目前没有标签。在记录的 tags 里写上主题词，就会列到这里。",
    ).pages()
    for tag in tags:
        records = sorted(
            wording.by_pinyin(by_tag[tag], lambda r: r.name), key=lambda r: section_of(r).title
        )
        yield from Listing(
            desk,
            "tags",
            records,
            lambda path, shown: _show(desk, path, shown),
            part=desk.tag_slugs[tag],
            title=f"标签：{tag}",
            lead=f"带有“{tag}”标签的条目。",
        ).pages()


def _show(desk: Desk, path: str, shown: Sequence[Record]) -> dict[str, object]:
    return {
        "sections": grouped(
            [
                desk.entry(r, path, group=section_of(r).title, meta=(desk.place_of(r),))
                for r in shown
            ]
        )
    }


def _path(desk: Desk, tag: str) -> str:
    return index_path("tags", part=desk.tag_slugs[tag])
