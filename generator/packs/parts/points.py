"""Teaching point, and the points of a category."""

from __future__ import annotations

from generator.catalog import key_of
from generator.maps.coordinates import to_wgs84
from generator.packs.composing import Composer, labelled, measured
from generator.packs.document import Paragraph, Runs, plain
from generator.packs.parts.places import locator
from generator.records.base import Coordinates
from generator.records.teaching import CATEGORIES, Category, TeachingPoint


def teaching_point(here: Composer, record: TeachingPoint, level: int) -> None:
    """What is there, how to visit, what can be taught."""
    here.heading(level, record.name, mark=record.category)
    here.tell(record)
    here.figures.setdefault(key_of(record))
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    visit_facts(here, record)
    if here.sheet:
        here.add(locator(here, record, 26))
    here.photos(record)
    here.prose(record.about)
    if record.talking_points:
        here.paragraph("可讲的点", "label")
        here.lines(record.talking_points)
    here.internal_notes(record)
    here.open_questions(record)
    here.doubts(record)
    here.ask(record, record.questions)


def visit_facts(here: Composer, record: TeachingPoint) -> None:
    """What somebody who goes there must know."""
    village = here.name("village", record.village)
    place = plain(here.around(record) or "")
    here.facts(
        record,
        labelled(record, "category", CATEGORIES[record.category]),
        ("位置", (*place, *plain(" "), village) if village.text else place),
        labelled(record, "organiser", record.organiser),
        labelled(record, "address", record.address),
        labelled(record, "opened", record.opened.chinese if record.opened else None),
        labelled(record, "visit_hours", record.visit_hours),
        measured(record, "visit_minutes"),
        measured(record, "capacity"),
        ("坐标", _point(record.coordinates)),
    )


def _point(coordinates: Coordinates | None) -> Runs:
    if coordinates is None:
        return ()
    shown = to_wgs84(coordinates)
    return plain(
        f"北纬 {shown.latitude:.4f}°，东经 {shown.longitude:.4f}°"
        f"（WGS-84，误差约 {coordinates.precision} 米）"
    )


def category(here: Composer, record: Category, level: int) -> None:
    """What the category is for, and each of its points."""
    here.heading(level, record.name, mark=record.id)
    here.tell(record)
    here.figures.setdefault(key_of(record))
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    here.prose(record.teaches)
    here.internal_notes(record)
    here.doubts(record)
    for point in here.lookups.category_order.get(record.id, ()):
        teaching_point(here, point, level + 1)
