"""Where records lie, whatever the levels of places are called and however many there are."""

from __future__ import annotations

from typing import Annotated, ClassVar

from hypothesis import given
from hypothesis import strategies as st

from casebook_site.domain.places import Levels, Places
from casebook_site.kinds import program_schema
from casebook_site.records import Record
from casebook_site.records.places import County, Township, Village
from casebook_site.records.teaching import TeachingPoint
from casebook_site.schema.fields import LinkTo, field
from casebook_site.schema.keys import Key


class Banner(Record):
    """A place of a level that the program does not bring, under another title."""

    kind: ClassVar[str] = "banner"
    folder: ClassVar[str] = "banners"
    kind_title: ClassVar[str] = "旗"

    league: Annotated[str, LinkTo("league")] | None = field("盟", "所属盟。", default=None)


class League(Record):
    """The place above it, which a site may do without."""

    kind: ClassVar[str] = "league"
    folder: ClassVar[str] = "leagues"
    kind_title: ClassVar[str] = "盟"


class Camp(Record):
    """Something that lies in a place, and may name any of them."""

    kind: ClassVar[str] = "camp"
    folder: ClassVar[str] = "camps"
    kind_title: ClassVar[str] = "营地"

    banner: Annotated[str, LinkTo("banner")] | None = field("旗", "所在旗。", default=None)
    league: Annotated[str, LinkTo("league")] | None = field("盟", "所在盟。", default=None)


STEPPE = Levels(
    names=("league", "banner"),
    labelled=("league", "banner"),
    grouping="league",
    links={
        "banner": (("league", "league"),),
        "camp": (("banner", "banner"), ("league", "league")),
    },
)


def places(levels: Levels, *records: Record) -> Places:
    """Places among these records."""
    known = {Key(record.kind, record.id): record for record in records}
    return Places(levels, known.get)


PROGRAM = Levels.of(program_schema())


def county(id: str) -> County:
    """A county."""
    return County(id=id, name=f"{id}县", province="山东省", prefecture="淄博市")


def township(id: str, county: str) -> Township:
    """A township of a county."""
    return Township(id=id, name=f"{id}镇", county=county, type="town")


def point(**where: str) -> TeachingPoint:
    """A teaching point that names these places."""
    place = {"county": "a", **where}
    return TeachingPoint.model_validate({"id": "p", "name": "点", "category": "village", **place})


def test_the_program_has_three_levels_and_labels_name_two_of_them() -> None:
    assert PROGRAM.names == ("county", "township", "village")
    assert PROGRAM.labelled == ("county", "township")
    assert PROGRAM.grouping == "county"
    assert PROGRAM.links["teaching-point"] == (
        ("village", "village"),
        ("township", "township"),
        ("county", "county"),
    )


def test_places_above_those_that_a_record_names_are_found() -> None:
    village = Village(id="v", name="村", township="t")
    known = places(PROGRAM, county("a"), township("t", "a"), village)
    assert known.above(village) == {"township": "t", "county": "a"}
    assert known.position(village) == {"village": "v", "township": "t", "county": "a"}
    assert known.above(point(village="v")) == {"village": "v", "township": "t", "county": "a"}
    assert known.smallest_above(point(village="v")) == Key("village", "v")


def test_what_a_record_names_itself_is_known_where_the_place_is_not() -> None:
    known = places(PROGRAM)
    assert known.above(point(township="t")) == {"township": "t", "county": "a"}
    assert known.above(Village(id="v", name="村", township="t")) == {"township": "t"}


def test_a_place_lies_in_others_and_not_in_itself() -> None:
    known = places(PROGRAM, county("a"))
    assert known.above(county("a")) == {}
    assert known.position(county("a")) == {"county": "a"}
    assert known.group_of(county("a")) == Key("county", "a")
    assert [*known.label_keys(county("a"))] == []


def test_a_level_may_be_missing() -> None:
    banner, camp = Banner(id="b", name="旗"), Camp(id="c", name="营地", banner="b")
    known = places(STEPPE, banner, camp)
    assert known.above(camp) == {"banner": "b"}
    assert [*known.label_keys(camp)] == [Key("banner", "b")]
    assert known.group_of(camp) is None


def test_levels_may_have_other_names() -> None:
    banner = Banner(id="b", name="旗", league="l")
    camp = Camp(id="c", name="营地", banner="b")
    known = places(STEPPE, League(id="l", name="盟"), banner, camp)
    assert [*known.label_keys(camp)] == [Key("league", "l"), Key("banner", "b")]
    assert known.contents([banner, camp]) == {
        ("banner", Key("league", "l")): [banner],
        ("camp", Key("banner", "b")): [camp],
        ("camp", Key("league", "l")): [camp],
    }


IDS = st.sampled_from("abc")


@given(
    counties=st.dictionaries(IDS, IDS | st.none(), max_size=3),
    named=st.tuples(IDS | st.none(), IDS | st.none()),
)
def test_a_record_lies_in_what_contains_it(
    counties: dict[str, str | None], named: tuple[str | None, str | None]
) -> None:
    """`contents` and `above` are two sides of the same, with any level left out."""
    banners = [Banner(id=id, name=id, league=league) for id, league in counties.items()]
    camp = Camp(id="c", name="营地", banner=named[0], league=named[1])
    known = places(STEPPE, *banners)
    inside = known.contents([*banners, camp])
    for record in (*banners, camp):
        holding = {place for (kind, place), held in inside.items() if record in held}
        assert holding == known.keys_above(record)
        assert {key.kind for key in holding} <= set(STEPPE.names)


@given(league=IDS | st.none(), own=IDS | st.none())
def test_the_smallest_place_is_believed_first(league: str | None, own: str | None) -> None:
    """What the place says of the level above it stands; else what the record says."""
    known = places(STEPPE, Banner(id="b", name="旗", league=league))
    camp = Camp(id="c", name="营地", banner="b", league=own)
    assert known.at(camp, "league") == (league or own or "")
