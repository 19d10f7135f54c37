"""Places: counties, townships, villages."""

from __future__ import annotations

from typing import Annotated, ClassVar

from casebook_site.records.base import Code, Coordinates, Record
from casebook_site.records.vocabularies import TOWNSHIP_TYPES, VILLAGE_TYPES
from casebook_site.schema.choices import OneOf
from casebook_site.schema.fields import LinkTo, Prose, Text, field

CountyLink = Annotated[str, LinkTo("county")]
TownshipLink = Annotated[str, LinkTo("township")]
VillageLink = Annotated[str, LinkTo("village")]


class Place(Record):
    """What all places have."""

    codes: tuple[Code, ...] = field("行政代码", "代码及其体系；不清楚可不写。", default=())
    coordinates: Coordinates | None = field("坐标", "中心点，可不写。", default=None)


class County(Place):
    """A county-level place of a case study."""

    kind: ClassVar[str] = "county"
    folder: ClassVar[str] = "counties"
    kind_title: ClassVar[str] = "县市"

    province: Text = field("省", "所属省级行政区。")
    prefecture: Text | None = field("地级市", "所属地级行政区；省直管的不写。", default=None)
    neighbours: tuple[Text, ...] = field("接壤县市区", "相邻的县级行政区名称。", default=())
    about: Prose | None = field("概况", "县情市情，只写有来源的。", default=None)


class Township(Place):
    """A town, township or subdistrict."""

    kind: ClassVar[str] = "township"
    folder: ClassVar[str] = "townships"
    kind_title: ClassVar[str] = "镇街"

    county: CountyLink = field("县市", "所属县市的编号。")
    type: Annotated[str, OneOf(TOWNSHIP_TYPES)] = field("类型", "乡级行政区的类型。")
    about: Prose | None = field("概况", "镇街情况，只写有来源的。", default=None)


class Village(Place):
    """A village-level unit."""

    kind: ClassVar[str] = "village"
    folder: ClassVar[str] = "villages"
    kind_title: ClassVar[str] = "村"

    township: TownshipLink = field("镇街", "所属镇街的编号。")
    type: Annotated[str, OneOf(VILLAGE_TYPES)] | None = field(
        "类型", "现行官方名单里的类型。", default=None
    )
    about: Prose | None = field("概况", "村情，只写有来源的。", default=None)
