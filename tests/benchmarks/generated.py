"""A content folder of any size, the same for the same seed: plausible, whole, and found right by `check`.

Most records are teaching points with a page of prose; the rest stands in the proportions of a region
with a county for every 500 records. Places and all else are made up.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from generator.records.teaching import CATEGORIES, PRESCRIBED_ITEMS, SIX_REQUIREMENTS
from generator.site.sections import SECTIONS

REPOSITORY = Path(__file__).parents[2]
SMALLEST = 300
"""Fewer records than this would be mostly fixtures."""

Data = dict[str, Any]

CHARACTERS = (
    "青:qing 石:shi 河:he 柳:liu 林:lin 杨:yang 泉:quan 峪:yu 岭:ling 桥:qiao 庄:zhuang 沟:gou 湾:wan 营:ying "
    "坡:po 丰:feng 和:he 兴:xing 龙:long 凤:feng 梨:li 枣:zao 槐:huai 松:song 云:yun 溪:xi 沙:sha 塔:ta 寺:si 官:guan"
)
CHARS = [tuple(pair.split(":")) for pair in CHARACTERS.split()]

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


class World:
    """All records of one size and seed, by folder."""

    def __init__(self, count: int, seed: int = 1, towns: int = 0) -> None:
        """`towns`: how many townships; 0 for two in a hundred records."""
        if count < SMALLEST:
            raise ValueError(f"at least {SMALLEST} records")
        self.random = random.Random(seed)
        self.records: dict[str, list[Data]] = {}
        self.groups: dict[tuple[str, str], str] = {}
        """(folder, id) → name of the list file in which a record stands, where it is not alone."""
        self.town_of: dict[str, Data] = {}
        self._make(count, towns)

    # --- the parts ------------------------------------------------------------------------------

    def _make(self, count: int, towns: int) -> None:
        counties = max(2, count // 500)
        towns = towns or max(2 * counties, count * 2 // 100)
        self._sources(max(20, count * 4 // 100))
        self._terms(max(20, min(count * 2 // 100, 200)))
        self._categories()
        self._places(counties, towns, count * 14 // 100)
        self._mechanisms(30)
        self._schools()
        self._courses(max(6, count * 3 // 100))
        figures = count * 14 // 100
        classes = count * 2 // 100
        committees = count * 4 // 100
        studies = 5 * counties  # a case, a platform and three groups of faculty each
        made = sum(map(len, self.records.values()))
        self._points(count - made - figures - classes - committees - studies)
        self._committees(committees)
        self._classes(classes)
        self._cases()
        self._figures(figures)

    def _add(self, folder: str, record: Data, group: str = "") -> Data:
        self.records.setdefault(folder, []).append(record)
        if group:
            self.groups[folder, record["id"]] = group
        return record

    def _name(self, folder: str, ending: str) -> tuple[str, str]:
        """(id, name): two characters and an ending; the id ends in a number of its own."""
        first, second = self.random.choice(CHARS), self.random.choice(CHARS)
        number = len(self.records.get(folder, ()))
        return f"{first[1]}{second[1]}-{number:05}", f"{first[0]}{second[0]}{ending}"

    def _date(self, first: int = 2015, last: int = 2025) -> datetime.date | int:
        day = datetime.date(first, 1, 1) + datetime.timedelta(
            self.random.randrange(365 * (last - first))
        )
        return day if self.random.random() < 0.7 else day.year

    def _source(self) -> str:
        """A source; a few are cited far more often than the others."""
        known = self.records["sources"]
        return str(known[min(int(self.random.paretovariate(0.5)) - 1, len(known) - 1)]["id"])

    def _some_sources(self) -> list[str]:
        return sorted({self._source() for _ in range(self.random.randint(1, 3))})

    def _sentence(self, place: str) -> str:
        template = self.random.choice(SENTENCES)
        text = ""
        for piece in template.split("{"):
            slot, brace, rest = piece.partition("}")
            text += self._word(slot, place) + rest if brace else piece
        return text

    def _word(self, slot: str, place: str) -> str:
        if slot == "place":
            return place
        if slot == "year":
            return str(self.random.randint(1998, 2023))
        if slot in ("number", "distance"):
            return str(self.random.randint(12, 180))
        return self.random.choice(WORDS[slot])

    def _prose(self, place: str, characters: int, links: Sequence[tuple[str, Data]] = ()) -> str:
        """Paragraphs of Markdown; every third sentence or so ends in a citation or has a link."""
        paragraphs: list[list[str]] = [[]]
        waiting = list(links)
        length = 0
        while length < characters:
            sentence = self._sentence(place)
            length += len(sentence)
            if waiting and self.random.random() < 0.6:
                kind, target = waiting.pop()
                sentence += f"，可以同[{target['name']}](record:{kind}/{target['id']})对照着看"
            cite = f"[](record:source/{self._source()})" if self.random.random() < 0.4 else ""
            paragraphs[-1].append(f"{sentence}。{cite}")
            if len(paragraphs[-1]) > 3 and self.random.random() < 0.4:
                paragraphs.append([])
        texts = ["".join(sentences) for sentences in paragraphs if sentences]
        if (
            self.random.random() < 0.04
        ):  # what needs a Markdown parser is as rare as in real records
            texts.append(
                f"- **先看**：{self._sentence(place)}；\n- **再谈**：{self._sentence(place)}。"
            )
        return "\n\n".join(texts) + "\n"

    def _common(self, *, tags: int = 0) -> Data:
        data: Data = {}
        if tags:
            data["tags"] = sorted(set(self.random.choices(TAGS, k=tags)))
        data["sources"] = self._some_sources()
        data["missing"] = self.random.sample(
            ["坐标", "建成时间和面积", "联系办法", "培训人数", "负责人单位的全称", "有关照片"],
            k=self.random.randint(1, 3),
        )
        data["updated"] = datetime.date(2026, self.random.randint(1, 9), self.random.randint(1, 28))
        return data

    # --- evidence and words ---------------------------------------------------------------------

    def _sources(self, count: int) -> None:
        self.records["sources"] = []
        for number in range(count):
            id, place = self._name("sources", "")
            published = datetime.date(2018, 1, 1) + datetime.timedelta(self.random.randrange(2500))
            grade = self.random.choice(("A", "A", "A-", "B"))
            record: Data = {
                "id": id,
                "name": f"{place}党员教育工作见闻之{number + 1}",
                "publisher": f"{self.random.choice(CHARS)[0]}州日报",
                "published": published,
                "type": self.random.choice(("N", "N", "EB", "R")),
                "grade": grade,
                "access": "读到全文",
                "updated": datetime.date(2026, 5, 1 + number % 28),
            }
            if grade != "B":
                record |= {
                    "url": f"https://news.example/{published.year}/{id}.html",
                    "accessed": datetime.date(2026, 3, 1),
                }
            self._add("sources", record)

    def _terms(self, count: int) -> None:
        for number in range(count):
            id, place = self._name("terms", f"工作法{number + 1}")
            before = self.records.get("terms", [])[-2:]
            self._add(
                "terms",
                {
                    "id": id,
                    "name": place,
                    "definition": self._prose(place, 60),
                    "see_also": [term["id"] for term in before],
                    "sources": self._some_sources(),
                },
                "list",
            )

    def _categories(self) -> None:
        for id, title in CATEGORIES.items():
            self._add(
                "categories",
                {
                    "id": id,
                    "name": title,
                    "summary": f"{title}一类的教学点。",
                    "teaches": self._prose(title, 150),
                },
            )

    # --- places ---------------------------------------------------------------------------------

    def _places(self, counties: int, towns: int, villages: int) -> None:
        for number in range(counties):
            id, name = self._name("counties", "县")
            self._add(
                "counties",
                {
                    "id": id,
                    "name": name,
                    "summary": f"{name}，本站收录的第 {number + 1} 个县。",
                    "province": "示例省",
                    "prefecture": "示例市",
                    "codes": [{"system": "nbs-2023", "value": f"{990001 + number}"}],
                    "about": self._prose(name, 300),
                    **self._common(),
                },
            )
        for number in range(towns):
            county = self.records["counties"][number % counties]
            id, name = self._name("townships", "镇")
            code = f"{county['codes'][0]['value']}{number // counties + 100:03}"
            self._add(
                "townships",
                {
                    "id": id,
                    "name": name,
                    "summary": f"{county['name']}{name}。",
                    "county": county["id"],
                    "type": "town",
                    "codes": [{"system": "nbs-2023", "value": code}],
                    "about": self._prose(name, 200),
                    **self._common(),
                },
            )
        for number in range(villages):
            town = self.records["townships"][number % towns]
            id, name = self._name("villages", "村")
            self._add(
                "villages",
                {
                    "id": id,
                    "name": name,
                    "township": town["id"],
                    "type": "villagers_committee",
                    "codes": [
                        {
                            "system": "nbs-2023",
                            "value": f"{town['codes'][0]['value']}{number // towns + 200}",
                        }
                    ],
                    "about": self._prose(name, 120),
                    "sources": self._some_sources(),
                },
                town["id"],
            )
            self.town_of[id] = town

    def _villages_of(self, town: Data) -> list[Data]:
        towns = self.records["townships"]
        return self.records["villages"][towns.index(town) :: len(towns)]

    # --- teaching -------------------------------------------------------------------------------

    def _mechanisms(self, count: int) -> None:
        types = ("mode", "daily", "decision", "joint_effort", "team", "industry", "training")
        for number in range(count):
            id, name = self._name("mechanisms", f"机制{number + 1}")
            counties = self.random.sample(
                self.records["counties"], k=min(2, len(self.records["counties"]))
            )
            steps = [
                {"title": title, "text": self._sentence(name)} for title in ("提出", "商量", "公开")
            ]
            self._add(
                "mechanisms",
                {
                    "id": id,
                    "name": name,
                    "summary": self._sentence(name) + "。",
                    "type": types[number % len(types)],
                    "counties": [county["id"] for county in counties],
                    "how": self._prose(name, 200),
                    "steps": steps,
                    **self._common(tags=1),
                },
            )

    def _schools(self) -> None:
        for county in self.records["counties"]:
            id, _ = self._name("party-schools", "")
            self._add(
                "party-schools",
                {
                    "id": id,
                    "name": f"{county['name']}委党校",
                    "summary": f"{county['name']}的县级党校。",
                    "level": "municipal",
                    "county": county["id"],
                    "about": self._prose(county["name"], 200),
                    "rooms": ["报告厅", "标准化教室", "研讨室"],
                    **self._common(),
                },
            )
        for town in self.records["townships"]:
            id, _ = self._name("party-schools", "")
            states = ("verified", "reported", "reported", "unknown")
            self._add(
                "party-schools",
                {
                    "id": id,
                    "name": f"{town['name']}党校",
                    "summary": f"设在{town['name']}的镇街党校。",
                    "level": "township",
                    "county": town["county"],
                    "township": town["id"],
                    "about": self._prose(town["name"], 200),
                    "rooms": ["教室", "资料室"],
                    "six": {
                        name: {"state": self.random.choice(states)} for name in SIX_REQUIREMENTS
                    },
                    "year_plans": [{"year": 2025, "ordinary_days": 1, "cadre_days": 2}],
                    **self._common(),
                },
            )

    def _courses(self, count: int) -> None:
        for number in range(count):
            id, name = self._name("courses", f"专题课{number + 1}")
            county = self.random.choice(self.records["counties"])
            self._add(
                "courses",
                {
                    "id": id,
                    "name": name,
                    "summary": self._sentence(name) + "。",
                    "module": ("general", "professional", "thematic")[number % 3],
                    "counties": [county["id"]],
                    "trainees": ["ordinary", "cadre"],
                    "hours": 1.5,
                    "outline": self._prose(name, 250),
                    "questions": [self._question() for _ in range(2)],
                    **self._common(tags=2),
                },
            )

    def _question(self) -> Data:
        question, choices, answer = self.random.choice(QUESTIONS)
        return {"question": question, "answer": answer} | (
            {"choices": [*choices]} if choices else {}
        )

    def _points(self, count: int) -> None:
        towns = self.records["townships"]
        for _ in range(count):
            town = self.random.choice(towns)
            village = self.random.choice(self._villages_of(town))
            ending = self.random.choice(WORDS["thing"])
            id, name = self._name("teaching-points", ending)
            self._add("teaching-points", self._point(id, name, town, village))

    def _point(self, id: str, name: str, town: Data, village: Data) -> Data:
        category = self.random.choice(list(CATEGORIES))
        links: list[tuple[str, Data]] = [
            ("township", town),
            ("village", village),
            ("category", {"id": category, "name": CATEGORIES[category]}),
            ("term", self.random.choice(self.records["terms"])),
            ("mechanism", self.random.choice(self.records["mechanisms"])),
        ]
        if earlier := self.records.get("teaching-points"):
            links.append(("teaching-point", self.random.choice(earlier)))
        data: Data = {
            "id": id,
            "name": f"{village['name'][:-1]}{name}",
            "summary": f"{town['name']}的一处{CATEGORIES[category]}教学点，{self._sentence(name)}。",
            "county": town["county"],
            "township": town["id"],
            "category": category,
            "organiser": f"{town['name']}党委",
            "visit_hours": "工作日 8:30—17:00，提前预约",
            "visit_minutes": self.random.choice((40, 60, 90)),
            "capacity": self.random.randint(30, 200),
            "about": self._prose(name, self.random.randint(280, 480), links),
            "talking_points": [self._sentence(name) for _ in range(3)],
            **self._common(tags=2),
        }
        chance = self.random.random
        if chance() < 0.5:
            data["village"] = village["id"]
        if chance() < 0.2:
            data["aliases"] = [f"{name}（老馆）"]
        if chance() < 0.02:
            data["former_ids"] = [f"old-{id}"]
        if chance() < 0.3:
            data["opened"] = self._date(2000, 2023)
        if chance() < 0.5:
            data["coordinates"] = {
                "longitude": round(self.random.uniform(115, 122), 4),
                "latitude": round(self.random.uniform(34.5, 38), 4),
                "precision": 500,
            }
        if chance() < 0.3:
            event = {
                "date": self._date(),
                "title": self._sentence(name),
                "sources": [self._source()],
            }
            data["events"] = [event]
        if chance() < 0.05:
            data["doubts"] = [{"text": self._sentence(name), "sources": [self._source()]}]
        if chance() < 0.2:
            data["questions"] = [self._question()]
        if chance() < 0.3:
            data["lesson_notes"] = self._prose(name, 80)
            data["contact"] = {"name": "值班室", "phone": f"0000-{self.random.randrange(10**7):07}"}
        return data

    def _committees(self, count: int) -> None:
        forms = ("cross_posting", "joint_branch", "general_branch", "committee", "community")
        for number in range(count):
            town = self.records["townships"][number % len(self.records["townships"])]
            members = self.random.sample(
                self._villages_of(town),
                k=min(self.random.randint(2, 6), len(self._villages_of(town))),
            )
            id, name = self._name("joint-committees", "联村党组织")
            mechanisms = self.random.sample(self.records["mechanisms"], k=3)
            self._add(
                "joint-committees",
                {
                    "id": id,
                    "name": name,
                    "summary": f"{town['name']}的联村党组织，{self._sentence(name)}。",
                    "county": town["county"],
                    "township": town["id"],
                    "form": self.random.choice(forms),
                    "founded": self._date(),
                    "lead_village": members[0]["id"],
                    "members": [village["id"] for village in members],
                    "reported_members": len(members) + self.random.randint(0, 3),
                    "mechanisms": sorted(m["id"] for m in mechanisms),
                    "story": self._prose(
                        name, 300, [("village", members[0]), ("mechanism", mechanisms[0])]
                    ),
                    **self._common(tags=2),
                },
            )

    def _classes(self, count: int) -> None:
        schools = [s for s in self.records["party-schools"] if "township" in s]
        for number in range(count):
            school = self.random.choice(schools)
            id, _ = self._name("training-classes", "")
            sessions: list[Data] = [
                {"title": title, "prescribed": item} for item, title in PRESCRIBED_ITEMS.items()
            ]
            point = self.random.choice(self.records["teaching-points"])
            course = self.random.choice(self.records["courses"])
            sessions += [
                {"title": "现场教学", "teaching_point": point["id"], "minutes": 60},
                {"title": "分组讨论", "own": True, "course": course["id"]},
            ]
            self._add(
                "training-classes",
                {
                    "id": id,
                    "name": f"{school['name']}第 {number + 1} 期培训班",
                    "summary": f"{school['name']}办的一期党员培训班。",
                    "school": school["id"],
                    "begins": datetime.date(2025, self.random.randint(1, 12), 3),
                    "trainees": "ordinary",
                    "days": 1,
                    "participants": self.random.randint(20, 80),
                    "sessions": sessions,
                    "sources": self._some_sources(),
                },
            )

    def _cases(self) -> None:
        for county in self.records["counties"]:
            name = county["name"]
            measures = [
                {
                    "title": title,
                    "lead": self._sentence(name) + "。",
                    "points": [
                        {"title": word, "text": self._prose(name, 90)}
                        for word in ("建班子", "定制度", "办实事")
                    ],
                    "mechanisms": [self.random.choice(self.records["mechanisms"])["id"]],
                }
                for title in ("联起来", "议起来", "干起来", "富起来")
            ]
            id, _ = self._name("case-studies", "")
            self._add(
                "case-studies",
                {
                    "id": id,
                    "name": f"{name}的案例",
                    "summary": self._sentence(name) + "。",
                    "county": county["id"],
                    "overview": self._prose(name, 300),
                    "measures": measures,
                    "outcomes": self._prose(name, 300),
                    "lessons": [self._sentence(name) for _ in range(3)],
                    **self._common(),
                },
            )
            id, _ = self._name("platforms", "")
            self._add(
                "platforms",
                {
                    "id": id,
                    "name": f"{name}党员教育平台",
                    "summary": self._sentence(name) + "。",
                    "county": county["id"],
                    "about": self._prose(name, 150),
                    "channels": ["电视", "手机", "视频会议"],
                    **self._common(),
                },
            )
            for group, title in (
                ("leaders", "领导干部"),
                ("experts", "专家"),
                ("role_models", "榜样"),
            ):
                id, _ = self._name("faculty", "")
                self._add(
                    "faculty",
                    {
                        "id": id,
                        "name": f"{name}师资库：{title}",
                        "summary": self._sentence(name) + "。",
                        "county": county["id"],
                        "group": group,
                        "about": self._prose(name, 150),
                        **self._common(),
                    },
                )

    def _figures(self, count: int) -> None:
        kinds = [("county", r, 6) for r in self.records["counties"]]
        kinds += [("township", r, 3) for r in self.records["townships"]]
        kinds += [("teaching-point", r, 1) for r in self.records["teaching-points"]]
        subjects = [(kind, record) for kind, record, times in kinds for _ in range(times)]
        indicators = (
            ("党员", "名", "members"),
            ("培训班", "期", "classes"),
            ("参训人次", "人次", "trained"),
            ("教学点", "处", "points"),
            ("人口", "人", "people"),
            ("集体收入", "万元", "income"),
        )
        for number in range(count):
            kind, about = subjects[number]
            title, unit, indicator = indicators[number % len(indicators)]
            id, _ = self._name("figures", "")
            record: Data = {
                "id": id,
                "name": f"{about['name']}{title}",
                "value": self.random.randint(3, 30000),
                "unit": unit,
                "as_of": self.random.choice((2019, 2021, 2022, 2023, "2024-03")),
                "source": self._source(),
                "about": f"{kind}/{about['id']}",
                "role": self.random.choice(("scale", "outcome", "background")),
                "indicator": indicator,
            }
            if kind == "county" and indicator == "points":
                record["recorded"] = "teaching-point"
            self._add("figures", record, str(about.get("township", about["id"])))


# --- writing ----------------------------------------------------------------------------------


class _Dumper(yaml.CSafeDumper):
    """Texts of several lines as `|` blocks, as editors write them."""


def _represent_text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if text.count("\n") else None
    )


_Dumper.add_representer(str, _represent_text)


def _yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def write_site(folder: Path, count: int, seed: int = 1, towns: int = 0) -> Path:
    """Writes a whole site of `count` records below `folder`; returns its mkdocs.yml."""
    world = World(count, seed, towns)
    records = folder / "content" / "records"
    for name, members in world.records.items():
        (records / name).mkdir(parents=True, exist_ok=True)
        lists: dict[str, list[Data]] = {}
        for record in members:
            if group := world.groups.get((name, record["id"])):
                lists.setdefault(group, []).append(record)
            else:
                alone = {key: value for key, value in record.items() if key != "id"}
                (records / name / f"{record['id']}.yml").write_text(_yaml(alone), "utf-8")
        for group, together in lists.items():
            (records / name / f"{group}.yml").write_text(_yaml(together), "utf-8")
    return _write_configuration(folder, world)


def _write_configuration(folder: Path, world: World) -> Path:
    """The repository's own mkdocs.yml, with a page of text for every written page that it names."""
    config = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))
    pages = folder / config["docs_dir"]
    for path in nav_pages(config["nav"]):
        if path.partition("/")[0] in SECTIONS:
            continue
        page = pages / path
        page.parent.mkdir(parents=True, exist_ok=True)
        text = "# 说明\n\n" + "\n\n".join(world._sentence("本站") + "。" for _ in range(8)) + "\n"
        if path == "index.md":
            figures = [figure["id"] for figure in world.records["figures"][:6]]
            text = f"---\n{_yaml({'layout': 'home', 'lead': '一个示例站。', 'key_figures': figures})}---\n\n{text}"
        page.write_text(text, "utf-8")
    file = folder / "mkdocs.yml"
    file.write_text(_yaml(config), "utf-8")
    return file


def nav_pages(nav: Any) -> list[str]:
    """The paths that a navigation names, in order."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [path for part in parts for path in nav_pages(part)]
