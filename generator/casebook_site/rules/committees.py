"""A committee's villages are of its county (and its township), and its lead village is a member.

Right: `lead_village: yanya-zhujiahu` with yanya-zhujiahu among `members`.
Wrong: a lead that is not a member; a member of another county; more members than reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casebook_site.base.problems import Problem
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import Township, Village
from casebook_site.rules.rule import CheckInput, Rule


def check(record: JointCommittee, given: CheckInput) -> Iterator[Problem]:
    """Problems of lead village, members and their number."""
    if record.lead_village and record.lead_village not in record.members:
        yield Problem(
            given.locate(record, "lead_village"),
            "CB402",
            f"龙头村“{record.lead_village}”不在成员村（members）之中。",
            "把它也写进 members。",
        )
    for index, id in enumerate(record.members):
        at = partial(given.locate, record, "members", index)  # looked up only for a problem
        village = given.linked(Village, id)
        township = given.linked(Township, village.township) if village else None
        if id in record.members[:index]:
            yield Problem(at(), "CB203", f"成员村“{id}”写了两次。", "留一处。")
        if village and township and township.county != record.county:
            yield Problem(
                at(),
                "CB401",
                f"“{village.name}”属于“{township.county}”，不是本组织所在的“{record.county}”。",
                "核对成员村，或改正 county。",
            )
    if record.reported_members is not None and record.reported_members < len(record.members):
        yield Problem(
            given.locate(record, "reported_members"),
            "CB203",
            f"报道成员村 {record.reported_members} 个，却列了 {len(record.members)} 个。",
            "核对来源。",
        )


RULE = Rule("links", (JointCommittee,), ("CB402", "CB401", "CB203"), check)
