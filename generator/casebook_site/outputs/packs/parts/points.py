"""Teaching point, and the points of a category."""

from __future__ import annotations

from casebook_site.maps.coordinates import to_wgs84
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer, labelled, measured
from casebook_site.outputs.packs.document import Paragraph, Runs, plain
from casebook_site.outputs.packs.parts.places import locator
from casebook_site.records.base import Coordinates
from casebook_site.records.teaching import CATEGORIES, Category, TeachingPoint


def teaching_point(composer: Composer, record: TeachingPoint, level: int) -> None:
    """What is there, how to visit, what can be taught."""
    composer.heading(level, record.name, mark=record.category)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    visit_facts(composer, record)
    if composer.sheet:
        composer.add(locator(composer, record, 26))
    composer.photos(record)
    composer.prose(record.about)
    if record.talking_points:
        composer.paragraph("可讲的点", "label")
        composer.lines(record.talking_points)
    composer.internal_notes(record)
    composer.open_questions(record)
    composer.doubts(record)
    composer.ask(record, record.questions)


def visit_facts(composer: Composer, record: TeachingPoint) -> None:
    """What somebody who goes there must know."""
    village = composer.name("village", record.village)
    place = plain(composer.around(record) or "")
    composer.facts(
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


def category(composer: Composer, record: Category, level: int) -> None:
    """What the category is for, and each of its points."""
    composer.heading(level, record.name, mark=record.id)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    composer.prose(record.teaches)
    composer.internal_notes(record)
    composer.doubts(record)
    for point in composer.lookups.category_order.get(record.id, ()):
        teaching_point(composer, point, level + 1)
