"""Joint committee, mechanism."""

from __future__ import annotations

from generator.catalog import key_of
from generator.packs.composing import Composer, labelled
from generator.packs.document import Item, ItemList, Paragraph, Run, plain
from generator.records.committees import FORMS, MECHANISM_TYPES, JointCommittee, Mechanism


def joint_committee(here: Composer, record: JointCommittee, level: int) -> None:
    """Form, members, what it did."""
    here.heading(level, record.name)
    here.tell(record)
    here.figures.setdefault(key_of(record))
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    reported = record.reported_members
    count = f"报道 {reported} 个，本站收录 {len(record.members)} 个：" if reported else ""
    members = here.names("village", record.members)
    here.facts(
        record,
        labelled(record, "form", FORMS[record.form]),
        ("位置", plain(here.around(record))),
        labelled(record, "founded", record.founded.chinese if record.founded else None),
        labelled(record, "lead_village", (here.name("village", record.lead_village),)),
        labelled(record, "members", (*plain(count), *members)),
        labelled(record, "other_members", "、".join(record.other_members)),
        labelled(record, "mechanisms", here.names("mechanism", record.mechanisms)),
    )
    here.photos(record)
    here.prose(record.story)
    here.internal_notes(record)
    here.doubts(record)


def mechanism(here: Composer, record: Mechanism, level: int) -> None:
    """How it runs, step by step."""
    here.heading(level, record.name)
    here.tell(record)
    here.add(Paragraph(here.line(record.summary), "lead") if record.summary else None)
    counties = here.names("county", record.counties)
    said = (Run(f"{MECHANISM_TYPES[record.type]}　"), *counties)
    here.add(Paragraph(said, "note"))
    here.prose(record.how)
    if record.steps:
        here.add(
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
    here.internal_notes(record)
    here.doubts(record)
