"""The toy's website as it is published: links, gate, bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from casebook_site.kinds import program_schema
from casebook_site.model.catalog import Catalog, key_of
from casebook_site.model.editions import has_page, select
from casebook_site.model.urls import record_path
from casebook_site.outputs.site.sections import sections_of
from casebook_site.records import KINDS
from casebook_site.schema.fields import audience_of
from casebook_site.schema.walking import field_paths
from tests.folders import TOY
from tests.webpages import broken_links, read_page

CANARY = re.compile(rb"canary[A-Za-z0-9_-]*", re.IGNORECASE)
SITE_URL = "https://example.org/sub/path/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(params=["public", "internal"])
def site(request: pytest.FixtureRequest) -> Path:
    """The toy's website for each audience."""
    found: Path = request.getfixturevalue(f"{request.param}_site")
    return found


def planted() -> set[bytes]:
    """Every canary in the toy's content."""
    return {
        canary.strip(b"-")
        for file in (TOY / "content").rglob("*")
        if file.is_file()
        for canary in CANARY.findall(file.read_bytes())
    }


# --- the gate ---------------------------------------------------------------------------------


def test_a_canary_is_planted_in_every_internal_field_of_every_kind() -> None:
    written = b" ".join(planted()).decode()
    for kind, model in KINDS.items():
        for path in field_paths(model):
            if audience_of(path.info) == "internal" and path.steps != ("contact",):
                assert f"CANARY-{kind}-{'-'.join(path.steps)}" in written, (kind, path.steps)
        assert f"CANARY-{kind}-medium" in written or kind == "county"
    for part in ("CANARY-county-medium-title", "CANARY-course-question", "CANARY-page-body"):
        assert part in written
    assert "CANARY-teaching-point-answer" in written


def test_no_canary_is_in_any_byte_or_name_of_the_public_site(public_site: Path) -> None:
    found = []
    for file in public_site.rglob("*"):
        path = file.relative_to(public_site).as_posix()
        if "canary" in path.lower():
            found.append(path)
        if file.is_file():
            found += [f"{path}: {canary!r}" for canary in CANARY.findall(file.read_bytes())]
    assert found == []


def test_every_canary_is_in_the_internal_site(internal_site: Path) -> None:
    everything = b"\n".join(
        file.relative_to(internal_site).as_posix().encode() + b"\n" + file.read_bytes()
        for file in internal_site.rglob("*")
        if file.is_file()
    )
    # An id that was given up, and a page's or picture's own name, need not be words on a page.
    # The metadata of a picture is published to nobody.
    lost = [canary for canary in planted() if canary not in everything]
    assert [canary.startswith(b"CANARY-media-bytes") for canary in lost] == [True]


def test_no_value_of_an_internal_record_is_in_the_public_site(public_site: Path) -> None:
    text = "".join(file.read_text("utf-8") for file in public_site.rglob("*.html"))
    for number in ("99887766", "55443322"):
        assert number not in text


def test_the_internal_site_says_that_it_is_internal(internal_site: Path) -> None:
    for file in internal_site.rglob("*.html"):
        text = file.read_text("utf-8")
        if file.name != "404.html" and 'http-equiv="refresh"' not in text:
            assert "内部资料" in text, file.name
            assert '<meta name="robots" content="noindex' in text


def test_the_public_site_does_not_say_so(public_site: Path) -> None:
    for file in public_site.rglob("*.html"):
        assert "内部资料" not in file.read_text("utf-8")


# --- links ------------------------------------------------------------------------------------


def test_every_link_anchor_and_asset_is_there_and_nothing_is_loaded_from_elsewhere(
    site: Path,
) -> None:
    assert broken_links(site, "/sub/path/") == []


def test_no_scripts_or_styles_name_another_host(site: Path) -> None:
    for file in (site / "assets/casebook").rglob("*"):
        if file.suffix in (".js", ".css"):
            assert not re.search(r"https?://(?!www\.w3\.org)", file.read_text("utf-8")), file.name


def test_no_anchor_stands_twice_on_a_page(site: Path) -> None:
    repeated = {
        file.relative_to(site).as_posix(): read_page(file).repeated
        for file in site.rglob("*.html")
        if read_page(file).repeated
    }
    assert repeated == {}


def test_no_page_has_an_inline_handler_or_style_that_a_strict_policy_stops(site: Path) -> None:
    inline = {
        f"{file.relative_to(site).as_posix()}: {what}"
        for file in site.rglob("*.html")
        for what in read_page(file).inline
    }
    assert inline == set()


# --- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_every_record_that_says_something_has_a_page_and_its_data(
    toy_catalog: Catalog, audience: str, request: pytest.FixtureRequest
) -> None:
    site: Path = request.getfixturevalue(f"{audience}_site")
    edition = select(toy_catalog, audience)  # type: ignore[arg-type]
    for record in edition:
        page = site / record_path(record.folder, record.id)
        assert page.is_file() == has_page(edition, record), key_of(record)
        assert page.with_suffix(".json").is_file() == page.is_file()


