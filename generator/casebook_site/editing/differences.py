"""What changes in records, field by field, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook_site.editing.record_files import Written
from casebook_site.editing.round_trip import same
from casebook_site.model.catalog import Key
from casebook_site.schema.kinds import RecordModel, Schema
from casebook_site.schema.walking import part_of

_SHOWN = 60
"""Characters of a value that a line of the list shows."""


@dataclass(frozen=True)
class FieldDifference:
    """One value, before and after; None where there is none."""

    field: str
    """Path in the record's data: `questions.0.answer`."""
    title: str
    """The same in Chinese: `自测题 1·答案`."""
    old: Any
    new: Any


@dataclass(frozen=True)
class Difference:
    """What happens to one record."""

    key: Key
    name: str
    action: Literal["added", "changed", "removed"]
    fields: tuple[FieldDifference, ...]


def differences(
    written: Mapping[Key, Written],
    wanted: Mapping[Key, Mapping[str, Any] | None],
    schema: Schema,
) -> list[Difference]:
    """Every record that is not what it was, in the order of kinds and ids."""
    found: list[Difference] = []
    order = [kind.name for kind in schema]
    for key in sorted(wanted, key=lambda key: (order.index(key.kind), key.id)):
        old = written[key].data if key in written else {}
        new = wanted[key] or {}
        action: Literal["added", "changed", "removed"] = (
            "added" if not old else "changed" if new else "removed"
        )
        fields = () if action == "removed" else tuple(_fields(schema[key.kind].model, old, new))
        if fields or action == "removed":
            name = str(new.get("name") or old.get("name") or key.id)
            found.append(Difference(key, name, action, fields))
    return found


def _fields(
    model: type[RecordModel], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[FieldDifference]:
    before, after = dict(_leaves(old)), dict(_leaves(new))
    for path in [*before, *(path for path in after if path not in before)]:
        if path == ("id",):
            continue
        one, other = before.get(path), after.get(path)
        if not same(one, other):
            yield FieldDifference(".".join(map(str, path)), title_of(model, path), one, other)


def _leaves(
    value: Any, above: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, (*above, name))
    elif isinstance(value, list) and any(isinstance(inner, Mapping) for inner in value):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*above, index))
    else:
        yield above, value


def title_of(record: type[RecordModel], path: tuple[str | int, ...]) -> str:
    """Return a path in Chinese: `自测题 1·答案`."""
    titles: list[str] = []
    model: Any = record
    for step in path:
        if isinstance(step, int):
            titles[-1] += f" {step + 1}"
            continue
        info = model.model_fields[step]
        titles.append(str(info.title))
        model = part_of(info) or model
    return "·".join(titles)


def render_differences(found: list[Difference], schema: Schema) -> str:
    """One line a field: `基层教学点 莒镇公园（juzhen-park） 地址：旧 → 新`."""
    lines: list[str] = []
    signs = {"added": "+ 新增", "changed": "~ 修改", "removed": "- 删除"}
    for difference in found:
        kind = schema[difference.key.kind].title
        lines.append(f"{signs[difference.action]} {kind} {difference.name}（{difference.key.id}）")
        lines += [f"    {shown_field(field)}" for field in difference.fields]
    return "\n".join(lines)


def shown_field(field: FieldDifference) -> str:
    """Return one value, before and after: `地址：旧 → 新`."""
    return f"{field.title}：{_shown(field.old)} → {_shown(field.new)}"


def _shown(value: Any) -> str:
    if value is None:
        return "（无）"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def as_rows(found: list[Difference]) -> list[dict[str, Any]]:
    """Return the differences as JSON for programs, dates as text."""
    return [
        {
            "kind": difference.key.kind,
            "id": difference.key.id,
            "name": difference.name,
            "action": difference.action,
            "fields": [
                {"field": f.field, "title": f.title, "old": _plain(f.old), "new": _plain(f.new)}
                for f in difference.fields
            ],
        }
        for difference in found
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | None) else str(value)
