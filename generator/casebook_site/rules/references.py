"""A link names a record that exists.

Right: `county: yiyuan` where `content/records/counties/yiyuan.yml` stands.
Wrong: `county: yiyuann`; a link to a record of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.characters import with_names
from casebook_site.base.problems import Problem, did_you_mean, nearest
from casebook_site.model.catalog import Key, key_of
from casebook_site.records import Record
from casebook_site.rules.rule import CheckInput, Rule
from casebook_site.schema.fields import ID_PATTERN
from casebook_site.schema.kinds import Schema


def check(record: Record, given: CheckInput) -> Iterator[Problem]:
    """One problem for each link in a field that leads nowhere."""
    for link in given.catalog.links[key_of(record)]:
        if not link.in_prose and given.lacks(link.target):
            yield Problem(
                given.locate(record, *link.path),
                "CB301",
                f"没有编号为“{with_names(link.target.id)}”的{_title(link.target.kind, given.catalog.schema)}。",
                suggest(link.target, given),
            )


def _title(kind: str, schema: Schema) -> str:
    return schema[kind].title if kind in schema else f"“{kind}”类记录"


def suggest(target: Key, given: CheckInput) -> str:
    """Return what the writer of a broken link probably meant, across kinds."""
    records, schema = given.catalog.records, given.catalog.schema
    if target.kind not in schema:
        return (
            did_you_mean(target.kind, schema.by_name) or f"类别可写：{'、'.join(schema.by_name)}。"
        )
    for id, record in records[target.kind].items():
        if target.id in record.former_ids:
            return f"编号已改为“{id}”。"
        if target.id in (record.name, *record.aliases):
            return f"链接要写编号，写作“{id}”。"
    if best := nearest(target.id, records[target.kind]):
        return f"是不是“{best}”（{records[target.kind][best].name}）？"
    for kind, by_id in records.items():
        for id, record in by_id.items():
            if target.id in (id, record.name):
                wanted = _title(target.kind, schema)
                return f"“{target.id}”是{schema[kind].title}（{record.name}），不是{wanted}。"
    if ID_PATTERN.fullmatch(target.id):
        return f"检查拼写，或新建 {schema[target.kind].folder}/{target.id}.yml。"
    return "检查拼写。"


RULE = Rule("links", (), ("CB301",), check)
