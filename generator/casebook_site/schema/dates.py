"""Dates as exact as their sources state them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from casebook_site.base.characters import bare

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A year, a month or a day, as exact as the source states it (ISO 8601 reduced precision)."""

    year: int
    month: int = 0
    """1 to 12; 0 when only the year is known."""
    day: int = 0
    """1 to 31; 0 when only the month is known."""

    @classmethod
    def parse(cls, value: object) -> PartialDate:
        """From `2022`, `"2022-03"`, `2022-03-29` (text, whole number or date)."""
        if isinstance(value, PartialDate):
            return value
        if isinstance(value, datetime.datetime):
            raise PydanticCustomError("bad_date", "写到日即可，不要写时刻")
        if isinstance(value, datetime.date):
            return cls._checked(value.year, value.month, value.day)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        match = _DATE.fullmatch(bare(text)) if isinstance(text, str) else None
        if not match:
            raise PydanticCustomError(
                "bad_date", "日期写作 2022、2022-03 或 2022-03-29（年、年月或年月日）"
            )
        if "00" in match.groups()[1:]:
            raise PydanticCustomError("bad_date", "历法中没有零月或零日，不清楚就不写")
        return cls._checked(*(int(part) if part else 0 for part in match.groups()))

    @classmethod
    def _checked(cls, year: int, month: int, day: int) -> PartialDate:
        try:
            datetime.date(year, month or 1, day or 1)
        except ValueError:
            raise PydanticCustomError("bad_date", "历法中没有这一天") from None
        if not 1800 <= year <= 2200:
            raise PydanticCustomError("bad_date", "年份须在 1800 至 2200 之间")
        return cls(year, month, day)

    @property
    def iso(self) -> str:
        """`2022`, `2022-03` or `2022-03-29`."""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)

    @property
    def chinese(self) -> str:
        """`2022年`, `2022年3月` or `2022年3月29日`."""
        month = f"{self.month}月" if self.month else ""
        day = f"{self.day}日" if self.day else ""
        return f"{self.year}年{month}{day}"

    def is_before(self, other: PartialDate) -> bool:
        """Return whether this date is before another, as far as both say; June is not before its year."""
        months = (self.month, other.month) if self.month and other.month else (0, 0)
        days = (self.day, other.day) if self.day and other.day and all(months) else (0, 0)
        return (self.year, months[0], days[0]) < (other.year, months[1], days[1])

    def __str__(self) -> str:
        return self.iso

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
