"""JSON Schema (2020-12) of record kinds, from the models: of what is published, and of files."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from casebook_site.base.audience import Audience, may_see
from casebook_site.schema.fields import NOT_SEARCHED, audience_of
from casebook_site.schema.kinds import RecordModel

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def published_schema(model: type[RecordModel], audience: Audience) -> dict[str, Any]:
    """Return the schema of published records of a kind, as one audience sees them."""
    schema = model.model_json_schema(mode="serialization")
    properties = schema["properties"]
    for name in [*properties]:
        info = model.model_fields[name]
        if name == "audience" or not may_see(audience, audience_of(info)):
            del properties[name]
    schema["properties"] = {
        "kind": {"const": model.kind},
        "url": {"type": "string", "title": "永久地址"},
        **properties,
    }
    # Published records leave out what has its default value.
    schema["required"] = ["kind", "id", "url", *_required(model, audience)]
    for definition in schema.get("$defs", {}).values():
        definition["required"] = [
            field
            for field in definition.get("required", [])
            if "default" not in definition["properties"][field]
        ]
    schema["$defs"] = _used(schema)
    schema["$schema"] = DIALECT
    schema["title"] = model.kind_title
    schema.pop("description", None)
    _explain_choices(schema)
    return schema


def record_schema(model: type[RecordModel]) -> dict[str, Any]:
    """Return the schema of one record as editors write it; the id may be left to the file's name."""
    schema = model.model_json_schema(mode="validation")
    schema["required"] = [name for name in schema.get("required", []) if name != "id"]
    schema["title"] = model.kind_title
    _explain_choices(schema)
    for part in (schema, *schema.get("$defs", {}).values()):
        part.pop("description", None)
        for name, inner in part["properties"].items():
            part["properties"][name] = _as_written(inner)
    return schema


def file_schema(model: type[RecordModel]) -> dict[str, Any]:
    """Return the schema of a file of a kind: one record, or a list of records that have ids."""
    schema = record_schema(model)
    definitions = schema.pop("$defs", {})
    return {
        "$schema": DIALECT,
        "title": model.kind_title,
        "if": {"type": "array"},
        "then": {"items": {"allOf": [{"$ref": "#/$defs/Record"}, {"required": ["id"]}]}},
        "else": {"$ref": "#/$defs/Record"},
        "$defs": {"Record": schema, **dict(sorted(definitions.items()))},
    }


def _explain_choices(schema: dict[str, Any]) -> None:
    """Say in the description of every field what its choices mean, and drop our own marks."""
    for part in (schema, *schema.get("$defs", {}).values()):
        for field in part["properties"].values():
            field.pop(NOT_SEARCHED, None)
            options = [field, *field.get("anyOf", []), field.get("items", {})]
            for option in filter(lambda option: "enumDescriptions" in option, options):
                choices = zip(option["enum"], option["enumDescriptions"], strict=True)
                told = "，".join(f"{id} {title}" for id, title in choices)
                field["description"] = f"{field['description']}可选：{told}。"


def _as_written(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a field as YAML has it: absent instead of null; a date is text, or a bare year."""
    shown = dict(schema)
    if shown.get("default", ...) in (None, []):
        shown.pop("default")
    options = [option for option in shown.get("anyOf", []) if option != {"type": "null"}]
    if len(options) == 1:
        del shown["anyOf"]
        shown = {**options[0], **shown}
    elif options:
        shown["anyOf"] = options
    if shown.get("pattern") == r"^\d{4}(-\d{2}(-\d{2})?)?$":
        shown["type"] = ["string", "integer"]
    return shown


def _required(model: type[BaseModel], audience: Audience) -> list[str]:
    return [
        name
        for name, info in model.model_fields.items()
        if info.is_required() and name != "id" and may_see(audience, audience_of(info))
    ]


def _used(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the definitions that the properties (or other used definitions) refer to."""
    definitions = schema.get("$defs", {})
    used: dict[str, Any] = {}
    waiting = [json.dumps(schema["properties"])]
    while waiting:
        text = waiting.pop()
        for name, definition in definitions.items():
            if name not in used and f'"#/$defs/{name}"' in text:
                used[name] = definition
                waiting.append(json.dumps(definition))
    return dict(sorted(used.items()))
