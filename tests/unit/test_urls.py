"""Paths and addresses."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook_site.model.urls import (
    absolute,
    data_path,
    index_path,
    media_path,
    record_data_path,
    record_path,
    relative,
    schema_path,
)
from casebook_site.records import KINDS

_NAME = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,8}", fullmatch=True)
_PATH = st.builds(
    lambda folders, name: "/".join([*folders, f"{name}.html"]), st.lists(_NAME, max_size=3), _NAME
)


@given(_PATH, _PATH)
def test_a_relative_address_leads_back_to_its_target(target: str, page: str) -> None:
    link = relative(target, page)
    assert posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(link))) == target


@given(_PATH, _PATH, st.sampled_from(["https://example.org/", "https://example.org/sub/path/"]))
def test_a_browser_finds_the_target_under_any_path_of_a_host(
    target: str, page: str, site: str
) -> None:
    assert urljoin(site + page, relative(target, page)) == site + target


@given(_PATH, _PATH, _NAME)
def test_an_anchor_is_kept(target: str, page: str, anchor: str) -> None:
    link = relative(f"{target}#{anchor}", page)
    assert link == f"{relative(target, page)}#{anchor}"


def test_relative_addresses_are_short() -> None:
    assert relative("villages/zi.html", "villages/chou.html") == "zi.html"
    assert relative("villages/zi.html", "townships/bing.html") == "../villages/zi.html"
    assert relative("villages/zi.html", "index.html") == "villages/zi.html"
    assert relative("index.html", "villages/zi.html") == "../index.html"


def test_folders_that_begin_alike_are_told_apart() -> None:
    assert relative("data/x.csv", "data-2/index.html") == "../data/x.csv"
    assert relative("data-2/x.csv", "data/index.html") == "../data-2/x.csv"


@pytest.mark.parametrize("kind", KINDS)
def test_records_of_a_kind_lie_in_its_folder(kind: str) -> None:
    folder = KINDS[kind].folder
    assert record_path(folder, "a") == f"{folder}/a.html"
    assert record_data_path(folder, "a") == f"{folder}/a.json"
    assert index_path(folder) == f"{folder}/index.html"


def test_index_pages_are_numbered_from_the_second() -> None:
    assert index_path("names", 2) == "names/index-2.html"
    assert index_path("names", 1, "letter-a") == "names/letter-a.html"
    assert index_path("names", 3, "letter-a") == "names/letter-a-3.html"


def test_data_media_and_schemas_have_their_folders() -> None:
    assert data_path("x.csv") == "data/x.csv"
    assert schema_path("term") == "data/schema/term.json"
    assert media_path("a/b.png") == "media/a/b.png"


def test_permanent_addresses_have_the_site_in_front() -> None:
    site = "https://example.org/sub/path/"
    assert absolute(site, "villages/zi.html") == f"{site}villages/zi.html"
    assert absolute(site, "index.html") == site
    assert absolute("", "villages/zi.html") == "villages/zi.html"


@given(_PATH)
def test_permanent_addresses_are_ascii_and_whole(path: str) -> None:
    address = absolute("https://example.org/sub/", path)
    assert address.isascii()
    assert urlsplit(address).netloc == "example.org"
