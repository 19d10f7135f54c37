"""What a worker does: the files of some records, made into blobs.

A worker has Casebook installed and nothing of the site. Edition, settings and templates come as one
blob, which each process of a worker reads once; a task names records, all of one county.
"""

from __future__ import annotations

import pickle
import platform
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from threading import Lock
from typing import NamedTuple

from casebook_site.base.inputs import program_digest
from casebook_site.base.parallel import batches, no_garbage_collection
from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import Renderer
from casebook_site.engine.cluster.blobs import Blob, Blobs
from casebook_site.model.catalog import Key, key_of
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.files import (
    Rendering,
    plan_record,
    records_by_county,
    rendered,
)
from casebook_site.outputs.site.model import SiteModel

SHARD = 500
"""Records of a task, at most: a second of work, so that a worker that dies takes little with it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A shard of the plan, and where to find what it needs."""

    blobs: str
    """Address of the store."""
    state: Blob
    """Edition, settings and templates."""
    program: str
    """`program_digest` of the process that plans."""
    records: tuple[Key, ...]


class ShardResult(NamedTuple):
    """A file that lies in the store."""

    path: str
    maker: str
    blob: Blob


def make_shard(task: Task) -> list[ShardResult]:
    """Make the files of a task's records and stores them."""
    if task.program != program_digest():
        raise SettingsError(
            "集群上的 Casebook 与本机的不是同一版本（程序、模板、Python 和所用的包都要相同），"
            f"做出的网页会不一样。请在 {platform.node()} 上重新安装。"
        )
    with _opening:  # a worker may have many threads
        site, rendering, blobs = _open(task.blobs, task.state)
    records = [record for key in task.records if (record := site.edition.get(key))]
    files = chain.from_iterable(plan_record(site, record) for record in records)
    return [
        ShardResult(artifact.path, artifact.maker, blobs.put(artifact.content))
        for artifact in rendered(files, rendering)
    ]


_opening = Lock()


@lru_cache(maxsize=1)
def _open(url: str, state: Blob) -> tuple[SiteModel, Rendering, Blobs]:
    blobs = Blobs(url)
    content = blobs.get(state)
    if content is None:
        raise SettingsError(
            f"{platform.node()} 在 {url} 里读不到要做的内容：--blobs 要写一个各台机器都能读写的地方。"
        )
    with no_garbage_collection():
        site, templates = pickle.loads(zlib.decompress(content))
    return site, Rendering(Renderer(), templates), blobs


def packed(site: SiteModel, templates: Mapping[str, PageTemplate]) -> bytes:
    """Return the state that workers open, without what has only been kept for speed."""
    edition = replace(site.edition, outside=dict(site.edition.outside))
    return zlib.compress(pickle.dumps((replace(site, edition=edition), templates), protocol=5), 1)


def shards(site: SiteModel) -> Iterator[tuple[Key, ...]]:
    """Yield the keys of the records that have a page, county by county."""
    for records in records_by_county(site).values():
        yield from map(tuple, batches(map(key_of, records), SHARD))
