"""A small site of one's own to start from: it builds as it is, and every line may be replaced."""

from __future__ import annotations

import shutil
from pathlib import Path

from casebook_site.base.problems import SettingsError
from casebook_site.base.system_errors import reason_of
from casebook_site.editing.schema_files import schema_files
from casebook_site.schema.kinds import Schema

_RENAMED = {"gitignore": ".gitignore"}
"""Packages leave out names with a dot."""


def write_starter(starter: Path, target: Path, schema: Schema) -> None:
    """Copy the starter into a folder that is empty or not there, with schemas for the editor.

    Raises `SettingsError` where something else stands in the folder.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SettingsError(f"{target} 里已有文件，换一个空的文件夹。")
    staging = target.with_name(f".{target.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        shutil.copytree(starter, staging)
        for old, new in _RENAMED.items():
            (staging / old).rename(staging / new)
        for name, content in schema_files("content/records", schema).items():
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(content)
        if target.exists():
            target.rmdir()
        staging.rename(target)
    except OSError as error:
        shutil.rmtree(staging, ignore_errors=True)
        raise SettingsError(f"{target} 写不进去（{reason_of(error)}）。") from None
