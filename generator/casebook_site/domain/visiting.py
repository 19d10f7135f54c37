"""What is known of a visit to a teaching point, in words: pages and packs say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from casebook_site.domain.formatting import measure, number
from casebook_site.records.teaching import TeachingPoint
from casebook_site.records.visiting import Access, GuideStop, OpenHours, Route, Visit
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import unit_of, value_of
from casebook_site.schema.walking import part_of


def hours_text(hours: Iterable[OpenHours]) -> str:
    """Return opening hours on one line: `周二至周五 9:00—16:30；周六 9:00—12:00`."""
    return "；".join(
        f"{line.days} {_clock(value_of(line, 'from'))}—{_clock(line.to)}" for line in hours
    )


def _clock(time: str) -> str:
    """Return a time of day as people read it: `9:00`."""
    return time.removeprefix("0")


def visit_facts(visit: Visit | None) -> Iterator[tuple[str, str]]:
    """Yield (title, text) of what is known of a visit, in the order of the fields."""
    if visit is None:
        return
    for name, info in type(visit).model_fields.items():
        value: Any = value_of(visit, name)
        part = part_of(info)
        if part is OpenHours:
            text = hours_text(value)
        elif part is Access:
            text = access_text(value)
        else:
            text = _said(value, unit_of(info))
        if text:
            yield str(info.title), text


def _said(value: object, unit: str | None) -> str:
    """Return a value of a visit in words; empty where it is not known."""
    if isinstance(value, PartialDate):
        return value.chinese
    if isinstance(value, int | float):
        return measure(number(value), unit or "")
    return str(value) if value else ""


def access_text(access: Access | None) -> str:
    """Return what is known for those who cannot take stairs: `无台阶：有；电梯：没有`."""
    if access is None:
        return ""
    known = [
        f"{info.title}：{'有' if value else '没有'}"
        for name, info in type(access).model_fields.items()
        if isinstance(value := value_of(access, name), bool)
    ]
    return "；".join([*known, *([access.note] if access.note else [])])


def opening(record: TeachingPoint) -> str:
    """Return when a point is open: the hours of its visit, else the older line; empty if not known."""
    hours = hours_text(record.visit.hours) if record.visit else ""
    return hours or record.visit_hours or ""


def route_text(route: Route) -> tuple[str, str]:
    """Return (where it begins, how to go) of a way: `沿国道向北（12公里，约20分钟）`."""
    length = measure(number(route.km), "公里") if route.km is not None else ""
    time = f"约{measure(str(route.minutes), '分钟')}" if route.minutes is not None else ""
    more = "，".join(filter(None, (length, time)))
    return f"从{value_of(route, 'from')}", f"{route.text}（{more}）" if more else route.text


def guide_length(stops: Iterable[GuideStop]) -> str:
    """Return how long a guided visit takes, as far as it is known: `3 站，讲解约35分钟`."""
    listed = [*stops]
    minutes = sum(stop.minutes or 0 for stop in listed)
    told = f"，讲解约{minutes}分钟" if minutes else ""
    return f"共{len(listed)}站{told}。" if listed else ""


def stop_title(stop: GuideStop) -> str:
    """Return the title of a stop with its length: `大门前（10分钟）`."""
    return f"{stop.stop}（{stop.minutes}分钟）" if stop.minutes else stop.stop
