"""The teaching plan of a school and what came of it, on its page and in packs."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.charts.bars import Amount, bars
from casebook_site.domain.teaching_plans import (
    ITEM_HEAD,
    RESULT_HEAD,
    class_of,
    in_months,
    item_texts,
    progress,
    result_texts,
)
from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer
from casebook_site.outputs.packs.document import TableBlock, plain
from casebook_site.outputs.site.chart_views import BarView, ChartView
from casebook_site.outputs.site.page_parts import PageScope
from casebook_site.outputs.site.views import LinkView, Section, TableRow
from casebook_site.records.teaching import Course, PartySchool, TrainingClass
from casebook_site.records.teaching_plans import PlanItem, YearPlan
from casebook_site.schema.walking import title_of


def plan_sections(record: PartySchool, page: PageScope) -> Iterator[Section]:
    """Yield, the newest year first, the plan by months and the results of each year."""
    for plan in sorted(record.year_plans, key=lambda plan: -plan.year):
        if plan.items:
            yield Section(
                f"plan-{plan.year}",
                f"{plan.year}年教学计划",
                columns=ITEM_HEAD,
                rows=tuple(_row(item, page) for item in in_months(plan)),
                charts=(_progress_chart(plan, page),),
            )
        if plan.results:
            yield Section(
                f"results-{plan.year}",
                f"{plan.year}年轮训结果",
                columns=RESULT_HEAD,
                rows=tuple(
                    TableRow(tuple(map(LinkView, result_texts(result)))) for result in plan.results
                ),
                charts=(_result_chart(plan),),
            )


def _row(item: PlanItem, page: PageScope) -> TableRow:
    """Return an item; its title leads to the course, its last cell to the class."""
    month, title, trainees, time = item_texts(item)
    course = page.link(Course.kind, item.course)
    held = class_of(item, page.site.edition.of(TrainingClass))
    led = page.site.link(key_of(held), page.path) if held else None
    state = title_of(held, "status") if held else ""
    return TableRow(
        (
            LinkView(month),
            LinkView(title, course.href if course else None),
            LinkView(trainees),
            LinkView(time),
            led._replace(note=state) if led else LinkView(""),
        )
    )


def _progress_chart(plan: YearPlan, page: PageScope) -> ChartView:
    """Return the number of items beside the number of those that were held."""
    done = progress(plan, page.site.edition.of(TrainingClass))
    planned, held = bars([Amount(done.planned), Amount(done.held)])
    return ChartView(
        f"计划{done.planned}项，已办{done.held}项",
        (
            BarView(LinkView("计划"), str(done.planned), "项", planned),
            BarView(LinkView("已办"), str(done.held), "项", held, is_here=True),
        ),
        "培训班的记录写明已办的，才算已办。",
    )


def _result_chart(plan: YearPlan) -> ChartView:
    """Return for each sort of trainee those due beside those that met the minimum."""
    drawn = iter(
        bars([Amount(count) for result in plan.results for count in (result.due, result.met)])
    )
    rows = []
    for result in plan.results:
        title = title_of(result, "trainees")
        rows.append(BarView(LinkView(f"{title}应训"), str(result.due), "人", next(drawn)))
        rows.append(
            BarView(LinkView(f"{title}达标"), str(result.met), "人", next(drawn), is_here=True)
        )
    return ChartView(f"{plan.year}年应训和达标的人数", tuple(rows))


# --- packs ---


def tell_plans(composer: Composer, record: PartySchool) -> None:
    """Write the plan by months and the results of each year, the newest first."""
    classes = composer.edition.of(TrainingClass)
    for plan in sorted(record.year_plans, key=lambda plan: -plan.year):
        items = tuple(
            (
                *map(plain, item_texts(item)),
                (composer.name(TrainingClass.kind, held.id),)
                if (held := class_of(item, classes))
                else (),
            )
            for item in in_months(plan)
        )
        if items:
            title = f"{plan.year}年教学计划"
            composer.add(TableBlock(title, ITEM_HEAD, (2, 6, 3, 3, 4), items))
        results = tuple(tuple(map(plain, result_texts(result))) for result in plan.results)
        if results:
            composer.add(TableBlock(f"{plan.year}年轮训结果", RESULT_HEAD, (3, 2, 2, 2), results))
