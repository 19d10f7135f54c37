"""Characters that nobody sees: dropped where they mean nothing, named where they matter, by every way in."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from casebook_site.base.characters import bare, visible, with_names
from casebook_site.base.problems import SettingsError
from casebook_site.editing.cell_text import CellError
from casebook_site.editing.cells import Names, value_of
from casebook_site.editing.columns import Column, columns
from casebook_site.mkdocs_adapter.config import open_site
from casebook_site.reading.parsing import parse
from casebook_site.reading.sound import sound_data
from casebook_site.records.base import Contact
from casebook_site.records.places import County
from casebook_site.records.teaching import PartySchool, TeachingPoint
from tests.folders import SiteFolder

MakeFolder = Callable[[Mapping[str, str | bytes]], SiteFolder]

DROPPED = [
    "\u00ad", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2063", "\ufeff",
]  # fmt: skip
BLANKS = ["\u00a0", "\u2003", "\u2009", "\u202f", "\u205f", "\u3000"]
BIDI = [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))]


@pytest.mark.parametrize("unseen", DROPPED)
def test_what_means_nothing_is_dropped_from_text(unseen: str) -> None:
    assert visible(f"{unseen}甲{unseen}县{unseen}") == "甲县"
    assert visible(f"a{unseen}b") == "ab"


@pytest.mark.parametrize("text", ["👨‍👩‍👧", "می‌خواهم", "क्‍ष", "甲　县", "❤️"])
def test_what_means_something_stays(text: str) -> None:
    assert visible(text) == text


def test_in_messages_it_has_a_name() -> None:
    assert with_names("甲\u200b县") == "甲〔U+200B（零宽空格）〕县"
    assert with_names("甲\u3000县") == "甲〔U+3000（全角空格）〕县"
    assert with_names("甲县") == "甲县"


@pytest.mark.parametrize("unseen", DROPPED + BLANKS)
def test_yaml_reads_what_is_meant(unseen: str) -> None:
    text = (
        f"name: 甲县{unseen}\n"
        f"capacity: {unseen}90{unseen}\n"
        f"updated: 2022-03-29{unseen}\n"
        f"category: industry{unseen}\n"
        f"flag: true{unseen}\n"
    )
    wanted = {
        "name": "甲县",
        "capacity": 90,
        "updated": datetime.date(2022, 3, 29),
        "category": "industry",
        "flag": True,
    }
    assert parse(text).faults == []
    for data in (parse(text).data, sound_data(text)):
        # Blanks at the ends of a text are the model's to take away.
        assert {**data, "name": data["name"].strip()} == wanted


@pytest.mark.parametrize("unseen", DROPPED)
def test_yaml_reads_names_of_fields_and_quoted_text(unseen: str) -> None:
    text = f'{unseen if unseen != chr(0xFEFF) else ""}na{unseen}me: "甲{unseen}县"\n'
    assert parse(text).data == {"name": "甲县"} == sound_data(text)


@pytest.mark.parametrize("bidi", BIDI)
def test_overrides_are_dropped_from_numbers_and_refused_in_text(bidi: str) -> None:
    read = parse(f"capacity: {bidi}90\u202c\nname: 甲{bidi}县\n")
    assert read.data["capacity"] == 90
    [(place, code, message, _)] = read.faults
    assert (place, code) == ((2, 7), "CB106")
    assert f"U+{ord(bidi):04X}（方向控制）" in message


# --- cells of sheets, CSV and forms ---------------------------------------------------------------


def column(model: type[Any], name: str) -> Column:
    return next(column for column in columns(model) if column.steps == (name,))


NAMES = Names(
    {"county": {"jia": "甲县"}},
    {"county": {"甲县": ("jia",), "大邑县": ("da",)}},
    {"county": "县市"},
)


@pytest.mark.parametrize("unseen", DROPPED + BLANKS + BIDI)
@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("county", "甲县", "jia"),
        ("capacity", "90", 90),
        ("updated", "2022.3", "2022-03"),
        ("name", "甲园", "甲园"),
        ("address", "甲镇1号", "甲镇1号"),
    ],
)
def test_cells_are_taken(unseen: str, name: str, cell: str, value: Any) -> None:
    if unseen in BIDI and name in ("name", "address"):
        return  # text: refused by the model, as in YAML
    about = column(TeachingPoint, name)
    assert value_of(about, f"{unseen}{cell}{unseen}", NAMES) == value


@pytest.mark.parametrize("unseen", DROPPED + BLANKS + BIDI)
def test_choices_are_taken(unseen: str) -> None:
    about = column(PartySchool, "level")
    assert about.vocabulary
    for choice, title in about.vocabulary.items():
        assert value_of(about, f"{unseen}{title}{unseen}", NAMES) == choice


@pytest.mark.parametrize("cell", ["甲\u3000县", "甲 县", "\u2f24\u2fa2县"])
def test_a_name_is_known_by_its_characters(cell: str) -> None:
    assert value_of(column(TeachingPoint, "county"), cell, NAMES) in ("jia", "da")


def test_a_name_that_is_not_known_shows_what_nobody_sees() -> None:
    with pytest.raises(CellError, match="丙〔U\\+3000（全角空格）〕县"):
        value_of(column(TeachingPoint, "county"), "丙\u3000县", NAMES)


def test_models_take_them_too() -> None:
    assert Contact.model_validate(
        {"name": "值班室\u200b", "phone": "0533\u00ad3241234\u200b"}
    ).phone == ("05333241234")
    county = County.model_validate(
        {
            "id": "jia\u200b",
            "name": "\ufeff甲县",
            "province": "省",
            "prefecture": "市",
            "updated": "2022\u200b",
        }
    )
    assert (county.id, county.name, str(county.updated)) == ("jia", "甲县", "2022")
    assert bare("\u202d0533\u202c") == "0533"


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("name: 1.10", '"1.10"'),
        ("name: +86", '"+86"'),
        ("name: 2022-3-5", '"2022-3-5"'),
        ("name: TRUE", '"TRUE"'),
        ("name: 12", '"12"'),
        ("name: 3.0", '"3.0"'),
    ],
)
def test_quotes_are_advised_round_what_is_written(
    site_folder: MakeFolder, line: str, advice: str
) -> None:
    site = site_folder({"records/terms/yi.yml": f"{line}\ndefinition: 乙。\n"})
    (problem,) = site.load().problems
    assert problem.code == "CB110"
    assert problem.remedy == f"加引号写作 {advice}。"


# --- every way in ---------------------------------------------------------------------------------

TERM = "name: 乙\ndefinition: 乙。\n"
WAYS = {
    "record": ("records/terms/yi.yml", 'name: 乙\ndefinition: "乙{}丙"\n'),
    "record, as a key": ("records/terms/yi.yml", 'name: 乙\ndefinition: 乙\n"a{}": 1\n'),
    "page": ("pages/index.md", "# 首页\n\n甲{}乙\n"),
    "front matter": ("pages/index.md", '---\ntitle: "甲{}乙"\n---\n\n# 首页\n'),
    "layout": ("maps/a.yml", 'kind: tiles\ncounty: jia\nnote: "甲{}乙"\ncells: []\n'),
    "list": ("packs/a.yml", 'title: "甲{}乙"\nparts: [term/yi]\n'),
    "synonyms": ("search/synonyms.yml", 'groups:\n- ["甲{}乙", 丙丁]\n'),
}
FORBIDDEN = [
    "\v",
    "\x01",
    "\x00",
    "\x1b",
    "\x80",
    "\ufdef",
    "\U0002ffff",
    "\ufffe",
    "\uffff",
    "\u202e",
    "\u2066",
]


@pytest.mark.parametrize("character", FORBIDDEN)
@pytest.mark.parametrize("way", WAYS)
def test_what_no_text_may_hold_is_refused_by_every_way_in(
    site_folder: MakeFolder, way: str, character: str
) -> None:
    name, text = WAYS[way]
    files = {"records/terms/yi.yml": TERM, "pages/index.md": "# 首页\n"}
    escaped = f"\\U{ord(character):08X}"
    for written in (character, escaped):
        if written == escaped and way == "page":
            continue  # an escape of YAML is text in Markdown
        site = site_folder({**files, name: text.format(written)})
        found = [p for p in site.load().problems if p.location.path == f"content/{name}"]
        assert any(f"U+{ord(character):04X}" in problem.message for problem in found), found


@pytest.mark.parametrize("character", [c for c in FORBIDDEN if c > "\x1f"])
def test_settings_refuse_it(tmp_path: Path, site_folder: MakeFolder, character: str) -> None:
    site = site_folder({"records/terms/yi.yml": TERM})
    settings = (site.root / "mkdocs.yml").read_text(encoding="utf-8")
    escaped = f"\\U{ord(character):08X}"
    (site.root / "mkdocs.yml").write_text(
        f'{settings}\nsite_description: "甲{escaped}乙"\n', encoding="utf-8"
    )
    with pytest.raises(SettingsError, match=f"U\\+{ord(character):04X}"):
        open_site(site.root / "mkdocs.yml")
