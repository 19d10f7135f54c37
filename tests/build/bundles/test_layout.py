"""Names that can be unpacked anywhere."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casebook_site.base.file_names import LONGEST
from casebook_site.outputs.bundles.layout import (
    COPY,
    RefusedNames,
    name_fault,
    refuse_names,
    twins,
)

GOOD = ["index.html", COPY, "files/terms/a-b_c.html", "files/" + "a" * (LONGEST - 11) + ".html"]

BAD = [
    "", "/etc/passwd", "../x.html", "files/../../x.html", "files//x.html", "files/./x.html",
    "files/", "C:/x.html", "files\\x.html", "files/a?.html", "files/con.html", "files/NUL",
    "files/com1.tar.gz", "files/LPT9", "files/a.", "files/a ", "files/ a", "files/a\n.html",
    "files/打开.html", "files/" + "a" * LONGEST, "files/a|b", "files/a:b", "files/con .txt",
]  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_good_names(path: str) -> None:
    assert name_fault(path) == ""


@pytest.mark.parametrize("path", BAD)
def test_bad_names(path: str) -> None:
    assert name_fault(path)


@given(st.text(max_size=140))
@example("files/aux.css")
def test_a_name_that_passes_stays_in_its_folder_and_is_legal_on_windows(path: str) -> None:
    if name_fault(path) or path == COPY:
        return
    parts = path.split("/")
    assert path.isascii()
    assert len(path) <= LONGEST
    assert not {"", ".", ".."} & set(parts)
    assert not set(path) & set('<>:"\\|?*\0')
    assert not any(part.endswith((" ", ".")) for part in parts)


def test_names_that_differ_by_case_alone_are_told() -> None:
    assert twins(["a/B.html", "a/b.html", "a/c.html"]) == [("a/B.html", "a/b.html")]
    with pytest.raises(RefusedNames, match="只差大小写"):
        refuse_names(["a/B.html", "a/b.html"])


def test_all_bad_names_are_told_at_once() -> None:
    with pytest.raises(RefusedNames) as caught:
        refuse_names(["files/con.html", "files/ok.html", "files/a?.html"])
    assert "con.html" in str(caught.value)
    assert "a?.html" in str(caught.value)
    assert "ok.html" not in str(caught.value)
