"""The style sheets of the site, with the colours and shapes of the categories."""

from __future__ import annotations

from collections.abc import Iterator

from casebook_site.base.palette import Colour, for_site, painted
from casebook_site.base.stylesheets import SITE_SHEETS, joined
from casebook_site.base.templates import templates_dir
from casebook_site.maps.marks import PLAIN, SHAPES
from casebook_site.records.vocabularies import CATEGORIES
from casebook_site.schema.choices import Choice, Vocabulary
from casebook_site.schema.kinds import Schema

MARKED = ("cb-mark", "cb-s", "cb-card", "cb-geo__spot")
"""The classes that are followed by `--` and a category's id, and are drawn in its colour."""


def site_files(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield (name, text) of each sheet that pages of the site load, and of their icon."""
    categories = schema.vocabulary(CATEGORIES)
    for name, parts in SITE_SHEETS.items():
        text = joined(parts)
        if "marks" in parts:
            text = f"{for_site(colours_of(categories))}\n{text}\n{mark_rules(categories)}"
        yield name, text
    icon = templates_dir() / "styles" / "favicon.svg"
    yield icon.name, painted(icon.read_text("utf-8"))


def colours_of(vocabulary: Vocabulary) -> tuple[Colour, ...]:
    """Return the colours of choices, named by their ids."""
    return tuple(Colour(c.id, c.colour, c.dark_colour) for c in vocabulary.choices)


def mark_rules(vocabulary: Vocabulary) -> str:
    """Return the rules that give each choice's mark its colour and shape."""
    return "\n".join(_rules(choice) for choice in vocabulary.choices)


def _rules(choice: Choice) -> str:
    classes = ",\n".join(f".{name}--{choice.id}" for name in MARKED)
    cut = "".join(f"  {line};\n" for line in SHAPES[choice.shape or PLAIN].style)
    return (
        f"{classes} {{\n  --cb-mark: var(--cb-{choice.id});\n}}\n\n"
        f".cb-mark--{choice.id} {{\n{cut}}}\n"
    )
