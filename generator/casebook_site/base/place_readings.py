"""Names of places and families that pypinyin reads as common words: 单县 as dān, 曾家村 as céng.

Readings of places are those of the Ministry of Civil Affairs' 《中华人民共和国行政区划简册》, readings of
families those of 《现代汉语词典》. A test holds every line to be needed: what pypinyin reads rightly is
not here.
"""

from __future__ import annotations

import re

PLACES = {
    "涡阳": "guo yang",
    "浚县": "xun xian",
    "漯河": "luo he",
    "召陵": "shao ling",
    "繁峙": "fan shi",
    "洪洞": "hong tong",
    "解州": "xie zhou",
    "乐陵": "lao ling",
    "南乐": "nan le",
    "民乐": "min le",
    "泊头": "bo tou",
    "祭城": "zhai cheng",
    "牟氏庄园": "mu shi zhuang yuan",
    "珲春": "hun chun",
    "穆棱": "mu ling",
    "六合": "lu he",
    "闵行": "min hang",
    "蔚州": "yu zhou",
    "尉州": "yu zhou",
    "佛冈": "fo gang",
    "佛坪": "fo ping",
    "泷州": "shuang zhou",
    "覃塘": "qin tang",
    "筠连": "jun lian",
    "荥经": "ying jing",
    "什邡": "shi fang",
    "称多": "chen duo",
    "乌什": "wu shi",
    "伽师": "jia shi",
    "子长": "zi chang",
    "会稽": "kuai ji",
    "太行": "tai hang",
    "大栅栏": "da shi lan",
    "马家堡": "ma jia pu",
    "拉卜楞": "la bu leng",
    "大月氏": "da yue zhi",
    "高句丽": "gao gou li",
    "新都": "xin du",
    "丰都": "feng du",
    "于都": "yu du",
    "宁都": "ning du",
    "郫都": "pi du",
    "花都": "hua du",
    "昌都": "chang du",
    "武都": "wu du",
    "望都": "wang du",
    "莲都": "lian du",
    "曾都": "zeng du",
    "宜都": "yi du",
    "朝阳": "chao yang",
}
"""Place → its syllables, wherever it stands in a name."""

AMBIGUOUS = {
    "单县": "shan xian",
    "单城": "shan cheng",
    "长清": "chang qing",
    "长岛": "chang dao",
    "长丰": "chang feng",
    "长垣": "chang yuan",
    "长宁": "chang ning",
    "长岭": "chang ling",
    "长武": "chang wu",
    "长治": "chang zhi",
    "长泰": "chang tai",
    "长洲": "chang zhou",
    "长海": "chang hai",
    "长白": "chang bai",
    "长葛": "chang ge",
    "长阳": "chang yang",
    "长顺": "chang shun",
    "长山": "chang shan",
    "三都": "san du",
    "都兰": "du lan",
    "都匀": "du yun",
    "都安": "du an",
    "都昌": "du chang",
}
"""Places that can also be the end of one word and the beginning of another (简单县域, 村长治村): read as
places at the beginning of a name, and where a word for a place follows."""

FAMILIES = {
    "曾": "zeng",
    "解": "xie",
    "单": "shan",
    "仇": "qiu",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "区": "ou",
    "翟": "zhai",
    "缪": "miao",
    "员": "yun",
    "召": "shao",
    "覃": "qin",
    "种": "chong",
    "卜": "bu",
    "折": "she",
    "祭": "zhai",
    "黑": "he",
    "乜": "nie",
    "薄": "bo",
    "牟": "mu",
    "秘": "bi",
    "郇": "xun",
    "阚": "kan",
    "句": "gou",
    "都": "du",
    "么": "yao",
    "洗": "xian",
    "佴": "nai",
    "能": "nai",
    "繁": "po",
    "藏": "zang",
    "省": "xing",
    "率": "shuai",
    "长": "chang",
}
"""Family → its reading, where a village bears its name: X家庄, X家村, X家寨, X庄, X村."""

_BEFORE = "镇乡县区市道省旗处办东西南北前后上下大小新老中"
_LAND = (
    "庄村寨沟屯峪埠营堡店铺集楼台坊洼河岭山湾坪坡坝塘桥口岔疃崖泉官户园院圩圈墩岗甸窑窝坳畈冲"
    "嘴港渡巷滩场坟林峡宅湖溪门坑寺庙垅洞井石地头套佐务沙梁峁塬堤畔疙"
)
_FAMILY = (
    rf"(?:^|(?<=[{_BEFORE}]))(?:{'|'.join(FAMILIES)})"
    rf"(?=家[{_LAND}]|家$|[庄屯寨堡营疃沟店]|村(?:$|[民委党支庄两]))"
)
_FOLLOWS = r"(?=$|[省市县区旗州盟镇乡街道水])"
_LONG = r"^长(?![子辈老势进大者官女孙相成出高胖幼房机公肉])"
"""At the beginning of a name 长 is long; the head of something stands behind it (村长, 长辈 apart)."""

NAMES = re.compile(
    "|".join(
        (
            rf"(?P<place>{'|'.join(sorted(PLACES, key=len, reverse=True))})",
            rf"(?P<ambiguous>^(?:{'|'.join(AMBIGUOUS)})|(?:{'|'.join(AMBIGUOUS)}){_FOLLOWS}"
            r"|(?<![清简名菜账])单县)",
            rf"(?P<family>{_FAMILY})",
            rf"(?P<long>{_LONG})",
        )
    )
)


def syllables(match: re.Match[str]) -> str:
    """Return how a match of `NAMES` is read."""
    known = {"place": PLACES, "ambiguous": AMBIGUOUS, "family": FAMILIES, "long": {"长": "chang"}}
    return known[match.lastgroup or ""][match[0]]
