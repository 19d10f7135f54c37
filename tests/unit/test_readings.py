"""How names of places and families are read: for A–Z, for sorting, and for search."""

from __future__ import annotations

import pypinyin
import pytest

from casebook_site.base.pinyin import pinyin, readings
from casebook_site.base.place_readings import AMBIGUOUS, FAMILIES, PLACES
from casebook_site.editing.new_ids import new_id
from casebook_site.search.text import normal


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("长清区", "chang qing qu"),
        ("济南市长清区", "ji nan shi chang qing qu"),
        ("长岛", "chang dao"),
        ("长庄村", "chang zhuang cun"),
        ("单县", "shan xian"),
        ("菏泽市单县党校", "he ze shi shan xian dang xiao"),
        ("洪洞", "hong tong"),
        ("曾家村", "zeng jia cun"),
        ("前曾家庄", "qian zeng jia zhuang"),
        ("解家庄", "xie jia zhuang"),
        ("单家寨", "shan jia zhai"),
        ("仇庄", "qiu zhuang"),
        ("甲镇仇庄村", "jia zhen qiu zhuang cun"),
        ("查家村", "zha jia cun"),
        ("盖家庄", "ge jia zhuang"),
        ("朴家沟", "piao jia gou"),
        ("翟家岭村", "zhai jia ling cun"),
        ("牟家店", "mu jia dian"),
        ("卜村", "bu cun"),
        ("⼤⾢庄", "da yi zhuang"),
        ("⻓清区", "chang qing qu"),
        ("⻢\uf9dc镇", "ma long zhen"),
        # as the dictionaries have them
        ("东阿", "dong e"),
        ("六安市", "lu an shi"),
        ("长子县", "zhang zi xian"),
        ("长效机制", "chang xiao ji zhi"),
        # what only looks like such a name
        ("村长治村", "cun zhang zhi cun"),
        ("简单县域", "jian dan xian yu"),
        ("负面清单县级", "fu mian qing dan xian ji"),
        ("镇长安排工作", "zhen zhang an pai gong zuo"),
        ("查村账", "cha cun zhang"),
        ("了解家庄", "liao jie jia zhuang"),
        ("长辈", "zhang bei"),
    ],
)
def test_names_are_read_as_places_and_families(name: str, read: str) -> None:
    assert pinyin(name) == read


@pytest.mark.parametrize("name", [*PLACES, *AMBIGUOUS])
def test_every_line_of_the_table_is_needed(name: str) -> None:
    assert " ".join(pypinyin.lazy_pinyin(name)) != pinyin(name)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_is_needed(family: str) -> None:
    assert pypinyin.lazy_pinyin(family) != [FAMILIES[family]]
    assert pinyin(f"{family}家庄") == f"{FAMILIES[family]} jia zhuang"


def test_search_knows_every_reading_of_the_first_character() -> None:
    assert set(readings("长清")) == {"chang qing", "zhang qing"}
    assert readings("单县")[0] == "shan xian"
    assert {"dan xian", "chan xian"} < set(readings("单县"))
    assert readings("党校") == ("dang xiao",)
    assert readings("5G村") == (pinyin("5G村"),)
    assert readings("") == ("",)


def test_search_takes_radicals_for_characters() -> None:
    assert normal("⻓清⼤⾢") == normal("长清大邑")


def test_a_new_id_is_read_the_same_way() -> None:
    assert new_id("单县", ()) == "shan-xian"
