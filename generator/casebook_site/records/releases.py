"""A dated release of a site: what each public record said then, so that a citation can name it."""

from __future__ import annotations

from casebook_site.records.reviews import Digest
from casebook_site.schema.dates import PartialDate
from casebook_site.schema.fields import Part, Text, field


class Release(Part):
    """The manifest of a release. Written by the program, never changed."""

    date: PartialDate = field("日期", "哪一天定的版。")
    records: dict[Text, Digest] = field("记录", "由程序写：类别/编号，和当时公开的内容。")
