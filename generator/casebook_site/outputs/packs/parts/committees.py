"""Joint committee, mechanism."""

from __future__ import annotations

from casebook_site.model.catalog import key_of
from casebook_site.outputs.packs.composing import Composer, labelled
from casebook_site.outputs.packs.document import Item, ItemList, Paragraph, Run, plain
from casebook_site.records.committees import FORMS, MECHANISM_TYPES, JointCommittee, Mechanism


def joint_committee(composer: Composer, record: JointCommittee, level: int) -> None:
    """Form, members, what it did."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.figures.setdefault(key_of(record))
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    reported = record.reported_members
    count = f"报道 {reported} 个，本站收录 {len(record.members)} 个：" if reported else ""
    members = composer.names("village", record.members)
    composer.facts(
        record,
        labelled(record, "form", FORMS[record.form]),
        ("位置", plain(composer.around(record))),
        labelled(record, "founded", record.founded.chinese if record.founded else None),
        labelled(record, "lead_village", (composer.name("village", record.lead_village),)),
        labelled(record, "members", (*plain(count), *members)),
        labelled(record, "other_members", "、".join(record.other_members)),
        labelled(record, "mechanisms", composer.names("mechanism", record.mechanisms)),
    )
    composer.photos(record)
    composer.prose(record.story)
    composer.internal_notes(record)
    composer.doubts(record)


def mechanism(composer: Composer, record: Mechanism, level: int) -> None:
    """How it runs, step by step."""
    composer.heading(level, record.name)
    composer.tell(record)
    composer.add(Paragraph(composer.line(record.summary), "lead") if record.summary else None)
    counties = composer.names("county", record.counties)
    said = (Run(f"{MECHANISM_TYPES[record.type]}　"), *counties)
    composer.add(Paragraph(said, "note"))
    composer.prose(record.how)
    if record.steps:
        composer.add(
            ItemList(
                tuple(
                    Item(
                        f"{number}.",
                        (Run(step.title, "strong"), *plain(f"　{step.text}" if step.text else "")),
                    )
                    for number, step in enumerate(record.steps, start=1)
                )
            )
        )
    composer.internal_notes(record)
    composer.doubts(record)
