"""JSON Schema where an editor's YAML extension finds it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from casebook_site.schema.json_schema import file_schema
from casebook_site.schema.kinds import Schema

SCHEMA_FOLDER = ".vscode/schema"
"""Below the folder of mkdocs.yml."""
SETTINGS_FILE, EXTENSIONS_FILE = ".vscode/settings.json", ".vscode/extensions.json"
"""What belongs to the user as soon as it is there."""


def modeline(file: Path, kind: str, root: Path) -> str:
    """Return the first line of a new file, which names its schema for editors that read it."""
    path = os.path.relpath(root / SCHEMA_FOLDER / f"{kind}.json", file.parent).replace(os.sep, "/")
    return f"# yaml-language-server: $schema={path}\n"


def schema_files(records_dir: str, schema: Schema) -> dict[str, bytes]:
    """Path → bytes of every schema, and of VS Code's settings that name them.

    `records_dir`: folder of the records, POSIX, relative to the folder of mkdocs.yml.
    """
    files = {
        f"{SCHEMA_FOLDER}/{kind.name}.json": _readable(file_schema(kind.model)) for kind in schema
    }
    schemas = {
        f"./{SCHEMA_FOLDER}/{kind.name}.json": f"/{records_dir}/{kind.folder}/**/*.yml"
        for kind in schema
    }
    settings = {
        "yaml.schemas": schemas,
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "[yaml]": {"editor.insertSpaces": True, "editor.tabSize": 2},
    }
    recommended = {"recommendations": ["redhat.vscode-yaml"]}
    return files | {
        SETTINGS_FILE: _readable(settings),
        EXTENSIONS_FILE: _readable(recommended),
    }


def _readable(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
