"""What is wrong with the files of reviews is told in its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casebook_site.engine.loading import load
from tests.build.reviews.folder import FILES, settings
from tests.folders import SiteFolder, brief

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

SIGNED = """\
signoffs:
  - {step: 初审, post: 组织科, date: "2026-12-01", digest: aaaaaaaaaaaaaaaaaaaa}
"""
SECOND = "  - {step: 复审, post: 组织科, date: '2026-12-01', digest: aaaaaaaaaaaaaaaaaaaa}\n"
REFUSED = "  - {step: 复审, date: '2026-12-01', digest: aaaaaaaaaaaaaaaaaaaa, refused: true}\n"


@pytest.mark.parametrize(
    ("path", "text", "found", "part"),
    [
        ("terms/lian-cun.yml", SIGNED, [], ""),
        (
            "terms/lian-cun.yml",
            SIGNED.replace("初审", "初申"),
            [(2, 12, "CB421")],
            "mkdocs.yml 里有 初审、复审、一校",
        ),
        ("terms/lian-cun.yml", SIGNED + SECOND, [(3, 22, "CB422")], "已经签了初审，又签复审"),
        ("terms/lian-cunn.yml", SIGNED, [(1, 1, "CB423")], "是不是“lian-cun”"),
        ("terms/lian-cun.yml", SIGNED + REFUSED, [(3, 5, "CB425")] * 2, "没有写意见"),
        ("terms/lian-cun.yml", "signoffs: [", [(2, 1, "CB106")], ""),
        ("terms/lian-cun.yml", "- a", [(1, 1, "CB203")], "casebook review sign"),
        ("terms/lian-cun.yml", "signoff: []", [(1, 1, "CB202")], "是不是“signoffs”"),
        ("terms/lian-cun.yml", SIGNED.replace("aaaa", "AAAA"), [(2, 55, "CB203")], "写法不对"),
        ("terms/lian-cun.yaml", SIGNED, [(1, 1, "CB113")], "改成 .yml"),
        ("term/lian-cun.yml", SIGNED, [(1, 1, "CB113")], "是不是“terms”"),
        (
            "terms/lian-cun.yml",
            "embargo: 2026-12-02\nexpires: 2026-12-01\n",
            [(2, 10, "CB408")],
            "不晚于公开之日",
        ),
    ],
)
def test_each_fault_is_told_where_it_stands(
    site_folder: MakeFolder, path: str, text: str, found: list[tuple[int, int, str]], part: str
) -> None:
    folder = site_folder({**FILES, f"reviews/{path}": text})
    problems = load(settings(folder)).problems
    assert [brief(problem)[1:] for problem in problems] == found
    assert part in "".join(problem.text for problem in problems)


def test_a_site_that_reviews_nothing_does_not_look_at_them(site_folder: MakeFolder) -> None:
    folder = site_folder({**FILES, "reviews/terms/lian-cun.yml": "signoffs: ["})
    assert folder.problems() == []
