"""The side of the one who plans and publishes: tasks out, files back, in order."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from casebook_site.base.files import Artifact
from casebook_site.base.inputs import program_digest
from casebook_site.base.parallel import in_order
from casebook_site.base.problems import SettingsError
from casebook_site.base.settings import Settings
from casebook_site.base.system_errors import reason_of
from casebook_site.engine.cluster.blobs import Blobs
from casebook_site.engine.cluster.packages import require_packages
from casebook_site.engine.cluster.shards import (
    ShardResult,
    Task,
    make_shard,
    packed,
    shards,
)
from casebook_site.outputs.page_template import PageTemplate
from casebook_site.outputs.site.model import SiteModel

PATIENCE = 10
"""Seconds that a scheduler has to answer, and a first worker to come."""
AHEAD = 4
"""Tasks for each thread of the cluster that are under way at once."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask cluster that is running, and the store that it shares with this machine."""

    host: str
    port: int
    blobs: str
    """Address of the store; empty for a folder beside the site."""

    @classmethod
    def parse(cls, executor: str, blobs: str = "") -> Cluster | None:
        """`local`, which is no cluster, or `dask://HOST:PORT`.

        Raises `SettingsError` for anything else, and where nobody answers there.
        """
        if executor == "local":
            if blobs:
                raise SettingsError("--blobs 只和 --executor dask://主机:端口 一起用。")
            return None
        address = urlsplit(executor)
        try:
            host, port = address.hostname or "", address.port or 0
        except ValueError:  # a port that is no number
            host, port = "", 0
        if address.scheme != "dask" or not host or not port:
            raise SettingsError(
                f"不认识 --executor {executor}。可以写 local（本机，默认）"
                "或 dask://主机:端口（Dask 的调度器，如 dask://10.0.0.5:8786）。"
            )
        require_packages()
        cluster = cls(host, port, blobs)
        cluster._knock()
        return cluster

    def _knock(self) -> None:
        """Asks before anything is read: a build of an hour should not find out at its end."""
        try:
            socket.create_connection((self.host, self.port), PATIENCE).close()
        except OSError as error:
            raise SettingsError(
                f"连不上 Dask 调度器 {self.host}:{self.port}（{reason_of(error)}）。"
                "先启动它（dask scheduler），再核对地址和端口。"
            ) from None

    def store(self, settings: Settings) -> str:
        """Address of the store."""
        return self.blobs or str(settings.cache_dir / "blobs" / settings.options.audience)

    @contextmanager
    def executor(self) -> Iterator[tuple[Executor, int]]:
        """Yield the cluster as an executor, with the number of tasks that keep it busy."""
        from distributed import Client, KilledWorker

        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # it is said below
        try:
            with Client(f"tcp://{self.host}:{self.port}", timeout=PATIENCE) as client:
                client.wait_for_workers(1, timeout=PATIENCE)
                executor = client.get_executor(retries=2)
                try:
                    yield executor, AHEAD * max(sum(client.nthreads().values()), 1)
                finally:
                    executor.shutdown(wait=False)
        except TimeoutError:
            raise self._fault(f"{PATIENCE} 秒里没有一个工作进程。先启动 dask worker") from None
        except KilledWorker as error:
            raise self._fault(f"几个工作进程都在同一批上死去，多半是内存不够（{error}）") from None
        except CancelledError:
            raise self._fault("调度器半途不见了，连不回去") from None
        except OSError as error:
            raise self._fault(f"连接断了（{error}）") from None
        except ImportError as error:
            raise self._fault(f"调度器和工作进程上也要装 Casebook（{error}）") from None

    def _fault(self, text: str) -> SettingsError:
        return SettingsError(f"Dask 集群 {self.host}:{self.port}：{text}。网站没有改动。")


def make_records(
    cluster: Cluster, site: SiteModel, templates: Mapping[str, PageTemplate]
) -> Iterator[Artifact]:
    """Every file of every record, made on the cluster, county by county.

    The engine gives tasks of a worker that died to another. Raises `SettingsError` when none can
    do them, or the store cannot be reached.
    """
    address = cluster.store(site.settings)
    store = Blobs(address)
    state = store.put(packed(site, templates))
    tasks = [Task(address, state, program_digest(), keys) for keys in shards(site)]
    used = {state.digest}
    with cluster.executor() as (executor, ahead):
        for task, made in zip(tasks, in_order(executor, make_shard, tasks, ahead), strict=True):
            for file in made:
                content = store.get(file.blob)
                if content is None:
                    content = _again(executor, task, file, store)
                used.add(file.blob.digest)
                yield Artifact(file.path, content, file.maker)
    if not cluster.blobs:  # a folder that nobody shares is kept small
        store.keep_only(used)


def _again(executor: Executor, task: Task, file: ShardResult, store: Blobs) -> bytes:
    """Return a file whose blob was damaged or is gone."""
    store.drop(file.blob)
    executor.submit(make_shard, task).result()
    content = store.get(file.blob)
    if content is None:
        raise SettingsError(
            f"工作进程写好的 {file.path} 在 {task.blobs} 里读不到：--blobs 要写一个本机和各工作进程"
            "都能读写的地方。"
        )
    return content
