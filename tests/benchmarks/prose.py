"""Chinese prose of real length from sentences with slots: plausible, and about nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

SENTENCES = (
    "{place}的{thing}建在{where}，由{who}管理，来的人先看{part}，再听一段{talk}",
    "这里原来是{old}，{year}年整修以后改作{thing}，{part}和{part}都留了下来",
    "{who}每月在这里开一次{meeting}，商量{matter}，会上定下的事写在墙上，谁办、哪天办完一看就明白",
    "到{year}年底，{place}一共接待了{number}批学员，多数是附近镇街的党员，也有外县来的",
    "讲解由{who}轮流担任，讲稿每年改一次，改动的地方要念给老党员听，听不懂的再改",
    "参观的路线约{distance}米，老人走得动，雨天可以从{part}直接进屋",
    "村里把{matter}交给{who}去办，账目每季度公布，群众有疑问可以当面问",
    "{place}种{crop}已有{number}年，合作社成立以后统一买种子、统一卖货，价钱比单干时高",
    "学员常问{matter}是怎样办成的，讲解的人会拿出当年的{paper}，一条一条对着讲",
    "{part}里摆着{number}件实物，都是村民捐来的，每件旁边写着谁用过、什么时候用过",
    "{who}说，办这处{thing}最难的不是钱，是把{matter}谈拢，前后开了{number}次会",
    "这一课适合同{crop}、{matter}两件事一起讲，时间以{distance}分钟左右为宜",
    "{year}年以前，{place}的党员活动没有固定的地方，有时借{part}，有时就在院子里",
    "教学点的钥匙由值班的人保管，要用的支部提前三天打电话，登记人数和讲课的题目",
    "课后学员要写一张纸：看到了什么，回去打算做什么；这些纸按年份装订，放在{part}",
    "{place}的做法传开以后，邻近的{number}个村也照着办了{thing}，样子不同，路子是一样的",
    "{who}把{matter}的经过编成一段{talk}，逢集的时候讲给赶集的人听",
    "这里没有大的展板，主要看{part}和{crop}，边走边讲，讲到哪里看到哪里",
    "遇到下雪或者停电，课改在{part}上，题目不变，由{who}主讲",
    "按{paper}的记载，{place}最早的党员有{number}人，名单挂在进门左手的墙上",
)
WORDS: dict[str, Sequence[str]] = {
    "thing": (
        "展室",
        "实训基地",
        "教育基地",
        "产业园",
        "合作社大院",
        "党群中心",
        "纪念馆",
        "讲习所",
    ),
    "where": ("村东的老粮站", "原来的小学", "镇政府旁边", "果园的入口", "河边的旧磨坊", "集市北头"),
    "who": (
        "村党支部",
        "镇党校",
        "合作社",
        "老党员小组",
        "驻村干部",
        "联村党委",
        "青年志愿者",
        "镇党建办",
    ),
    "part": ("展厅", "院子", "资料室", "大棚", "会议室", "旧屋", "长廊", "实训车间"),
    "talk": ("快板", "故事", "录音", "回忆", "现场课", "对话"),
    "old": ("一处闲置的校舍", "废弃的砖厂", "生产队的仓库", "没人住的老院", "镇上的旧礼堂"),
    "meeting": ("联席会", "板凳会", "议事会", "党员大会", "碰头会"),
    "matter": (
        "土地流转",
        "修路占地",
        "集体账目",
        "卖果子",
        "浇地的水",
        "评先进",
        "旧房改造",
        "垃圾清运",
    ),
    "crop": ("苹果", "小麦", "蔬菜大棚", "桃子", "艾草", "食用菌", "葡萄", "花生"),
    "paper": ("会议记录", "村志", "账本", "承包合同", "旧报纸", "签到册"),
}
TAGS = [
    "产业",
    "历史",
    "警示",
    "技能",
    "党史",
    "环境",
    "合作社",
    "集体经济",
    "便民",
    "议事",
    "公开",
    "培训",
    "青年",
    "老党员",
    "果业",
    "蔬菜",
    "文化",
    "志愿",
    "网格",
    "法治",
    "廉政",
    "禁毒",
    "园区",
    "社区",
    "搬迁",
    "水利",
    "道路",
    "教育",
    "医疗",
    "养老",
]
QUESTIONS = (
    (
        "这处教学点由谁管理？",
        ("镇党校", "村党支部", "合作社", "县里的部门"),
        "看“基本情况”第一段。",
    ),
    ("联席会上定下的事怎样落实？", (), "写明谁办、哪天办完，并且公布。"),
    ("学员课后要写什么？", (), "看到了什么，回去打算做什么。"),
)


class Link(NamedTuple):
    """What prose may lead to."""

    kind: str
    id: str
    name: str


def sentence(rng: random.Random, place: str) -> str:
    """A sentence about a place, without its full stop."""
    text = ""
    for piece in rng.choice(SENTENCES).split("{"):
        slot, brace, rest = piece.partition("}")
        text += _word(rng, slot, place) + rest if brace else piece
    return text


def _word(rng: random.Random, slot: str, place: str) -> str:
    if slot == "place":
        return place
    if slot == "year":
        return str(rng.randint(1998, 2023))
    if slot in ("number", "distance"):
        return str(rng.randint(12, 180))
    return rng.choice(WORDS[slot])


def prose(
    rng: random.Random,
    place: str,
    characters: int,
    source: Callable[[random.Random], str],
    links: Sequence[Link] = (),
) -> str:
    """Paragraphs of Markdown; every third sentence or so ends in a citation or has a link."""
    paragraphs: list[list[str]] = [[]]
    waiting = list(links)
    length = 0
    while length < characters:
        text = sentence(rng, place)
        length += len(text)
        if waiting and rng.random() < 0.6:
            kind, id, name = waiting.pop()
            text += f"，可以同[{name}](record:{kind}/{id})对照着看"
        cite = f"[](record:source/{source(rng)})" if rng.random() < 0.4 else ""
        paragraphs[-1].append(f"{text}。{cite}")
        if len(paragraphs[-1]) > 3 and rng.random() < 0.4:
            paragraphs.append([])
    texts = ["".join(sentences) for sentences in paragraphs if sentences]
    if rng.random() < 0.04:  # what needs a Markdown parser is as rare as in real records
        texts.append(f"- **先看**：{sentence(rng, place)}；\n- **再谈**：{sentence(rng, place)}。")
    return "\n\n".join(texts) + "\n"
