"""What people write for a record or a choice, found by its near name; never guessed between two."""

from __future__ import annotations

import re
from collections.abc import Mapping

_ENDINGS = re.compile(
    r"(?:街道办事处|街道办|街道|镇|乡|办事处|县|市|区|村委会|村|社区|教育基地|基地|教学点|教育|类|型|点)$"
)


def stem(text: str) -> str:
    """Return a name without what says only of which sort it is: 燕崖镇 → 燕崖."""
    bare = re.sub(r"\s", "", text)
    while (shorter := _ENDINGS.sub("", bare)) != bare and len(shorter) > 1:
        bare = shorter
    return bare


def near(text: str, options: Mapping[str, str]) -> str | None:
    """Return the id that a text means; None where that is unsure. `options`: name → id."""
    bare = re.sub(r"\s", "", text)
    if bare in options:
        return options[bare]
    own = stem(bare)
    for found in (
        {id for name, id in options.items() if stem(name) == own},
        {
            id
            for name, id in options.items()
            if len(own) > 1 and (stem(name) in bare or own in name)
        },
    ):
        if len(found) == 1:
            return found.pop()
        if found:
            return None
    return None


def inside(text: str, options: Mapping[str, str]) -> str | None:
    """Return the id of the one name that stands in an address; None for none or several."""
    found = {id: name for name, id in options.items() if name in text}
    if not found:
        found = {
            id: name for name, id in options.items() if len(stem(name)) > 1 and stem(name) in text
        }
    longest = {
        id
        for id, name in found.items()
        if not any(name != other and name in other for other in found.values())
    }
    return longest.pop() if len(longest) == 1 else None
