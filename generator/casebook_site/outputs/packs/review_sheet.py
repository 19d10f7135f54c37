"""签审单: a batch of records as a sheet for the paper file, with numbered changes and room to sign."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from casebook_site.base.settings import Settings
from casebook_site.domain.formatting import heading_number
from casebook_site.domain.reviewing import STATE_TITLES
from casebook_site.domain.text_changes import Mark, TextChange, fields_of
from casebook_site.model.reviewed import ReviewedRecord
from casebook_site.outputs.packs.document import (
    Block,
    Heading,
    PackDocument,
    Paragraph,
    Run,
    Runs,
    TableBlock,
    plain,
)
from casebook_site.schema.dates import PartialDate

DRAFT = 8
"""Digits of a digest that stand on paper for a draft."""


def review_sheet(
    found: Sequence[ReviewedRecord], steps: Sequence[str], settings: Settings, day: PartialDate
) -> PackDocument:
    """Return the sheet of a batch. `steps`: those that are to be signed on it."""
    options = settings.options
    seconds = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC).timestamp()
    return PackDocument(
        name=f"review-{day.iso}",
        title=f"签审单　{day.chinese}",
        subtitle="",
        label="签审单",
        layout="sheet",
        internal=True,
        unit=options.packs.unit or options.publisher.name,
        site=settings.site_name,
        date=day.chinese,
        created=int(seconds),
        reader="内部使用",
        audit=f"共{len(found)}条　待签：{'、'.join(steps)}　送签日期：{day.chinese}",
        blocks=(*_batch(found), *_changes(found), *_signatures(steps)),
        files={},
        records=tuple(one.key for one in found),
    )


def _batch(found: Sequence[ReviewedRecord]) -> Iterator[Block]:
    yield Heading(1, heading_number(1, 1), "本批记录")
    yield TableBlock(
        "本批记录",
        ("序号", "记录", "状态", "稿号"),
        (10, 46, 24, 20),
        tuple(
            (
                plain(str(number)),
                (Run(one.record.name, "strong"), Run(f"　{one.record.kind_title}")),
                plain(STATE_TITLES[one.state.state]),
                plain(one.state.digest[:DRAFT]),
            )
            for number, one in enumerate(found, start=1)
        ),
    )


def _changes(found: Iterable[ReviewedRecord]) -> Iterator[Block]:
    yield Heading(1, heading_number(1, 2), "改动与全文")
    first = 1
    for count, one in enumerate(found, start=1):
        yield Heading(2, heading_number(2, count), one.record.name)
        if one.since is None:
            yield Paragraph(plain("没有签过，全文如下。"), "note")
            yield _whole(one)
            continue
        changes = one.changes if one.told else ()
        yield Paragraph(plain(f"{one.told}。" if one.told else "签过以后没有改。"), "note")
        if changes:
            yield TableBlock(
                f"{one.record.name}的改动",
                ("改动", "字段", "原文", "改为"),
                (10, 16, 37, 37),
                tuple(_row(first + number, change) for number, change in enumerate(changes)),
            )
        first += len(changes)


def _whole(one: ReviewedRecord) -> TableBlock:
    return TableBlock(
        f"{one.record.name}的全文",
        ("字段", "内容"),
        (20, 80),
        tuple(
            (plain(title), plain("\n".join(lines))) for title, lines in fields_of(one.text).items()
        ),
    )


def _row(number: int, change: TextChange) -> tuple[Runs, ...]:
    return (
        plain(str(number)),
        plain(change.field),
        _side(change, "added") or plain("（没有）"),
        _side(change, "removed") or plain("（删去）"),
    )


def _side(change: TextChange, without: Mark) -> Runs:
    """Return the line of one side, with what is not on the other in bold."""
    return tuple(
        Run(piece.text, "" if piece.mark == "same" else "strong")
        for piece in change.pieces
        if piece.mark != without
    )


def _signatures(steps: Iterable[str]) -> Iterator[Block]:
    yield Heading(1, heading_number(1, 3), "签审")
    yield TableBlock(
        "签审",
        ("审次", "意见", "岗位", "签名", "日期"),
        (14, 36, 18, 16, 16),
        tuple((plain(step), plain("同意／退回："), (), (), ()) for step in steps),
        tall=True,
    )
    yield Paragraph(plain("签名留在纸上存档；系统里只记岗位。"), "note")
