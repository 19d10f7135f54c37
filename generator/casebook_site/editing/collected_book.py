"""What return files add up to, as a workbook for whoever reports on classes."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.domain.training import ANSWERS
from casebook_site.editing.collected import AnswerCounts, Collected, by_subject
from casebook_site.editing.tables_book import Row, make_tables
from casebook_site.model.catalog import Catalog, Key
from casebook_site.records.teaching import EvaluationItem, TrainingClass

_MARKS = tuple(str(EvaluationItem.model_fields[name].title) for name in ANSWERS)
_CONTENT = "满意率"
"""The share of those who are very or fairly content."""


def make_book(catalog: Catalog, made: Collected) -> bytes:
    """Return the bytes of the workbook: classes, subjects, quiz, remarks, files."""
    return make_tables(
        (
            (
                "培训班",
                ("培训班", "开班日期", "收回", "项目", *_MARKS, _CONTENT),
                _classes(catalog, made),
            ),
            ("课程、教学点、师资", ("类别", "名称", *_MARKS, _CONTENT), _subjects(catalog, made)),
            ("自测题", ("类别", "名称", "答题", "答对", "正确率"), _quiz(catalog, made)),
            ("意见和更正", ("范围", "页面", "意见"), _remarks(catalog, made)),
            ("文件", ("文件", "算了没有", "说明"), _files(made)),
        )
    )


def _classes(catalog: Catalog, made: Collected) -> Iterator[Row]:
    for record in catalog.of(TrainingClass).values():
        tally = made.classes.get(record.id)
        if tally is None:
            continue
        for name, item in tally.items.items():
            yield record.name, record.begins.chinese, tally.returned, name, *_counts(item)


def _counts(item: AnswerCounts) -> Row:
    return (
        item.very,
        item.fairly,
        item.fair,
        item.poor,
        _share(item.very + item.fairly, item.answers),
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else ""


def _subjects(catalog: Catalog, made: Collected) -> Iterator[Row]:
    for key, item in by_subject(catalog, made).items():
        yield *_called(catalog, key), *_counts(item)


def _called(catalog: Catalog, key: Key) -> tuple[str, str]:
    record = catalog.get(key)
    assert record is not None
    return record.kind_title, record.name


def _quiz(catalog: Catalog, made: Collected) -> Iterator[Row]:
    for key, quiz in made.quiz.items():
        share = _share(quiz.right, quiz.answered)
        yield *_called(catalog, key), quiz.answered, quiz.right, share


def _remarks(catalog: Catalog, made: Collected) -> Iterator[Row]:
    for id, tally in made.classes.items():
        _, name = _called(catalog, Key(TrainingClass.kind, id))
        yield from ((name, "", remark) for remark in tally.remarks)
    yield from ((note.scope, note.page, note.text) for note in made.notes)


def _files(made: Collected) -> Iterator[Row]:
    for verdict in made.files:
        yield verdict.file, "算了" if verdict.is_counted else "没有算", verdict.told
