"""The gate: what one audience in one scope may see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from casebook_site.base.problems import SettingsError
from casebook_site.model.catalog import Catalog, Key, key_of
from casebook_site.model.editions import AudienceView, Edition, has_page, select
from casebook_site.model.redaction import redact
from casebook_site.model.scopes import Scope
from casebook_site.outputs.site.model import SiteModel
from casebook_site.records import KINDS
from casebook_site.records.committees import JointCommittee
from casebook_site.records.places import County, Township, Village
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.fields import audience_of
from casebook_site.schema.walking import field_paths
from tests.folders import TOY, SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]


@pytest.fixture(scope="module")
def public(toy_catalog: Catalog) -> Edition:
    """What the public may see of the toy."""
    return select(toy_catalog)


@pytest.fixture(scope="module")
def internal(toy_catalog: Catalog) -> Edition:
    """What insiders may see of the toy."""
    return select(toy_catalog, "internal")


def in_scope(catalog: Catalog, text: str) -> set[str]:
    """`kind/id` of every record of a public edition."""
    return {str(key_of(record)) for record in select(catalog, "public", Scope.parse(text))}


# --- audience -------------------------------------------------------------------------------------


def test_the_public_edition_holds_no_internal_record(public: Edition) -> None:
    assert {record.audience for record in public} == {"public"}


def test_the_internal_edition_holds_everything(toy_catalog: Catalog, internal: Edition) -> None:
    assert len(internal) == len(toy_catalog)
    assert all(record is toy_catalog.get(key_of(record)) for record in internal)


def test_no_internal_field_or_part_keeps_a_value_in_public(public: Edition) -> None:
    for record in public:
        for path in field_paths(type(record)):
            if len(path.steps) == 1 and audience_of(path.info) == "internal":
                assert getattr(record, path.steps[0]) == path.info.default
        for part in (*record.media, *getattr(record, "questions", ())):
            assert part.audience == "public"


def test_no_canary_is_left_in_any_value_of_the_public_edition(public: Edition) -> None:
    for record in public:
        assert "canary" not in record.model_dump_json().lower(), key_of(record)


def test_the_catalog_itself_is_not_changed(toy_catalog: Catalog, public: Edition) -> None:
    point = toy_catalog.get(Key("teaching-point", "zi-park"))
    assert isinstance(point, TeachingPoint)
    assert point.lesson_notes is not None
    assert point.lesson_notes.startswith("CANARY")


def test_redacting_a_record_without_anything_internal_gives_the_same_object(
    toy_catalog: Catalog,
) -> None:
    for key, same in ((Key("village", "chou"), True), (Key("village", "zi"), False)):
        record = toy_catalog.get(key)
        assert record is not None
        assert (redact(record, "public") is record) == same


def test_links_to_hidden_records_are_dropped_from_lists(public: Edition) -> None:
    committee = public.of(JointCommittee)["bing-lian-cun"]
    assert committee.members == ("zi", "chou")
    assert committee.mechanisms == ("joint-meeting",)
    assert public.of(County)["jia"].sources == ("daily",)


def test_a_part_that_cannot_stand_without_a_hidden_record_is_dropped(public: Edition) -> None:
    events = public.of(County)["jia"].events
    assert [event.title for event in events] == ["甲县开始试点"]
    point = public.of(TeachingPoint)["zi-park"]
    assert [event.sources for event in point.events] == [("daily",)]


def test_an_optional_link_to_a_hidden_record_is_emptied(public: Edition) -> None:
    sessions = public.records["training-class"]["spring"].sessions  # type: ignore[attr-defined]
    by_title = {session.title: session for session in sessions}
    assert by_title["内部点教学"].teaching_point is None
    assert by_title["领导讲课"].course is None
    assert by_title["现场教学"].teaching_point == "zi-park"


def test_prose_links_to_hidden_records_keep_their_text_only(public: Edition) -> None:
    about = public.of(County)["jia"].about
    assert about is not None
    assert "内部的那个村和没有字的都不成链接" in about
    assert "](record:mechanism/joint-meeting)" in about


def test_hidden_records_neither_link_back_nor_are_linked(public: Edition) -> None:
    for key, links in public.backlinks.items():
        assert public.get(key) is not None
        for link in links:
            assert public.get(link.source) is not None


def test_a_hidden_record_is_not_even_a_name(public: Edition, internal: Edition) -> None:
    assert public.resolve("party-school", "canary-school") is None
    target = internal.resolve("party-school", "canary-school")
    assert target is not None
    assert target.path == "party-schools/canary-school.html"
    assert not public.outside


def test_counts_do_not_count_hidden_records(toy_catalog: Catalog) -> None:
    folder = SiteFolder(TOY)
    shown = {}
    for audience in ("public", "internal"):
        site = SiteModel(select(toy_catalog, audience), folder.settings(audience))
        figures = site.edition.records["figure"]
        shown[audience] = [
            re.sub(r"\D", "", site.recorded(figures[id]))  # type: ignore[arg-type]
            for id in ("jia-schools", "jia-secret-counted", "jia-points", "jia-villages")
        ]
    assert shown == {"public": ["1", "1", "4", "3"], "internal": ["2", "2", "5", "4"]}


def test_what_hangs_on_an_internal_record_is_hidden_with_it(site_folder: MakeFolder) -> None:
    place = "province: 省\nprefecture: 市\n"
    folder = site_folder(
        {
            "records/counties/jia.yml": f"name: 甲县\naudience: internal\n{place}",
            "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
            "records/villages/zi.yml": "name: 子村\ntownship: bing\n",
            "records/terms/lian-cun.yml": "name: 联村\ndefinition: 释义。\n",
        }
    )
    loaded = folder.load()  # the rule tells the editor; the gate holds even so
    assert {p.code for p in loaded.problems} == {"CB302"}
    assert [str(key_of(r)) for r in select(loaded.catalog)] == ["term/lian-cun"]


def test_links_in_internal_notes_leave_no_trace_in_public(site_folder: MakeFolder) -> None:
    folder = site_folder({
        "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
        "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
        "records/villages/zi.yml": "name: 子村\ntownship: bing\n",
        "records/courses/a.yml":
            "name: 课程\nmodule: general\nlesson_notes: 见[](record:village/zi)。\n",
    })  # fmt: skip
    edition = folder.edition()
    assert Key("village", "zi") not in edition.backlinks
    village = edition.get(Key("village", "zi"))
    assert village is not None
    assert not has_page(edition, village)


LINK_FORMS = [
    "[那所](record:party-school/secret-school)",
    "[](record:party-school/secret-school)",
    "[那所](<record:party-school/secret-school>)",
    '[那所](record:party-school/secret-school "标题")',
    "[那\n所](record:party-school/secret-school)",
    "[那[所]](record:party-school/secret-school)",
    "[那所][1]\n\n[1]: record:party-school/secret-school",
    "<record:party-school/secret-school>",
    "[那所]( record:party-school/secret-school )",
    "[那所](RECORD:party-school/secret-school)",
]


@pytest.mark.parametrize("link", LINK_FORMS)
def test_no_way_of_writing_a_link_carries_a_hidden_id_through_the_gate(
    site_folder: MakeFolder, link: str
) -> None:
    """Either the gate takes the link out, or the editor is told that it is written wrongly."""
    prose = "\n".join(f"  {line}" for line in link.split("\n"))
    folder = site_folder({
        "records/counties/jia.yml": f"name: 甲县\nprovince: 省\nprefecture: 市\nabout: |\n{prose}\n",
        "records/party-schools/secret-school.yml":
            "name: 内部党校\nlevel: municipal\ncounty: jia\naudience: internal\n",
    })  # fmt: skip
    loaded = folder.load()
    if {p.code for p in loaded.problems} != {"CB303"}:
        assert loaded.problems == ()
        assert "secret" not in str(select(loaded.catalog).of(County)["jia"].about)


# --- pages of villages ------------------------------------------------------------------------


def test_a_village_that_is_only_a_line_of_a_list_has_no_page(public: Edition) -> None:
    pages = {v.id for v in public.of(Village).values() if has_page(public, v)}
    assert pages == {"zi", "chou", "mao", "hai", "you"}
    target = public.resolve("village", "yin")
    assert target is not None
    assert (target.name, target.path) == ("寅社区", None)


def test_everything_but_villages_has_a_page(public: Edition) -> None:
    assert all(has_page(public, record) for record in public if record.kind != "village")


# --- scope ----------------------------------------------------------------------------------------


def test_a_county_holds_all_that_lies_in_it_and_nothing_of_another(toy_catalog: Catalog) -> None:
    inside = in_scope(toy_catalog, "county:jia")
    assert {
        "county/jia", "township/bing", "township/ding", "village/zi", "village/hai",
        "joint-committee/bing-lian-cun", "teaching-point/zi-park", "teaching-point/law-base",
        "party-school/bing-school", "training-class/spring", "case-study/jia-case",
        "mechanism/cross-posting", "mechanism/four-two", "course/party-constitution",
        "course/planting", "faculty/jia-experts", "platform/jia-online", "term/lian-cun",
        "category/industry", "figure/jia-schools", "figure/zi-people", "source/daily",
    } <= inside  # fmt: skip
    assert not inside & {
        "county/yi", "township/wu", "village/you", "joint-committee/zong-zhi", "mechanism/contact",
        "course/history", "figure/yi-points", "source/mirror",
    }  # fmt: skip


def test_a_township_holds_what_lies_in_it_and_its_county_s_frame(toy_catalog: Catalog) -> None:
    inside = in_scope(toy_catalog, "township:bing")
    assert {
        "county/jia", "township/bing", "village/zi", "village/yin", "teaching-point/zi-park",
        "joint-committee/bing-lian-cun", "party-school/bing-school", "party-school/jia-school",
        "training-class/spring", "case-study/jia-case", "term/lian-cun", "source/daily",
    } <= inside  # fmt: skip
    assert not inside & {
        "township/ding", "village/hai", "teaching-point/memorial", "joint-committee/kua-cun",
        "county/yi", "teaching-point/law-base",
    }  # fmt: skip


def test_a_village_holds_itself_and_what_its_township_offers(toy_catalog: Catalog) -> None:
    inside = in_scope(toy_catalog, "village:chou")
    assert {
        "county/jia", "township/bing", "village/chou", "joint-committee/bing-lian-cun",
        "teaching-point/chou-village", "teaching-point/zi-park", "party-school/bing-school",
    } <= inside  # fmt: skip
    assert not inside & {"village/zi", "village/hai", "teaching-point/memorial", "county/yi"}


def test_a_township_holds_the_committees_of_its_villages_wherever_they_are_led(
    site_folder: MakeFolder,
) -> None:
    folder = site_folder({
        "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
        "records/townships/bing.yml": "name: 丙镇\ncounty: jia\ntype: town\n",
        "records/villages/zi.yml": "name: 子村\ntownship: bing\ntype: villagers_committee\n",
        "records/joint-committees/lian.yml":
            "name: 联合党委\ncounty: jia\nform: committee\nmembers: [zi]\n",
    })  # fmt: skip
    for scope in ("township:bing", "village:zi", "county:jia"):
        assert "joint-committee/lian" in in_scope(folder.catalog(), scope)


def test_editions_cut_from_one_whole_are_those_selected_alone(toy_catalog: Catalog) -> None:
    whole = AudienceView(toy_catalog)
    for kind in whole.schema.scopes:
        for scope in whole.membership.scopes(kind.name):
            cut, alone = whole.edition(scope), select(toy_catalog, "public", scope)
            assert cut.records == alone.records
            assert cut.backlinks == alone.backlinks
            assert dict(cut.outside) == dict(alone.outside)
            assert not set(cut.outside) & {key_of(record) for record in cut}


def test_what_a_place_has_of_its_own_is_without_its_frame(toy_catalog: Catalog) -> None:
    own = AudienceView(toy_catalog).membership.own(Scope.parse("township:bing"))
    assert Key("teaching-point", "zi-park") in own
    assert not {key.kind for key in own} & {"county", "term", "case-study", "mechanism", "course"}


def test_a_category_holds_its_points_with_their_places(toy_catalog: Catalog) -> None:
    inside = in_scope(toy_catalog, "category:industry")
    assert {"teaching-point/zi-park", "township/bing", "village/zi", "county/jia"} <= inside
    assert {key for key in inside if key.startswith("teaching-point/")} == {
        "teaching-point/zi-park"
    }
    assert "township/ding" not in inside


def test_a_link_out_of_the_scope_becomes_the_name(toy_catalog: Catalog) -> None:
    edition = select(toy_catalog, "public", Scope.parse("township:bing"))
    target = edition.resolve("township", "ding")
    assert target is not None
    assert (target.name, target.path) == ("丁街道", None)
    assert edition.resolve("party-school", "canary-school") is None
    assert edition.of(Township).keys() == {"bing"}


def test_every_scope_is_part_of_the_whole(toy_catalog: Catalog, public: Edition) -> None:
    everything = {str(key_of(record)) for record in public}
    for scope in ("county:jia", "county:yi", "township:wu", "village:you", "category:village"):
        assert in_scope(toy_catalog, scope) < everything


def test_all_is_everything(toy_catalog: Catalog, public: Edition) -> None:
    assert in_scope(toy_catalog, "all") == {str(key_of(record)) for record in public}


@pytest.mark.parametrize(
    "text", ["all", "county:jia", "township:bing", "village:zi", "category:skills"]
)
def test_scopes_read_back_as_they_are_written(text: str) -> None:
    assert str(Scope.parse(text)) == text


def test_an_unknown_scope_is_told_with_the_nearest(toy_catalog: Catalog) -> None:
    with pytest.raises(SettingsError, match=r"county:jiaa.*是不是“jia”"):
        select(toy_catalog, "public", Scope.parse("county:jiaa"))


def test_a_hidden_scope_is_unknown_and_not_proposed(toy_catalog: Catalog) -> None:
    for scope in ("county:canary-county", "county:canary-countyy"):
        with pytest.raises(SettingsError) as caught:
            select(toy_catalog, "public", Scope.parse(scope))
        assert "是不是“canary" not in str(caught.value)
    assert select(toy_catalog, "internal", Scope.parse("county:canary-county"))


@pytest.mark.parametrize(
    ("text", "part"),
    [("contry:jia", "是不是“county”"), ("county", "写法不对"), ("county:", "写法不对"),
     ("al", "是不是“all”"), ("source:daily", "写法不对"), ("", "写法不对")],
)  # fmt: skip
def test_a_scope_written_wrongly_is_told(toy_catalog: Catalog, text: str, part: str) -> None:
    with pytest.raises(SettingsError, match=part):
        select(toy_catalog, "public", Scope.parse(text))


# --- what editions are made of ------------------------------------------------------------------


def test_records_stand_by_kind_in_order(public: Edition) -> None:
    assert list(public.records) == list(KINDS)
    assert len(list(public)) == len(public)


def test_linking_finds_records_by_field(public: Edition) -> None:
    bing = public.of(Township)["bing"]
    assert [v.id for v in public.linking(bing, Village)] == ["chou", "yin", "zi"]
    jia = public.of(County)["jia"]
    assert {t.id for t in public.linking(jia, Township, "county")} == {"bing", "ding"}


def test_a_record_that_names_itself_does_not_link_to_itself(public: Edition) -> None:
    for key, links in public.backlinks.items():
        assert key not in {link.source for link in links}


def test_every_village_has_what_serves_it_to_read(toy_catalog: Catalog) -> None:
    membership = AudienceView(toy_catalog).membership
    own = membership.own(Scope.parse("village:hai"))  # a village in which nothing lies
    assert "case-study" in {key.kind for key in own}
    assert not {key.kind for key in own} & {"county", "township", "village", "term", "source"}
    assert all(map(membership.own, membership.scopes("village")))
