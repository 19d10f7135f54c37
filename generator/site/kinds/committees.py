"""Joint committee, mechanism."""

from __future__ import annotations

from generator.records.committees import FORMS, MECHANISM_TYPES, JointCommittee, Mechanism
from generator.site.kinds.parts import KindView, PageDesk, contact_section, fact
from generator.site.views import LinkView, Section, Step


def joint_committee(record: JointCommittee, here: PageDesk) -> KindView:
    """Form, lead village, members: those reported and those that could be named."""
    members = here.links("village", record.members)
    if record.reported_members is not None:
        count = f"报道 {record.reported_members} 个，本站收录 {len(members)} 个"
    else:
        count = f"本站收录 {len(members)} 个" if members else ""
    return KindView(
        subtitle=FORMS[record.form],
        facts=(
            fact(record, "form", FORMS[record.form]),
            fact(
                record,
                "county",
                here.link("county", record.county),
                here.link("township", record.township),
            ),
            fact(record, "founded", record.founded.chinese if record.founded else None),
            fact(record, "lead_village", here.link("village", record.lead_village)),
            fact(record, "members", count),
        ),
        sections=(
            Section(
                "members",
                "成员村",
                links=tuple(
                    LinkView(link.name, link.href, "龙头村" if id == record.lead_village else "")
                    for id, link in _named(record.members, here)
                ),
            ),
            Section("other-members", "其他成员单位", lines=record.other_members),
            here.prose_section(record, "story"),
            Section(
                "mechanisms",
                "运行机制",
                entries=tuple(here.desk.entry(m, here.page) for m in _mechanisms(record, here)),
            ),
            contact_section(record.contact),
        ),
        neighbours="联村党组织",
        neighbours_by=("county",),
    )


def _named(ids: tuple[str, ...], here: PageDesk) -> list[tuple[str, LinkView]]:
    return [(id, link) for id in ids if (link := here.link("village", id))]


def _mechanisms(record: JointCommittee, here: PageDesk) -> list[Mechanism]:
    known = here.desk.edition.of(Mechanism)
    return [known[id] for id in record.mechanisms if id in known]


def mechanism(record: Mechanism, here: PageDesk) -> KindView:
    """How it runs, step by step, and who uses it."""
    return KindView(
        subtitle=MECHANISM_TYPES[record.type],
        facts=(
            fact(record, "type", MECHANISM_TYPES[record.type]),
            fact(record, "counties", *here.links("county", record.counties)),
        ),
        sections=(
            here.prose_section(record, "how"),
            Section(
                "steps", "步骤", steps=tuple(Step(s.title, s.text or "") for s in record.steps)
            ),
        ),
        neighbours=MECHANISM_TYPES[record.type],
        neighbours_by=("type",),
    )
