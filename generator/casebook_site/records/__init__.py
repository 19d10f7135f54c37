"""The models of records: frozen pydantic models, which `kinds/` declares as kinds."""

from __future__ import annotations

from casebook_site.records.base import Record

__all__ = ["Record"]
