"""What an organisation is, and how it is tied to villages; `vocabularies.py` lists both."""

from __future__ import annotations

from casebook_site.schema.choices import Choice, Vocabulary

ORGANISATION_TYPES = Vocabulary(
    "organisation-types",
    "组织类型",
    (
        Choice("cooperative", "农民专业合作社", other_names=("合作社",)),
        Choice("collective", "村集体经济合作社", other_names=("股份经济合作社",)),
        Choice("company", "企业", other_names=("公司",)),
        Choice("family_farm", "家庭农场"),
        Choice("association", "社会团体", other_names=("协会",)),
    ),
)

COOPERATION_MODELS = Vocabulary(
    "cooperation-models",
    "联结方式",
    (
        Choice("committee_cooperative", "联建村党组织＋合作社联建村"),
        Choice("committee_collective_households", "联建村党组织＋村集体经济合作社＋农户"),
        Choice("other", "其他方式"),
    ),
)
"""The two forms of the article of 2022-03-29, and what is neither."""
