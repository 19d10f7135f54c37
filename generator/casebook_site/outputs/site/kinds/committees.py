"""Joint committee, mechanism."""

from __future__ import annotations

from casebook_site.outputs.site.kinds.parts import KindView, PageScope, contact_section, fact
from casebook_site.outputs.site.views import LinkView, Section, StepView
from casebook_site.records.committees import FORMS, MECHANISM_TYPES, JointCommittee, Mechanism


def joint_committee(record: JointCommittee, page: PageScope) -> KindView:
    """Form, lead village, members: those reported and those that could be named."""
    members = page.links("village", record.members)
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
                page.link("county", record.county),
                page.link("township", record.township),
            ),
            fact(record, "founded", record.founded.chinese if record.founded else None),
            fact(record, "lead_village", page.link("village", record.lead_village)),
            fact(record, "members", count),
        ),
        sections=(
            Section(
                "members",
                "成员村",
                links=tuple(
                    LinkView(link.name, link.href, "龙头村" if id == record.lead_village else "")
                    for id, link in _named(record.members, page)
                ),
            ),
            Section("other-members", "其他成员单位", lines=record.other_members),
            page.prose_section(record, "story"),
            Section(
                "mechanisms",
                "运行机制",
                entries=tuple(page.site.entry(m, page.path) for m in _mechanisms(record, page)),
            ),
            contact_section(record.contact),
        ),
        neighbours="联村党组织",
        neighbours_by=("county",),
    )


def _named(ids: tuple[str, ...], page: PageScope) -> list[tuple[str, LinkView]]:
    return [(id, link) for id in ids if (link := page.link("village", id))]


def _mechanisms(record: JointCommittee, page: PageScope) -> list[Mechanism]:
    known = page.site.edition.of(Mechanism)
    return [known[id] for id in record.mechanisms if id in known]


def mechanism(record: Mechanism, page: PageScope) -> KindView:
    """How it runs, step by step, and who uses it."""
    return KindView(
        subtitle=MECHANISM_TYPES[record.type],
        facts=(
            fact(record, "type", MECHANISM_TYPES[record.type]),
            fact(record, "counties", *page.links("county", record.counties)),
        ),
        sections=(
            page.prose_section(record, "how"),
            Section(
                "steps", "步骤", steps=tuple(StepView(s.title, s.text or "") for s in record.steps)
            ),
        ),
        neighbours=MECHANISM_TYPES[record.type],
        neighbours_by=("type",),
    )
