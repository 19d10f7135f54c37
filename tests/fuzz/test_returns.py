"""Return files, changed at random: a verdict comes out, and nothing else."""

from __future__ import annotations

import json
from contextlib import suppress

from casebook_site.editing.return_files import DamagedReturn, parse_return
from tests.fuzz.mutating import limited, mutations
from tests.unit.editing.returns import payload, saved


def test_return_files() -> None:
    inner = [saved(payload()), saved(payload(number=7, notes=[]))]
    for content in mutations(inner, "returns", 4):
        with limited(content), suppress(DamagedReturn):
            parse_return(content)
    texts = [json.dumps(payload(), ensure_ascii=False).encode()]
    for content in mutations(texts, "payloads", 4):
        with limited(content), suppress(DamagedReturn):
            parse_return(saved(content.decode("utf-8", "surrogateescape")))
