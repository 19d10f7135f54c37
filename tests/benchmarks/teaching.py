"""One record of each kind of teaching, by its number in a region: what stands in its YAML file."""

from __future__ import annotations

import datetime
import random

from casebook_site.records.vocabularies import CATEGORIES, PRESCRIBED_ITEMS, SIX_REQUIREMENTS
from tests.benchmarks.prose import Link, sentence
from tests.benchmarks.region import GROUPS, MECHANISMS, Data, Ref, Region, date, question

MECHANISM_TYPES = (
    "mode",
    "daily",
    "decision",
    "joint_effort",
    "team",
    "industry",
    "training",
)


def mechanism(region: Region, number: int) -> Data:
    """How a joint organisation works."""
    rng, ref, data = region.begin("mechanisms", number)
    counties = rng.sample(range(region.counts.counties), k=min(2, region.counts.counties))
    steps = [{"title": t, "text": sentence(rng, ref.name)} for t in ("提出", "商量", "公开")]
    return data | {
        "summary": sentence(rng, ref.name) + "。",
        "type": MECHANISM_TYPES[number % len(MECHANISM_TYPES)],
        "counties": [region.ref("counties", n).id for n in counties],
        "how": region.prose(rng, ref.name, 200),
        "steps": steps,
        **region.common(rng, tags=1),
    }


def school(region: Region, number: int) -> Data:
    """First those of the counties, then those of the townships."""
    rng, ref, _ = region.begin("party-schools", number)
    town = number - region.counts.counties
    if town < 0:
        county = region.ref("counties", number)
        return {
            "id": ref.id,
            "name": f"{county.name}委党校",
            "summary": f"{county.name}的县级党校。",
            "level": "municipal",
            "county": county.id,
            "about": region.prose(rng, county.name, 200),
            "rooms": ["报告厅", "标准化教室", "研讨室"],
            **region.common(rng),
        }
    place = region.ref("townships", town)
    states = ("verified", "reported", "reported", "unknown")
    return {
        "id": ref.id,
        "name": f"{place.name}党校",
        "summary": f"设在{place.name}的镇街党校。",
        "level": "township",
        "county": region.county_of(town).id,
        "township": place.id,
        "about": region.prose(rng, place.name, 200),
        "rooms": ["教室", "资料室"],
        "six": {name: {"state": rng.choice(states)} for name in SIX_REQUIREMENTS},
        "year_plans": [{"year": 2025, "ordinary_days": 1, "cadre_days": 2}],
        **region.common(rng),
    }


def course(region: Region, number: int) -> Data:
    """A course of a county."""
    rng, ref, data = region.begin("courses", number)
    county = rng.randrange(region.counts.counties)
    return data | {
        "summary": sentence(rng, ref.name) + "。",
        "module": ("general", "professional", "thematic")[number % 3],
        "counties": [region.ref("counties", county).id],
        "trainees": ["ordinary", "cadre"],
        "hours": 1.5,
        "outline": region.prose(rng, ref.name, 250),
        "questions": [question(rng) for _ in range(2)],
        **region.common(rng, tags=2),
    }


def point(region: Region, number: int) -> Data:
    """A teaching point, with a page of prose."""
    rng, ref, data = region.begin("teaching-points", number)
    town, village = number % region.counts.towns, region.village_of_point(number)
    place = region.ref("townships", town)
    category = rng.choice(list(CATEGORIES))
    links = [
        region.link("township", "townships", town),
        region.link("village", "villages", village),
        Link("category", category, CATEGORIES[category]),
        region.link("term", "terms", rng.randrange(region.counts.terms)),
        region.link("mechanism", "mechanisms", rng.randrange(MECHANISMS)),
    ]
    if number:
        links.append(region.link("teaching-point", "teaching-points", rng.randrange(number)))
    data |= {
        "summary": f"{place.name}的一处{CATEGORIES[category]}教学点，{sentence(rng, ref.name)}。",
        "county": region.county_of(town).id,
        "township": place.id,
        "category": category,
        "organiser": f"{place.name}党委",
        "visit_hours": "工作日 8:30—17:00，提前预约",
        "visit_minutes": rng.choice((40, 60, 90)),
        "capacity": rng.randint(30, 200),
        "about": region.prose(rng, ref.name, rng.randint(280, 480), links),
        "talking_points": [sentence(rng, ref.name) for _ in range(3)],
        **region.common(rng, tags=2),
    }
    return data | _now_and_then(region, rng, ref, region.ref("villages", village))


