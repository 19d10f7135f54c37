"""Rules: what passes that nearly does not, and what the broken content does not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from casebook_site.rules import RULES
from tests.folders import SiteFolder
from tests.unit.media import files
from tests.unit.test_signatures import SAMPLES

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

PLACES = {
    "records/counties/jia.yml": "name: 甲县\nprovince: 省\nprefecture: 市\n",
    "records/counties/yi.yml": "name: 乙市\nprovince: 省\nprefecture: 市\n",
    "records/townships/list.yml":
        "- {id: bing, name: 丙镇, county: jia, type: town}\n"
        "- {id: wu, name: 戊乡, county: yi, type: township}\n",
    "records/villages/list.yml":
        "- {id: zi, name: 子村, township: bing}\n"
        "- {id: yin, name: 寅村, township: wu}\n",
    "records/sources/list.yml": "- {id: daily, name: 报道, type: EB, grade: A, publisher: 日报}\n",
    "records/categories/list.yml": "- {id: industry, name: 产业基地}\n",
    "records/party-schools/list.yml": "- {id: school, name: 党校, level: municipal, county: jia}\n",
    "records/teaching-points/park.yml": "name: 园\ncounty: jia\ncategory: industry\n",
}  # fmt: skip


@pytest.fixture
def checked(site_folder: MakeFolder) -> Callable[[Mapping[str, str]], list[str]]:
    """`code file:line` of every problem of some records beside sound places."""

    def check(files: Mapping[str, str]) -> list[str]:
        loaded = site_folder({**PLACES, **files}).load()
        return [
            f"{p.code} {p.location.path.rpartition('/')[2]}:{p.location.line}"
            for p in loaded.problems
        ]

    return check


Check = Callable[[Mapping[str, str]], list[str]]


def test_the_places_beside_are_sound(checked: Check) -> None:
    assert checked({}) == []


def test_every_rule_says_in_its_module_what_is_right_and_wrong() -> None:
    for rule in RULES:
        module = __import__(rule.check.__module__, fromlist=["__doc__"])
        assert "Right:" in (module.__doc__ or "")
        assert "Wrong:" in (module.__doc__ or "")


# --- places and committees ------------------------------------------------------------------------


def test_a_committee_may_name_no_village(checked: Check) -> None:
    assert (
        checked({"records/joint-committees/a.yml": "name: 甲\ncounty: jia\nform: committee\n"})
        == []
    )


def test_a_committee_may_report_more_members_than_it_names(checked: Check) -> None:
    text = "name: 甲\ncounty: jia\nform: committee\nmembers: [zi]\nlead_village: zi\nreported_members: 9\n"
    assert checked({"records/joint-committees/a.yml": text}) == []


def test_a_foreign_lead_village_is_told_as_member_and_as_lead(checked: Check) -> None:
    text = "name: 甲\ncounty: jia\nform: committee\nlead_village: yin\nmembers: [yin]\n"
    assert checked({"records/joint-committees/a.yml": text}) == ["CB401 a.yml:5"]


def test_a_teaching_point_s_village_must_lie_in_its_county_even_without_township(
    checked: Check,
) -> None:
    text = "name: 园\ncounty: jia\nvillage: yin\ncategory: industry\n"
    assert checked({"records/teaching-points/a.yml": text}) == ["CB401 a.yml:3"]


def test_an_unknown_township_is_one_problem_only(checked: Check) -> None:
    text = "name: 园\ncounty: jia\ntownship: nowhere\ncategory: industry\n"
    assert checked({"records/teaching-points/a.yml": text}) == ["CB301 a.yml:3"]


def test_codes_of_one_system_are_not_held_against_another(checked: Check) -> None:
    assert checked({
        "records/counties/jia.yml": PLACES["records/counties/jia.yml"]
        + 'codes: [{system: nbs-2023, value: "990101"}]\n',
        "records/townships/a.yml":
            'name: 庚镇\ncounty: jia\ntype: town\ncodes: [{system: mca-2026, value: "123456789"}]\n',
    }) == []  # fmt: skip


# --- training -----------------------------------------------------------------------------------

FIVE = "".join(
    f"  - {{title: 环节, prescribed: {item}}}\n"
    for item in ("sign_in", "anthem", "oath", "constitution", "leader_lecture")
)
POINT = "  - {title: 现场, teaching_point: park}\n"
CLASS = "name: 班\nschool: school\nbegins: 2022-05-06\ntrainees: cadre\ndays: 2\n"


def class_of(sessions: str, more: str = "") -> Mapping[str, str]:
    """A class with sessions."""
    return {"records/training-classes/a.yml": f"{CLASS}{more}sessions:\n{sessions}"}


@pytest.mark.parametrize(
    "own", ["", "  - {title: 讨论, own: true}\n", "  - {title: 讨论, own: true}\n" * 3]
)
def test_five_and_one_and_any_number_pass(checked: Check, own: str) -> None:
    assert checked(class_of(FIVE + POINT + own)) == []


def test_several_classes_at_teaching_points_pass(checked: Check) -> None:
    assert checked(class_of(FIVE + POINT * 2)) == []


def test_the_order_of_the_items_is_free(checked: Check) -> None:
    assert checked(class_of(POINT + FIVE)) == []


@pytest.mark.parametrize("index", range(5))
def test_each_of_the_five_is_needed(checked: Check, index: int) -> None:
    lines = FIVE.splitlines(keepends=True)
    assert checked(class_of("".join(lines[:index] + lines[index + 1 :]) + POINT)) == [
        "CB404 a.yml:6"
    ]


def test_the_teaching_point_is_needed(checked: Check) -> None:
    assert checked(class_of(FIVE)) == ["CB404 a.yml:6"]


def test_a_session_that_is_none_of_the_three_is_told(checked: Check) -> None:
    assert checked(class_of(FIVE + POINT + "  - {title: 不知算什么}\n")) == ["CB404 a.yml:13"]


@pytest.mark.parametrize(
    ("trainees", "days", "problems"),
    [("cadre", "2", 0), ("cadre", "1.5", 1), ("ordinary", "1", 0), ("ordinary", "0.5", 1)],
)
def test_a_class_that_counts_for_the_year_reaches_the_minimum(
    checked: Check, trainees: str, days: str, problems: int
) -> None:
    files = dict(class_of(FIVE + POINT, "counts_whole_minimum: true\n"))
    text = files["records/training-classes/a.yml"]
    text = text.replace("trainees: cadre", f"trainees: {trainees}").replace(
        "days: 2", f"days: {days}"
    )
    assert checked({"records/training-classes/a.yml": text}) == ["CB405 a.yml:5"] * problems


def test_a_shorter_class_that_does_not_claim_the_minimum_passes(checked: Check) -> None:
    files = {k: v.replace("days: 2", "days: 0.5") for k, v in class_of(FIVE + POINT).items()}
    assert checked(files) == []


@pytest.mark.parametrize(
    ("begins", "ends", "problems"),
    [
        ("2022-05-06", "2022-05-06", []),
        ("2022-05-06", "2022-05", []),
        ("2022-05-06", "2022", []),
        ("2022-05", "2022-05-01", []),
        ("2022-05-06", "2022-05-05", ["CB408 a.yml:6"]),
        ("2022-05-06", "2022-04", ["CB408 a.yml:6"]),
        ("2022-05", "2021", ["CB408 a.yml:6"]),
        ("2022", "2021-12-31", ["CB408 a.yml:6"]),
    ],
)
def test_dates_are_compared_as_far_as_both_are_known(
    checked: Check, begins: str, ends: str, problems: list[str]
) -> None:
    files = class_of(FIVE + POINT, f"ends: {ends}\n")
    text = files["records/training-classes/a.yml"].replace("2022-05-06", begins, 1)
    assert checked({"records/training-classes/a.yml": text}) == problems


@pytest.mark.parametrize(
    ("days", "problems"),
    [("1, cadre_days: 2", 0), ("0.5, cadre_days: 2", 1), ("0, cadre_days: 0", 2)],
)
def test_a_year_s_plan_reaches_the_minimum_of_both_groups(
    checked: Check, days: str, problems: int
) -> None:
    text = (
        "name: 校\nlevel: municipal\ncounty: jia\n"
        f"year_plans:\n  - {{year: 2022, ordinary_days: {days}}}\n"
    )
    assert checked({"records/party-schools/a.yml": text}) == ["CB405 a.yml:5"] * problems


@pytest.mark.parametrize(
    ("evaluation", "places"),
    [
        ("{sent: 45, returned: 45, items: [{name: 课, very: 40, poor: 5}]}", []),
        ("{sent: 45, returned: 46}", ["CB203 a.yml:8"]),
        ("{sent: 45, returned: 40, items: [{name: 课, very: 40, poor: 1}]}", ["CB203 a.yml:8"]),
    ],
)
def test_questionnaires_are_not_more_than_were_sent(
    checked: Check, evaluation: str, places: list[str]
) -> None:
    text = (
        "name: 班\nschool: school\nbegins: 2026-03-01\ntrainees: cadre\ndays: 1\n"
        "procedure: none\nsessions: [{title: 讨论}]\n"
        f"evaluation: {evaluation}\n"
    )
    assert checked({"records/training-classes/a.yml": text}) == places


# --- evidence -------------------------------------------------------------------------------------

FIGURE = (
    "{id: %s, name: 数, value: %s, unit: 个, as_of: 2022, source: daily, about: county/jia, "
    "role: scale, indicator: x, conflicts_with: [%s]}"
)


def figures(*rows: tuple[str, str, str]) -> Mapping[str, str]:
    """Figures with id, value and what they contradict."""
    return {"records/figures/list.yml": "".join(f"- {FIGURE % row}\n" for row in rows)}


def test_figures_that_contradict_each_other_both_ways_pass(checked: Check) -> None:
    assert checked(figures(("a", "1", "b"), ("b", "2", "a"))) == []


def test_a_contradiction_told_by_one_side_is_told_there(checked: Check) -> None:
    assert checked(figures(("a", "1", "b"), ("b", "2", ""))) == ["CB409 list.yml:1"]


@pytest.mark.parametrize(
    ("value", "more", "problems"),
    [
        ("1", "period: {from: 2023, to: 2023-06}", 0),
        ("1", "period: {from: 2023-06, to: 2023-06}", 0),
        ("1", "period: {from: 2023-07, to: 2023-06}", 1),
        ("1", "denominator: 1", 0),
        ("1", "denominator: 0.5", 1),
        ("1", "qualifier: ordinal", 0),
        ("0", "qualifier: ordinal", 1),
        ("1.5", "qualifier: ordinal", 1),
    ],
)
def test_periods_wholes_and_ranks_of_figures(
    checked: Check, value: str, more: str, problems: int
) -> None:
    row = (FIGURE % ("a", value, "")).removesuffix("}") + f", {more}}}"
    found = checked({"records/figures/list.yml": f"- {row}\n"})
    assert found == ["CB203 list.yml:1"] * problems


def test_a_figure_may_not_contradict_itself(checked: Check) -> None:
    assert checked(figures(("a", "1", "a"))) == ["CB409 list.yml:1"]


@pytest.mark.parametrize(
    ("value", "problems"),
    [("3, value_to: 5", 0), ("-5, value_to: -3", 0), ("5, value_to: 5", 1), ("5, value_to: 3", 1)],
)
def test_a_range_goes_up(checked: Check, value: str, problems: int) -> None:
    assert checked(figures(("a", value, ""))) == ["CB203 list.yml:1"] * problems


def test_a_source_seen_only_on_a_mirror_is_cited_by_its_outlet(checked: Check) -> None:
    text = "name: 报道\npublisher: 示例晚报\ntype: EB\ngrade: B\n"
    assert checked({"records/sources/a.yml": text}) == []


def test_a_source_published_later_than_its_access_by_month_only(checked: Check) -> None:
    text = "name: 报道\npublisher: 日报\ntype: EB\ngrade: A\npublished: 2024-05-06\naccessed: 2024-05\nurl: https://x.cn\n"
    assert checked({"records/sources/a.yml": text}) == []


# --- ids and media ----------------------------------------------------------------------------


def test_a_former_id_may_be_another_kind_s_id(checked: Check) -> None:
    assert checked({"records/terms/a.yml": "name: 甲\ndefinition: 释。\nformer_ids: [jia]\n"}) == []


def test_a_former_id_may_not_be_the_record_s_own(checked: Check) -> None:
    text = "name: 甲\ndefinition: 释。\nformer_ids: [a]\n"
    assert checked({"records/terms/a.yml": text}) == ["CB305 a.yml:3"]


def test_a_former_id_written_twice_in_one_record_is_told(checked: Check) -> None:
    text = "name: 甲\ndefinition: 释。\nformer_ids: [old, old]\n"
    assert checked({"records/terms/a.yml": text}) == ["CB305 a.yml:3"]


MEDIA = "name: 甲\ndefinition: 释。\nmedia:\n  - {file: %s, title: 图, credit: 示例}\n"


@pytest.mark.parametrize("file", ["a.png", "a/b-1.jpg", "a/b/c_d.pdf", "a.webp", "a.jpeg"])
def test_media_with_safe_names_pass(site_folder: MakeFolder, file: str) -> None:
    ending = file.rpartition(".")[2].replace("jpeg", "jpg")
    photos = {"jpg": files.jpeg, "png": files.png, "webp": files.webp}
    content = photos[ending]() if ending in photos else SAMPLES[ending]
    folder = site_folder({"records/terms/a.yml": MEDIA % file, f"media/{file}": content})
    assert folder.problems() == []


@pytest.mark.parametrize(
    "file",
    ["../a.png", "/a.png", "a//b.png", "A.png", "照片.png", "a.PNG", "a.html", "a.exe", "a", ".a.png",
     "a/../b.png", "a b.png", "a\\\\b.png", "con.png", "a/nul.png"],
)  # fmt: skip
def test_media_with_unsafe_names_are_told(site_folder: MakeFolder, file: str) -> None:
    folder = site_folder({"records/terms/a.yml": MEDIA % f'"{file}"', "media/con.png": b"x"})
    assert folder.problems() == [("records/terms/a.yml", 4, 12, "CB304")]


def test_a_drawing_that_could_run_a_script_is_not_published(site_folder: MakeFolder) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    folder = site_folder({"records/terms/a.yml": MEDIA % "a.svg", "media/a.svg": drawing})
    assert [code for *_, code in folder.problems()] == ["CB304"]


def test_a_page_that_is_named_like_a_photo_is_not_published(site_folder: MakeFolder) -> None:
    page = b"<html><script>alert(1)</script></html>"
    folder = site_folder({"records/terms/a.yml": MEDIA % "a.png", "media/a.png": page})
    (problem,) = folder.load().problems
    assert problem.code == "CB304"
    assert problem.message == "media/a.png 不是 PNG 图片，而是网页（HTML）。"


def test_a_medium_that_links_out_of_the_media_folder_is_told(
    site_folder: MakeFolder, tmp_path: object
) -> None:
    folder = site_folder({"records/terms/a.yml": MEDIA % "a.png", "media/keep.png": b"x"})
    outside = folder.root / "secret.txt"
    outside.write_text("secret")
    (folder.root / "content/media/a.png").symlink_to(outside)
    assert [code for *_, code in folder.problems()] == ["CB304"]


# --- public and internal ------------------------------------------------------------------------


def test_an_internal_record_may_hang_on_an_internal_one(checked: Check) -> None:
    files = {
        "records/counties/a.yml":
            "name: 内\nprovince: 省\nprefecture: 市\naudience: internal\n",
        "records/townships/a.yml":
            "name: 内镇\ncounty: a\ntype: town\naudience: internal\n",
    }  # fmt: skip
    assert checked(files) == []


def test_a_public_record_may_mention_an_internal_one(checked: Check) -> None:
    files = {
        "records/terms/a.yml": "name: 甲\ndefinition: 见[](record:term/b)。\nsee_also: [b]\n",
        "records/terms/b.yml": "name: 乙\ndefinition: 释。\naudience: internal\n",
    }
    assert checked(files) == []


# --- prose ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "problems"),
    [
        ("[甲](https://example.org/a:b)", 0),
        ("[甲](page.html)", 1),
        ("[甲](#part)", 0),
        ("说到 javascript: 这个词", 0),
        ("时间是 10:30（上午）", 0),
        ("[甲](JavaScript:alert(1))", 1),
        ("[甲](mailto:a@example.org)", 1),
        ("[甲](file:///x)", 1),
        ("[甲](record:county/jia)[乙](record:county/nowhere)", 1),
        ("[甲](record:county/jia/)", 1),
        ("[甲](record:jia)", 1),
    ],
)
def test_links_in_prose(checked: Check, prose: str, problems: int) -> None:
    text = f"name: 甲\ndefinition: '{prose}'\n"
    assert checked({"records/terms/a.yml": text}) == ["CB303 a.yml:2"] * problems


# --- hand-written pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "problems"),
    [
        ("# 标题\n\n[甲](record:county/jia)\n", []),
        (
            "---\ntitle: 甲\naudience: internal\n---\n[甲](record:county/nowhere)\n",
            ["CB501 a.md:5"],
        ),
        ("---\naudience: [public]\n---\n", ["CB502 a.md:2"]),
        ("---\naudience:\n---\n", ["CB502 a.md:2"]),
        ("---\naudience: Internal\n---\n", ["CB502 a.md:2"]),
        ("---\nkey_figures: [nowhere]\n---\n", ["CB501 a.md:2"]),
        ("---\n- 一\n- 二\n---\n", ["CB502 a.md:2"]),
        ("---\ntitle: [\n---\n", ["CB106 a.md:3"]),
        ("---\r\naudience: secret\r\n---\r\n", ["CB502 a.md:2"]),
        ("\ufeff---\naudience: secret\n---\n", ["CB502 a.md:2"]),
        ("", []),
    ],
)
def test_pages(checked: Check, page: str, problems: list[str]) -> None:
    assert checked({"pages/a.md": page}) == problems


def test_links_that_a_page_shows_as_code_are_not_links(checked: Check) -> None:
    page = "写作 `[名称](record:类别/编号)`。\n\n```\n[甲](record:county/nowhere)\n```\n"
    assert checked({"pages/a.md": page}) == []