def test_every_section_has_an_index_that_names_its_records(
    toy_catalog: Catalog, public_site: Path
) -> None:
    for section in sections_of(program_schema()).values():
        assert (public_site / section.folder / "index.html").is_file()
    edition = select(toy_catalog)
    for kind in ("county", "teaching-point", "joint-committee", "source", "term", "category"):
        folder = KINDS[kind].folder
        pages = sorted((public_site / folder).glob("index*.html"))
        text = "".join(read_page(page).text for page in pages)
        for record in edition.records[kind].values():
            assert record.name in text, (kind, record.id)


def test_record_pages_are_at_most_forty_kilobytes(site: Path) -> None:
    sizes = {
        file.relative_to(site).as_posix(): file.stat().st_size
        for file in site.rglob("*.html")
        if file.parent not in (site, site / "guide")  # the guide is for editors, at a desk
    }
    assert {path: size for path, size in sizes.items() if size > 40_000} == {}


def test_every_page_has_one_title_one_first_heading_and_no_gap_below(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = read_page(file)
        assert page.title.strip(), file
        if 'http-equiv="refresh"' in file.read_text("utf-8"):
            continue
        assert page.headings.count(1) == 1, file
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(below - above <= 1 for above, below in steps), (file, page.headings)
        assert page.images_without_text == 0


def test_titles_and_descriptions_are_of_the_page(public_site: Path) -> None:
    text = (public_site / "teaching-points/zi-park.html").read_text("utf-8")
    assert "子村产业园" in read_page(public_site / "teaching-points/zi-park.html").title
    assert '<meta name="description" content="一处产业基地。"' in text
    assert f'<link rel="canonical" href="{SITE_URL}teaching-points/zi-park.html"' in text
    assert '<meta property="og:title" content="子村产业园"' in text


def test_no_slot_is_left_unfilled(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file():
            assert b"@@casebook" not in file.read_bytes(), file


def test_structured_data_parses_and_names_the_page(public_site: Path) -> None:
    for model in KINDS.values():
        for file in (public_site / model.folder).glob("[a-z]*.html"):
            if not file.with_suffix(".json").exists():
                continue
            blocks = read_page(file).json_ld
            assert len(blocks) == 1, file
            described, path = json.loads(blocks[0])
            assert described["@context"] == "https://schema.org"
            assert described["url"] == SITE_URL + record_path(model.folder, file.stem)
            assert path["@type"] == "BreadcrumbList"
            assert path["itemListElement"][0]["item"] == SITE_URL
            assert path["itemListElement"][-1]["item"] == described["url"]


def test_a_course_says_what_it_is_about_and_who_gives_it(public_site: Path) -> None:
    for file in (public_site / "courses").glob("[a-z]*.html"):
        if file.with_suffix(".json").exists():
            described, _ = json.loads(read_page(file).json_ld[0])
            assert described["@type"] == "Course"
            assert len(described["description"]) > 1
            assert described["provider"]["name"]


def test_a_chat_shows_the_first_photo_of_a_page(public_site: Path) -> None:
    pages = {
        image[1]
        for file in public_site.glob("*/*.html")
        if (image := re.search('"og:image" content="([^"]+)"', file.read_text("utf-8")))
    }
    assert pages
    for address in pages:
        assert (public_site / address.removeprefix(SITE_URL)).is_file(), address


def test_raw_html_of_a_record_is_shown_as_text(public_site: Path) -> None:
    page = public_site / "counties/jia.html"
    assert '<script>alert("toy")</script>' in read_page(page).text
    assert b"<script>alert" not in page.read_bytes()


def test_a_link_to_an_internal_record_leaves_its_text_only(public_site: Path) -> None:
    about = (public_site / "about.html").read_text("utf-8")
    assert "内部记录有字的链接：那所党校。" in about
    assert "内部记录没有字的链接：。" in about
    assert '<a href="townships/bing.html">丙镇</a>' in about
    assert "record:" not in about


def test_a_hand_written_page_names_a_record_without_a_page(public_site: Path) -> None:
    assert "和只有一行的" in read_page(public_site / "about.html").text


def test_figures_show_reported_and_recorded_numbers_with_date_and_source(public_site: Path) -> None:
    text = re.sub(r"\s+", "", read_page(public_site / "counties/jia.html").text)
    assert "报道4处，本站收录1处" in text
    assert "截至2022年3月" in text
    assert "来源：联村怎样联" in text


def test_figures_that_contradict_show_each_other(public_site: Path) -> None:
    for name, other in (("jia-income-a", "jia-income-b"), ("jia-income-b", "jia-income-a")):
        page = read_page(public_site / f"figures/{name}.html")
        assert f"{other}.html" in {address for _, address, _ in page.links}


def test_a_former_address_leads_to_the_new_one(public_site: Path) -> None:
    old = read_page(public_site / "counties/jia-old.html")
    assert {address for _, address, _ in old.links} == {f"{SITE_URL}counties/jia.html", "jia.html"}
    assert (public_site / "villages/zi-old.html").is_file()


def test_the_footer_shows_what_a_government_site_must(public_site: Path) -> None:
    publisher = next(
        plugin["casebook"]["publisher"]
        for plugin in yaml.safe_load((TOY / "mkdocs.yml").read_text("utf-8"))["plugins"]
    )
    for path in ("index.html", "about.html", "counties/jia.html", "names/index.html"):
        text = read_page(public_site / path).text
        for value in publisher.values():
            assert value in text, (path, value)


def test_pages_lead_to_where_a_record_can_be_edited(public_site: Path) -> None:
    links = {a for _, a, _ in read_page(public_site / "villages/zi.html").links}
    assert "https://example.org/repo/edit/main/content/records/villages/list.yml" in links


def test_long_indexes_are_paged(public_site: Path) -> None:
    first = read_page(public_site / "figures/index.html")
    assert "index-2.html" in {address for _, address, _ in first.links}
    assert (public_site / "figures/index-2.html").is_file()


def test_empty_states_say_what_to_do_next(public_site: Path) -> None:
    for path in ("gaps/stale.html",):
        assert len(read_page(public_site / path).text) > 50


def test_the_data_page_describes_the_data_set_and_its_files(public_site: Path) -> None:
    (block,) = read_page(public_site / "data/index.html").json_ld
    described = json.loads(block)
    assert described["@type"] == "Dataset"
    assert len(described["description"]) > 5
    urls = [file["contentUrl"] for file in described["distribution"]]
    assert f"{SITE_URL}data/terms.csv" in urls
    assert all((public_site / url.removeprefix(SITE_URL)).is_file() for url in urls)


# --- sitemap, feed, 404 -----------------------------------------------------------------------


def test_the_sitemap_lists_exactly_the_pages(public_site: Path) -> None:
    root = ElementTree.fromstring((public_site / "sitemap.xml").read_bytes())
    listed = [loc.text or "" for loc in root.iter(f"{SITEMAP}loc")]
    pages = {
        SITE_URL + file.relative_to(public_site).as_posix()
        for file in public_site.rglob("*.html")
        if file.name != "404.html" and 'http-equiv="refresh"' not in file.read_text("utf-8")
    }
    pages = {SITE_URL if page == f"{SITE_URL}index.html" else page for page in pages}
    assert set(listed) == pages
    assert len(listed) == len(set(listed))


def test_the_feed_leads_to_pages(public_site: Path) -> None:
    root = ElementTree.fromstring((public_site / "feed.xml").read_bytes())
    for link in root.iter("{http://www.w3.org/2005/Atom}link"):
        path, _, anchor = (link.get("href") or "").removeprefix(SITE_URL).partition("#")
        page = public_site / (path or "index.html")
        assert page.is_file()
        assert not anchor or f'id="{anchor}"' in page.read_text("utf-8")
    head = (public_site / "counties/jia.html").read_text("utf-8")
    assert 'type="application/atom+xml"' in head


def test_an_internal_site_has_neither_sitemap_nor_feed(internal_site: Path) -> None:
    assert not (internal_site / "sitemap.xml").exists()
    assert not (internal_site / "feed.xml").exists()
    assert not (internal_site / "sitemap.xml.gz").exists()


def test_the_404_page_works_at_any_address(public_site: Path) -> None:
    page = read_page(public_site / "404.html")
    assert all(address.startswith(("/sub/path/", "#", "https://")) for _, address, _ in page.links)
    assert page.title == "找不到这一页 - 示例案例库"


def test_every_page_begins_with_a_link_to_its_text(site: Path) -> None:
    for file in site.rglob("*.html"):
        page = read_page(file)
        if not any(tag == "meta" for tag, _, _ in page.links):  # a page that has moved
            first = next(given for tag, _, given in page.links if tag == "a")
            assert (first.get("class"), first["href"]) == ("md-skip", "#content"), file.name
            assert "content" in page.anchors, file.name


# --- files ------------------------------------------------------------------------------------


def test_media_of_visible_records_are_published_and_no_others(
    public_site: Path, internal_site: Path
) -> None:
    public = {p.relative_to(public_site).as_posix() for p in public_site.glob("media/**/*.*")}
    assert public == {"media/bing/park-01.png", "media/bing/guide.pdf"}
    internal = {p.relative_to(internal_site).as_posix() for p in internal_site.glob("media/**/*.*")}
    assert internal == public | {"media/canary/photo.png"}


def test_file_names_are_safe_on_every_system(site: Path) -> None:
    for file in site.rglob("*"):
        assert re.fullmatch(r"[a-zA-Z0-9._-]+", file.name), file.name


def test_no_record_file_or_leaving_is_published(site: Path) -> None:
    names = {file.name for file in site.rglob("*") if file.is_file()}
    assert not {name for name in names if name.endswith((".yml", ".yaml", ".md", ".map", ".gz"))}
    assert not {name for name in names if name.startswith("_record")}


def test_no_path_of_the_machine_is_in_the_site(site: Path) -> None:
    for file in site.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert str(site.parent).encode() not in content, file
            assert str(Path.home()).encode() + b"/" not in content or Path.home() == Path("/")


def test_the_theme_s_own_search_is_not_carried_along(site: Path) -> None:
    assert not list(site.glob("search/*.json"))
    assert not list(site.glob("assets/javascripts/lunr/**/*.js"))
