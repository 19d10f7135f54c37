"""The planner of a training class, in the internal edition: one page a county.

Whole without scripts as a list of the county's teaching points; with them a day is put together,
checked against 5+1+N while it changes, printed, and handed to the editor as a record in YAML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from casebook_site.base.audience import is_internal
from casebook_site.base.templates import Template
from casebook_site.domain.training import (
    LECTURE,
    Procedure,
    procedure_of,
    usual_minutes,
    yearly_times,
)
from casebook_site.domain.visiting import opening
from casebook_site.model.catalog import key_of
from casebook_site.model.urls import asset_path, index_path, relative
from casebook_site.outputs.site.model import SiteModel, script_json
from casebook_site.outputs.site.pages import IndexView, SectionList
from casebook_site.outputs.site.paging import IndexFile, Listing, grouped
from casebook_site.outputs.site.views import LinkView
from casebook_site.records.places import County
from casebook_site.records.teaching import Course, PartySchool, TeachingPoint
from casebook_site.records.vocabularies import CATEGORIES, LEVELS, MODULES
from casebook_site.schema.walking import title_of

SECTION = "training-classes"
SCRIPTS = ("planner-day.js", "planner.js")
"""In the order in which they use each other."""

LEAD = "选教学点，排日程，边排边核对“{procedure}”，打印出来，或导出成记录交给编辑。"


@dataclass(frozen=True, slots=True)
class PlannerView:
    """What the page's template and its script need."""

    scripts: tuple[str, ...]
    style: str
    data: Markup
    """JSON, safe inside a script element."""
    schools: tuple[tuple[str, str], ...]
    """(id, name) of the schools that may hold the class."""
    trainees: tuple[tuple[str, str], ...]
    """(id, title) of those who may be trained."""
    procedure: str
    """`5+1+N`: what the day is checked against."""


@dataclass(frozen=True, slots=True)
class PlannerBody(SectionList):
    """The county's teaching points and, on the first page, the planner."""

    plan: PlannerView | None = None


PLANNER = Template("indexes/planner.html", IndexView[PlannerBody])


def planned_counties(site: SiteModel) -> list[County]:
    """Return the counties with a school and a teaching point; none in the public edition."""
    if not is_internal(site.edition.audience):
        return []
    counties = site.in_order(site.edition.of(County).values())
    return [
        county
        for county in counties
        if site.in_place("party-school", key_of(county))
        and site.in_place("teaching-point", key_of(county))
    ]


def planner_tabs(site: SiteModel, path: str) -> tuple[LinkView, ...]:
    """Return tabs for the list of classes and the planners; none if there is no planner."""
    counties = planned_counties(site)
    if not counties:
        return ()
    pages = [("培训班", index_path(SECTION))]
    pages += [(f"排班：{county.name}", _path(county)) for county in counties]
    return tuple(
        LinkView(title, None if page == path else relative(page, path)) for title, page in pages
    )


def _path(county: County) -> str:
    return index_path(SECTION, part=f"planner-{county.id}")


def plan_planners(site: SiteModel) -> Iterator[IndexFile]:
    """Yield a page a county, its teaching points paged like other lists."""
    for county in planned_counties(site):
        yield from Listing(
            site,
            SECTION,
            _points(site, county),
            partial(_show, site, county),
            PLANNER,
            part=f"planner-{county.id}",
            title=f"{county.name}培训班排班",
            lead=LEAD.format(procedure=procedure_of(site.schema).title),
            tabs=partial(planner_tabs, site),
            beside=county,
        ).pages()


def _points(site: SiteModel, county: County) -> list[TeachingPoint]:
    order = list(site.schema.vocabulary(CATEGORIES))
    found = site.in_order(site.edition.linking(county, TeachingPoint, "county"))
    return sorted(found, key=lambda point: order.index(point.category))


def _show(
    site: SiteModel, county: County, path: str, shown: Sequence[TeachingPoint]
) -> PlannerBody:
    entries = [
        site.entry(point, path, group=title_of(point, "category"), meta=(site.place_of(point),))
        for point in shown
    ]
    plan = _view(site, county, path) if path == _path(county) else None
    return PlannerBody(grouped(entries), plan)


def _view(site: SiteModel, county: County, path: str) -> PlannerView:
    schools = site.edition.linking(county, PartySchool, "county")
    order = list(site.schema.vocabulary(LEVELS))
    hosts = sorted(
        site.in_order(schools),
        key=lambda school: (school.level != "township", order.index(school.level)),
    )
    procedure = procedure_of(site.schema, hosts[0] if hosts else None)
    data: dict[str, Any] = {
        "procedure": _procedure(procedure),
        "lecture": LECTURE,
        "minutes": usual_minutes(site.schema),
        "categories": dict(site.schema.vocabulary(CATEGORIES)),
        "trainees": {
            yearly.group: {"title": yearly.title, "least": yearly.least}
            for yearly in yearly_times(site.schema, hosts[0] if hosts else None)
        },
        "schools": {school.id: school.township or "" for school in hosts},
        "points": [_point(site, point, path) for point in _points(site, county)],
        "courses": _courses(site, county),
    }
    return PlannerView(
        scripts=tuple(relative(asset_path(f"casebook/{name}"), path) for name in SCRIPTS),
        style=relative(asset_path("casebook/planner.css"), path),
        data=Markup(script_json([data])),
        schools=tuple((school.id, school.name) for school in hosts),
        trainees=tuple((yearly.group, yearly.title) for yearly in yearly_times(site.schema)),
        procedure=procedure.title,
    )


def _procedure(procedure: Procedure) -> dict[str, Any]:
    """Return the procedure as the page's script reads it."""
    return {
        "title": procedure.title,
        "components": [
            {
                "role": component.role.value,
                "mark": component.mark,
                "title": component.title,
                "request": component.request,
                "least": component.least,
                "items": dict(component.items),
            }
            for component in procedure.components
        ],
    }


def _point(site: SiteModel, point: TeachingPoint, path: str) -> dict[str, Any]:
    link = site.link(key_of(point), path)
    town = site.edition.resolve("township", point.township) if point.township else None
    return {
        "id": point.id,
        "name": point.name,
        "category": point.category,
        "township": point.township or "",
        "place": town.name if town else "镇街未载明",
        "hours": opening(point),
        "minutes": point.visit_minutes or 0,
        "href": link.href if link else None,
    }


def _courses(site: SiteModel, county: County) -> list[dict[str, Any]]:
    """Return the county's courses by module, each with its minutes where somebody says."""
    found = site.in_order(site.edition.linking(county, Course, "counties"))
    order = list(site.schema.vocabulary(MODULES))
    return [
        {
            "id": course.id,
            "name": course.name,
            "module": title_of(course, "module"),
            "minutes": round((course.hours or 0) * 60),
        }
        for course in sorted(found, key=lambda course: order.index(course.module))
    ]
