"""What a worker does: the files of some records, made into blobs.

A worker has Casebook installed and nothing of the site. Edition, settings and shells come as one
blob, which each process of a worker reads once; a task names records, all of one county.
"""

from __future__ import annotations

import pickle
import platform
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from generator.artifacts import Artifact
from generator.catalog import Key, key_of
from generator.cluster.blobs import Blob, Blobs
from generator.parallel import batches, no_garbage_collection
from generator.problems import SettingsError
from generator.rendering import Renderer, templates_dir
from generator.shell import Shell
from generator.site.making import make, plan_record, records_by_county, site_renderer
from generator.site.pages import Desk

SHARD = 500
"""Records of a task, at most: a second of work, so that a worker that dies takes little with it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A shard of the plan, and where to find what it needs."""

    blobs: str
    """Address of the store."""
    state: Blob
    """Edition, settings and shells."""
    program: str
    """`program_digest` of the process that plans."""
    records: tuple[Key, ...]


class Made(NamedTuple):
    """A file that lies in the store."""

    path: str
    maker: str
    blob: Blob


@dataclass(frozen=True)
class Bench:
    """What stands ready in a worker's process."""

    desk: Desk
    shells: Mapping[str, Shell]
    renderer: Renderer

    def artifacts(self, records: Iterable[Key]) -> Iterator[Artifact]:
        """Every file of the records."""
        for key in records:
            record = self.desk.edition.get(key)
            assert record is not None
            for planned in plan_record(self.desk, record):
                yield make(planned, self.renderer, self.shells)


def make_shard(task: Task) -> list[Made]:
    """Makes the files of a task's records and stores them."""
    if task.program != program_digest():
        raise SettingsError(
            "集群上的 Casebook 与本机的不是同一版本（程序、模板、Python 和所用的包都要相同），"
            f"做出的网页会不一样。请在 {platform.node()} 上重新安装。"
        )
    with _opening:  # a worker may have many threads
        bench, blobs = _open(task.blobs, task.state)
    return [
        Made(artifact.path, artifact.maker, blobs.put(artifact.content))
        for artifact in bench.artifacts(task.records)
    ]


_opening = Lock()


@lru_cache(maxsize=1)
def _open(url: str, state: Blob) -> tuple[Bench, Blobs]:
    blobs = Blobs(url)
    content = blobs.get(state)
    if content is None:
        raise SettingsError(
            f"{platform.node()} 在 {url} 里读不到要做的内容：--blobs 要写一个各台机器都能读写的地方。"
        )
    with no_garbage_collection():
        desk, shells = pickle.loads(zlib.decompress(content))
    return Bench(desk, shells, site_renderer()), blobs


def packed(desk: Desk, shells: Mapping[str, Shell]) -> bytes:
    """The state that workers open, without what has only been kept for speed."""
    edition = replace(desk.edition, outside=dict(desk.edition.outside))
    return zlib.compress(pickle.dumps((replace(desk, edition=edition), shells), protocol=5), 1)


def shards(desk: Desk) -> Iterator[tuple[Key, ...]]:
    """The keys of the records that have a page, county by county."""
    for records in records_by_county(desk).values():
        yield from map(tuple, batches(map(key_of, records), SHARD))


@cache
def program_digest() -> str:
    """What decides, besides the content, which bytes a page has."""
    known = sha256(".".join(platform.python_version_tuple()[:2]).encode())
    for package in ("Jinja2", "MarkupSafe", "markdown-it-py", "pydantic", "pypinyin", "opencc"):
        known.update(f"{package} {version(package)}".encode())
    for folder in (Path(__file__).parents[1], templates_dir()):
        files = [file for file in folder.rglob("*") if file.suffix in (".py", ".html")]
        for path, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
            known.update(f"{path}\0".encode() + file.read_bytes())
    return known.hexdigest()
