"""What is said of the steps of a matter, of duty and of disclosure: pages and packs say the same."""

from __future__ import annotations

from casebook_site.records.committees import Disclosure, Duty
from casebook_site.records.proceedings import ProceedingStep
from casebook_site.schema.fields import unit_of, value_of
from casebook_site.schema.walking import title_of

VOTES = tuple(n for n, info in ProceedingStep.model_fields.items() if unit_of(info) == "票")
"""The fields of a step that count votes, in the order in which they are told."""


def step_text(step: ProceedingStep) -> str:
    """Return a step on one line: `2023年5月6日，到会31人，同意30票，弃权1票。公开栏公示。`."""
    date = step.date.chinese if step.date else ""
    counts = (_counted(step, name) for name in ("attended", *VOTES))
    head = "，".join(filter(None, (date, *counts)))
    place = f"公开在{step.disclosed}" if step.disclosed else ""
    return "。".join(part.rstrip("。") for part in (head, place, step.text or "") if part)


def _counted(step: ProceedingStep, name: str) -> str:
    """Return `同意30票`; empty where nobody says how many."""
    info, value = type(step).model_fields[name], value_of(step, name)
    title = str(info.title).removesuffix("人数")
    return "" if value is None else f"{title}{value}{unit_of(info)}"


def votes_of(step: ProceedingStep) -> int:
    """Return how many votes were cast at a step."""
    return sum(value_of(step, name) or 0 for name in VOTES)


def hours_of(duty: Duty) -> str:
    """Return the hours of a turn: `8:30—17:00`."""
    return f"{value_of(duty, 'from').removeprefix('0')}—{duty.to.removeprefix('0')}"


def disclosure_row(disclosure: Disclosure) -> tuple[str, str, str, str]:
    """Return date, sort, title and place of what was disclosed."""
    date = disclosure.date.chinese if disclosure.date else ""
    return date, title_of(disclosure, "type"), disclosure.title, disclosure.where or ""
