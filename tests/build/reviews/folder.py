"""A small site that reviews what it publishes."""

from __future__ import annotations

from casebook_site.base.settings import Settings
from tests.folders import MKDOCS_YML, SiteFolder

DAY = "1796083200"
"""2026-12-01 as SOURCE_DATE_EPOCH."""


FILES = {
    "records/sources/daily.yml": "name: 把课堂搬到果园里\npublisher: 丁市新闻网\ntype: EB\n"
    "grade: B\n",
    "records/terms/lian-cun.yml": "name: 联村\ndefinition: 几个村一起。[](record:term/village)\n"
    "sources: [daily]\nremarks: 内部的话\n",
    "records/terms/village.yml": "name: 村\ndefinition: 村子。\n",
    "records/terms/secret.yml": "name: 秘密\naudience: internal\ndefinition: 不公开。\n",
}

TERM = "content/records/terms/lian-cun.yml"
REVIEW = "content/reviews/terms/lian-cun.yml"


def reviewing(folder: SiteFolder, options: str = "stages: [初审, 复审], proofs: 1") -> SiteFolder:
    """The folder with a review in its settings, of which nothing is checked for secrets."""
    text = f"      review: {{{options}, secrecy_check: false}}\n"
    settings = MKDOCS_YML.replace("  - casebook\n", f"  - casebook:\n{text}")
    (folder.root / "mkdocs.yml").write_text(settings, "utf-8")
    return folder


def settings(folder: SiteFolder, audience: str = "public", **options: object) -> Settings:
    """Settings of the same."""
    review = {"stages": ["初审", "复审"], "proofs": 1, "secrecy_check": False, **options}
    return folder.settings(audience, review=review)


def done(folder: SiteFolder, *command: str) -> str:
    """What a command says that must succeed."""
    ended = folder.casebook(*command)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


def sign_all(folder: SiteFolder) -> None:
    """Signs everything that is not signed."""
    for step, post in (("初审", "组织科"), ("复审", "党建办"), ("一校", "组织科")):
        waiting = folder.casebook("review", "list", "--step", step)
        if waiting.stdout:
            done(folder, "review", "sign", "--all", "--step", step, "--post", post)
