"""The models of the program's kinds, for tests that go through them all."""

from __future__ import annotations

from typing import Any

from casebook_site.kinds import program_schema

KINDS: dict[str, Any] = {kind.name: kind.model for kind in program_schema()}
"""Kind → model, in the readers' order."""

FOLDERS: dict[str, Any] = {kind.folder: kind.model for kind in program_schema()}
"""Folder under `content/records/` → model."""
