"""Return files for tests, as the script of a bundle saves them."""

from __future__ import annotations

import hashlib
import json
from typing import Any

MACHINE = "0123456789abcdef"


def payload(**changes: Any) -> dict[str, Any]:
    """Return what a machine hands in: three questions, two questionnaires, a remark."""
    return {
        "bundle": {
            "scope": "village:zi", "edition": "public", "form": "branch", "version": "0123456789ab",
            "date": "2024-05-06", "site": "示例案例库", "signature": "",
        },
        "machine": MACHINE,
        "number": 1,
        "made": "2026-12-01",
        "quiz": [{"record": "course/party-constitution", "answered": 3, "right": 2}],
        "classes": [{
            "id": "spring", "returned": 2, "remarks": ["多看现场"],
            "items": [
                {"name": "学习党章", "very": 1, "fairly": 1, "fair": 0, "poor": 0},
                {"name": "现场教学", "very": 2, "fairly": 0, "fair": 0, "poor": 0},
                {"name": "组织和服务", "very": 0, "fairly": 1, "fair": 1, "poor": 0},
            ],
        }],
        "notes": [{"page": "子村产业园", "text": "开放时间改了"}],
    } | changes  # fmt: skip


def saved(inner: dict[str, Any] | str) -> bytes:
    """Return the bytes of a return file with its digest."""
    text = inner if isinstance(inner, str) else json.dumps(inner, ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    envelope = {"format": "casebook-return-1", "digest": digest, "payload": text}
    return json.dumps(envelope).encode()
