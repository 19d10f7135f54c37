"""Tables of courses, faculty and platforms."""

from __future__ import annotations

from casebook_site.kinds.teaching_parts import (
    programme_section,
    requirement_text,
    subjects_section,
    syllabus_section,
    web_section,
    years_section,
)
from casebook_site.records.teaching import Course, Faculty, Platform, Requirement
from casebook_site.schema.dates import PartialDate


def test_a_requirement_says_what_it_rests_on() -> None:
    whole = Requirement(
        state="verified", note="有。", evidence="现场查看", checked_on=PartialDate(2023, 4)
    )
    assert requirement_text(whole) == "有。依据：现场查看。2023年4月核对。"
    assert requirement_text(Requirement(state="unknown", note="未见")) == "未见"
    assert requirement_text(Requirement(state="unknown")) == ""


def test_a_course_has_its_syllabus_and_addresses() -> None:
    course = Course.model_validate({
        "id": "c", "name": "课", "module": "general",
        "syllabus": [{"title": "总纲", "minutes": 40, "group": "experts"}, {"title": "讨论"}],
        "links": [{"title": "网上", "url": "https://example.com/a"}],
    })  # fmt: skip
    steps = syllabus_section(course).steps
    assert [(step.title, step.text) for step in steps] == [
        ("总纲", "40分钟，专家教授"),
        ("讨论", ""),
    ]
    assert web_section(course).links[0].href == "https://example.com/a"


def test_faculty_is_counted_by_year_and_subject() -> None:
    faculty = Faculty.model_validate({
        "id": "f", "name": "库", "county": "jia", "group": "experts",
        "years": [{"year": 2022, "size": 10, "left": 0}, {"year": 2023, "joined": 2}],
        "subjects": [{"title": "党史", "size": 4}, {"title": "法律"}],
    })  # fmt: skip
    rows = [[cell.name for cell in row.cells] for row in years_section(faculty).rows]
    assert rows == [["2023年", "", "2人", ""], ["2022年", "10人", "", "0人"]]
    assert subjects_section(faculty).lines == ("党史　4人", "法律")


def test_a_platform_has_its_programme() -> None:
    platform = Platform.model_validate({
        "id": "p", "name": "台", "county": "jia", "programme": [{"title": "大课堂", "when": "周六"}],
    })  # fmt: skip
    assert [c.name for c in programme_section(platform).rows[0].cells] == ["大课堂", "周六", ""]
