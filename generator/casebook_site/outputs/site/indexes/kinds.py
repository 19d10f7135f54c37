"""One index for each kind of record, grouped as its readers look for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from casebook_site.base.pinyin import pinyin
from casebook_site.domain import formatting
from casebook_site.domain.citation import cite_source
from casebook_site.model.catalog import key_of
from casebook_site.model.editions import has_page
from casebook_site.model.urls import index_path, relative
from casebook_site.outputs.site.indexes.paging import IndexFile, Listing, grouped, kind_downloads
from casebook_site.outputs.site.indexes.planner import planner_tabs
from casebook_site.outputs.site.model import SiteModel
from casebook_site.outputs.site.views import LinkView, RecordEntry
from casebook_site.records import KINDS, Record
from casebook_site.records.committees import FORMS, MECHANISM_TYPES
from casebook_site.records.evidence import GRADES
from casebook_site.records.places import TOWNSHIP_TYPES
from casebook_site.records.teaching import CATEGORIES, FACULTY_GROUPS, LEVELS, MODULES

Grouping = Callable[[SiteModel, Any], tuple[object, str]]
"""(sort key, heading) of a record in an index."""


def _by_table(attribute: str, titles: dict[str, str]) -> Grouping:
    order = {name: number for number, name in enumerate(titles)}

    def group(site: SiteModel, record: Any) -> tuple[object, str]:
        value = getattr(record, attribute)
        return order[value], titles[value]

    return group


def _by_county(site: SiteModel, record: Any) -> tuple[object, str]:
    name = site.place_of(record).split(" ")[0] or "全国通用"
    return pinyin(name), name


def _by_letter(site: SiteModel, record: Record) -> tuple[object, str]:
    letter = formatting.initial(record)
    return letter, letter.upper() if letter != "#" else "其他"


def _alone(site: SiteModel, record: Record) -> tuple[object, str]:
    return 0, ""


def _by_year(site: SiteModel, record: Any) -> tuple[object, str]:
    return -record.begins.year, f"{record.begins.year}年"


GROUPINGS: dict[str, Grouping] = {
    "case-study": _alone,
    "county": _alone,
    "joint-committee": _by_table("form", FORMS),
    "mechanism": _by_table("type", MECHANISM_TYPES),
    "teaching-point": _by_table("category", {id: f"{t}教学点" for id, t in CATEGORIES.items()}),
    "category": _alone,
    "party-school": _by_table("level", LEVELS),
    "course": _by_table("module", MODULES),
    "training-class": _by_year,
    "faculty": _by_table("group", FACULTY_GROUPS),
    "platform": _by_county,
    "township": _by_county,
    "village": _by_county,
    "term": _by_letter,
    "source": _by_table(
        "grade", {grade: f"{grade} 级：{title}" for grade, title in GRADES.items()}
    ),
}


def build(site: SiteModel) -> Iterator[IndexFile]:
    """The index of every kind but figures, which have their own."""
    for kind, grouping in GROUPINGS.items():
        records = [r for r in site.edition.records[kind].values() if has_page(site.edition, r)]
        yield from _index(site, kind, records, grouping)
    yield from _committees_by_township(site)


def _index(
    site: SiteModel, kind: str, records: Sequence[Record], grouping: Grouping
) -> Iterator[IndexFile]:
    model = KINDS[kind]
    ordered = sorted(
        formatting.by_pinyin(records, lambda r: r.name),
        key=lambda r: _sort(kind, grouping(site, r)[0], r),
    )

    def show(path: str, shown: Sequence[Record]) -> dict[str, object]:
        return {"sections": grouped([_entry(site, r, path, grouping(site, r)[1]) for r in shown])}

    downloads = kind_downloads(model.kind_title, model.folder) if records else ()
    yield from Listing(
        site,
        model.folder,
        ordered,
        show,
        template=f"indexes/{kind}.html"
        if kind in ("category", "case-study", "county")
        else "index.html",
        tabs=lambda path: _tabs(site, kind, path),
        downloads=downloads,
    ).pages()


def _sort(kind: str, group: object, record: Record) -> Any:
    if kind == "category":
        return list(CATEGORIES).index(record.id)
    return group


def _entry(site: SiteModel, record: Record, path: str, group: str) -> RecordEntry:
    entry = site.entry(record, path, group=group, meta=_meta(site, record))
    return entry if entry.text else entry._replace(text=_fallback(site, record))


def _fallback(site: SiteModel, record: Any) -> str:
    if record.kind == "source":
        return cite_source(record)
    if record.kind == "term":
        return site.plain(record.definition, 90)
    return ""


def _meta(site: SiteModel, record: Any) -> tuple[str, ...]:
    key = key_of(record)
    match record.kind:
        case "township":
            counts = [
                (len(site.in_place(kind, key)), unit)
                for kind, unit in (
                    ("joint-committee", "个联村党组织"),
                    ("teaching-point", "处教学点"),
                )
            ]
            return (TOWNSHIP_TYPES[record.type], *(f"{n} {unit}" for n, unit in counts if n))
        case "category":
            return (f"{len(site.category_order.get(record.id, ()))} 处",)
        case "source":
            uses = {link.source for link in site.edition.backlinks.get(key, ())}
            return (f"支持 {len(uses)} 条",)
        case "training-class":
            return (record.begins.chinese,)
        case "term" | "case-study" | "course" | "platform" | "county":
            return ()
    return (site.place_of(record),)


def _tabs(site: SiteModel, kind: str, path: str) -> tuple[LinkView, ...]:
    if kind == "training-class":
        return planner_tabs(site, path)
    return _committee_tabs(path, "index") if kind == "joint-committee" else ()


def _committee_tabs(path: str, current: str) -> tuple[LinkView, ...]:
    tabs = (("index", "按形式", ""), ("by-township", "按镇街", "by-township"))
    return tuple(
        LinkView(
            title,
            None if name == current else relative(index_path("joint-committees", part=part), path),
        )
        for name, title, part in tabs
    )


def _committees_by_township(site: SiteModel) -> Iterator[IndexFile]:
    records = list(site.edition.records["joint-committee"].values())

    def place(record: Any) -> str:
        return site.place_of(record) if record.township else f"{site.place_of(record)} 镇街未载明"

    ordered = sorted(
        formatting.by_pinyin(records, lambda r: r.name), key=lambda r: pinyin(place(r))
    )

    def show(path: str, shown: Sequence[Any]) -> dict[str, object]:
        return {
            "sections": grouped(
                [site.entry(r, path, group=place(r), meta=(FORMS[r.form],)) for r in shown]
            )
        }

    yield from Listing(
        site,
        "joint-committees",
        ordered,
        show,
        part="by-township",
        title="联村党组织（按镇街）",
        tabs=lambda path: _committee_tabs(path, "by-township"),
        downloads=kind_downloads("联村党组织", "joint-committees") if records else (),
    ).pages()
