"""The scoreboard as a picture: seconds by number of records, both in powers of ten, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from tests.benchmarks.contest import Outcome

SHOWN = {
    "casebook": ("Casebook, cold", "#a4262c", ""),
    "warm": ("Casebook again", "#a4262c", "7 4"),
    "edit": ("Casebook, one edit", "#a4262c", "2 4"),
    "pagefind": ("Hugo + Pagefind", "#1d6fa5", ""),
    "hugo": ("Hugo", "#1d6fa5", "7 4"),
    "mkdocs": ("MkDocs + Material", "#6b4ea0", ""),
    "zensical": ("Zensical", "#3d7a4a", ""),
    "eleventy": ("Eleventy", "#8a6d1a", ""),
    "copy": ("cp -r", "#6f6f6f", "7 4"),
    "parse": ("libyaml", "#6f6f6f", "2 4"),
}
"""Row → label, colour, dashes."""
WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 20, 48
LABEL = 17
"""Pixels that a label takes."""

Point = tuple[float, float]


def draw(outcomes: Sequence[Outcome]) -> str:
    """A line for each builder, its name at the right end."""
    lines = {
        name: [(float(o.count), o.runs[name].wall) for o in outcomes if name in o.runs]
        for name in SHOWN
    }
    lines = {name: points for name, points in lines.items() if points}
    seconds = [wall for points in lines.values() for _, wall in points]
    low, high = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)))
    first, last = (math.log10(o.count) for o in (outcomes[0], outcomes[-1]))

    def at(point: Point) -> Point:
        x = (math.log10(point[0]) - first) / max(last - first, 1e-9)
        y = (math.log10(point[1]) - low) / max(high - low, 1)
        return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)

    placed = {name: [at(point) for point in points] for name, points in lines.items()}
    parts = [*_axes(outcomes, at, low, high), *_curves(placed)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _axes(
    outcomes: Sequence[Outcome], at: Callable[[Point], Point], low: int, high: int
) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    for power in range(low, high + 1):
        _, y = at((outcomes[0].count, 10.0**power))
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        text = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
        yield _text(LEFT - 8, y + 4, f"{text} s", "#444", "end")
    for outcome in outcomes:
        x, _ = at((outcome.count, 1.0))
        yield f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#eee"/>'
        yield _text(x, bottom + 20, f"{outcome.count:,}", "#444", "middle")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "records", "#444", "middle")


def _curves(placed: dict[str, list[Point]]) -> Iterator[str]:
    edge = max(x for points in placed.values() for x, _ in points)
    ends = {name: points[-1] for name, points in placed.items()}
    heights = _apart({name: y for name, (x, y) in ends.items() if x == edge})
    for name, points in placed.items():
        label, colour, dashes = SHOWN[name]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        x, y = points[-1]
        if name not in heights:  # a builder that was left out of the largest sizes
            yield _text(x + 8, y - 6, label, colour, "start")
            continue
        at = WIDTH - RIGHT + 14
        yield f'<path d="M{x + 4:.1f} {y:.1f}L{at - 3} {heights[name]:.1f}" stroke="#bbb"/>'
        yield _text(at, heights[name] + 4, label, colour, "start")


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """The heights of labels, moved down where they would lie on one another."""
    moved, before = {}, -math.inf
    for name, y in sorted(heights.items(), key=lambda item: item[1]):
        before = moved[name] = max(y, before + LABEL)
    return moved


def _text(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}">{text}</text>'