def _now_and_then(region: Region, rng: random.Random, ref: Ref, village: Ref) -> Data:
    """What only some teaching points have."""
    data: Data = {}
    if rng.random() < 0.5:
        data["village"] = village.id
    if rng.random() < 0.2:
        data["aliases"] = [f"{ref.name}（老馆）"]
    if rng.random() < 0.02:
        data["former_ids"] = [f"old-{ref.id}"]
    if rng.random() < 0.3:
        data["opened"] = date(rng, 2000, 2023)
    if rng.random() < 0.5:
        longitude, latitude = round(rng.uniform(115, 122), 4), round(rng.uniform(34.5, 38), 4)
        data["coordinates"] = {"longitude": longitude, "latitude": latitude, "precision": 500}
    if rng.random() < 0.3:
        event = {"date": date(rng), "title": sentence(rng, ref.name)}
        data["events"] = [event | {"sources": [region.source(rng)]}]
    if rng.random() < 0.05:
        data["doubts"] = [{"text": sentence(rng, ref.name), "sources": [region.source(rng)]}]
    if rng.random() < 0.2:
        data["questions"] = [question(rng)]
    if rng.random() < 0.3:
        data["lesson_notes"] = region.prose(rng, ref.name, 80)
        data["contact"] = {"name": "值班室", "phone": f"0000-{rng.randrange(10**7):07}"}
    return data


FORMS = ("cross_posting", "joint_branch", "general_branch", "committee", "community")


def committee(region: Region, number: int) -> Data:
    """A joint organisation of a township."""
    rng, ref, data = region.begin("joint-committees", number)
    town = number % region.counts.towns
    place, villages = region.ref("townships", town), region.villages_of(town)
    members = rng.sample(villages, k=min(rng.randint(2, 6), len(villages)))
    mechanisms = rng.sample(range(MECHANISMS), k=3)
    links = [
        region.link("village", "villages", members[0]),
        region.link("mechanism", "mechanisms", mechanisms[0]),
    ]
    return data | {
        "summary": f"{place.name}的联村党组织，{sentence(rng, ref.name)}。",
        "county": region.county_of(town).id,
        "township": place.id,
        "form": rng.choice(FORMS),
        "founded": date(rng),
        "lead_village": region.ref("villages", members[0]).id,
        "members": [region.ref("villages", n).id for n in members],
        "reported_members": len(members) + rng.randint(0, 3),
        "mechanisms": sorted(region.ref("mechanisms", n).id for n in mechanisms),
        "story": region.prose(rng, ref.name, 300, links),
        **region.common(rng, tags=2),
    }


def training_class(region: Region, number: int) -> Data:
    """A class of a township's school."""
    rng, ref, _ = region.begin("training-classes", number)
    town = rng.randrange(region.counts.towns)
    school = region.ref("party-schools", region.counts.counties + town)
    name = f"{region.ref('townships', town).name}党校"
    point = region.ref("teaching-points", rng.randrange(region.counts.points))
    course = region.ref("courses", rng.randrange(region.counts.courses))
    return {
        "id": ref.id,
        "name": f"{name}第 {number + 1} 期培训班",
        "summary": f"{name}办的一期党员培训班。",
        "school": school.id,
        "begins": datetime.date(2025, rng.randint(1, 12), 3),
        "trainees": "ordinary",
        "days": 1,
        "participants": rng.randint(20, 80),
        "sessions": [
            *({"title": title, "prescribed": item} for item, title in PRESCRIBED_ITEMS.items()),
            {"title": "现场教学", "teaching_point": point.id, "minutes": 60},
            {"title": "分组讨论", "own": True, "course": course.id},
        ],
        "sources": region.sources(rng),
    }


# --- studies --------------------------------------------------------------------------------------


def case(region: Region, number: int) -> Data:
    """The case study of a county."""
    rng, ref, _ = region.begin("case-studies", number)
    county = region.ref("counties", number)
    measures = [
        {
            "title": title,
            "lead": sentence(rng, county.name) + "。",
            "points": [
                {"title": word, "text": region.prose(rng, county.name, 90)}
                for word in ("建班子", "定制度", "办实事")
            ],
            "mechanisms": [region.ref("mechanisms", rng.randrange(MECHANISMS)).id],
        }
        for title in ("联起来", "议起来", "干起来", "富起来")
    ]
    return {
        "id": ref.id,
        "name": f"{county.name}的案例",
        "summary": sentence(rng, county.name) + "。",
        "county": county.id,
        "overview": region.prose(rng, county.name, 300),
        "measures": measures,
        "outcomes": region.prose(rng, county.name, 300),
        "lessons": [sentence(rng, county.name) for _ in range(3)],
        **region.common(rng),
    }


def platform(region: Region, number: int) -> Data:
    """The platform of a county."""
    rng, ref, _ = region.begin("platforms", number)
    county = region.ref("counties", number)
    return {
        "id": ref.id,
        "name": f"{county.name}党员教育平台",
        "summary": sentence(rng, county.name) + "。",
        "county": county.id,
        "about": region.prose(rng, county.name, 150),
        "channels": ["电视", "手机", "视频会议"],
        **region.common(rng),
    }


def faculty(region: Region, number: int) -> Data:
    """A group of a county's faculty."""
    rng, ref, _ = region.begin("faculty", number)
    county = region.ref("counties", number // len(GROUPS))
    group, title = GROUPS[number % len(GROUPS)]
    return {
        "id": ref.id,
        "name": f"{county.name}师资库：{title}",
        "summary": sentence(rng, county.name) + "。",
        "county": county.id,
        "group": group,
        "about": region.prose(rng, county.name, 150),
        **region.common(rng),
    }
