"""Pages made on a cluster of processes: the same bytes, whoever makes them and whoever dies."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import LocalCluster

from casebook_site.base.inputs import program_digest
from casebook_site.base.problems import SettingsError
from casebook_site.base.templates import Renderer
from casebook_site.engine.cluster import shards
from casebook_site.engine.cluster.blobs import Blob, Blobs
from casebook_site.engine.cluster.building import Cluster, make_records
from casebook_site.engine.cluster.shards import Task, make_shard, packed
from casebook_site.model.catalog import key_of
from casebook_site.outputs.site.files import Rendering, plan_records, rendered
from tests.folders import PLAIN_SHELLS, SiteFolder, tree


@pytest.fixture(scope="module")
def dask() -> Iterator[LocalCluster]:
    """Two worker processes beside this one."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
    ) as cluster:
        yield cluster


def executor(dask: LocalCluster) -> str:
    """The cluster as `--executor` takes it."""
    return str(dask.scheduler_address).replace("tcp://", "dask://")


def test_a_site_is_the_same_though_a_worker_is_killed_midway(
    dask: LocalCluster, toy: SiteFolder, public_site: Path
) -> None:
    store, victim = toy.root / "store", next(iter(dask.workers.values())).pid
    os.kill(victim, signal.SIGSTOP)  # it is given tasks and does none
    command = ("build", "--strict", "--executor", executor(dask))
    build = subprocess.Popen(
        [sys.executable, "-m", "casebook_site", *command, "--blobs", str(store)],
        cwd=toy.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        _wait_until(lambda: len(list(store.glob("??/*"))) > 1)  # the state, and the other's pages
        assert build.poll() is None
        assert not (toy.root / "site").exists()
        os.kill(victim, signal.SIGKILL)
        _, errors = build.communicate(timeout=60)
    finally:
        build.kill()
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
    assert build.returncode == 0, errors
    assert tree(toy.root / "site") == tree(public_site)


def test_blobs_are_used_again_and_damaged_ones_made_anew(
    dask: LocalCluster, toy: SiteFolder, renderer: Renderer
) -> None:
    site = toy.site()
    expected = [*rendered(plan_records(site), Rendering(renderer, PLAIN_SHELLS))]
    cluster = Cluster.parse(executor(dask))
    assert cluster
    first = list(make_records(cluster, site, PLAIN_SHELLS))
    assert sorted(first, key=lambda a: a.path) == sorted(expected, key=lambda a: a.path)

    files = sorted((toy.root / ".casebook/blobs/public").glob("??/*"))
    damaged, lost, *rest = [file for file in files if b"<html" in file.read_bytes()[:99]][:4]
    content = damaged.read_bytes()
    damaged.write_bytes(content[::-1])  # as long as before: only the digest tells
    lost.unlink()
    (stray := damaged.with_name("0" * 62)).write_bytes(b"of an earlier build")
    ages = [file.stat().st_mtime_ns for file in rest]
    again = sorted(make_records(cluster, site, PLAIN_SHELLS), key=lambda a: a.path)
    assert again == sorted(expected, key=lambda a: a.path)
    assert damaged.read_bytes() == content
    assert lost.is_file()
    assert not stray.exists()
    assert [file.stat().st_mtime_ns for file in rest] == ages


def test_a_build_on_a_cluster_that_is_not_there_leaves_the_site_alone(toy: SiteFolder) -> None:
    site = toy.build()
    before = tree(site)
    toy.write("pages/index.md", "# 改过的\n")
    done = toy.casebook("build", "--executor", "dask://127.0.0.1:1")
    assert done.returncode == 2
    assert "连不上 Dask 调度器 127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(site) == before


def test_a_cluster_without_workers_says_so(
    toy: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casebook_site.engine.cluster.building.PATIENCE", 1)
    with LocalCluster(n_workers=0, processes=True, dashboard_address="127.0.0.1:0") as empty:
        cluster = Cluster.parse(executor(empty))
        assert cluster
        with pytest.raises(SettingsError, match="没有一个工作进程"):
            list(make_records(cluster, toy.site(), PLAIN_SHELLS))


# --- arguments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["spark://h:1", "dask", "dask://", "dask://h", "dask://h:x", "tcp://h:8786", ""]
)
def test_an_executor_that_is_not_known_is_told_which_are(text: str) -> None:
    with pytest.raises(SettingsError, match=r"可以写 local.*dask://主机:端口"):
        Cluster.parse(text)


def test_local_is_no_cluster_and_shares_nothing() -> None:
    assert Cluster.parse("local") is None
    with pytest.raises(SettingsError, match="--blobs 只和 --executor dask"):
        Cluster.parse("local", "/srv/blobs")


def test_a_store_without_a_driver_is_refused() -> None:
    with pytest.raises(SettingsError, match="--blobs 的地址 pigeon://x 用不了"):
        Blobs("pigeon://x")


# --- blobs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["{tmp}", "file://{tmp}", "memory://casebook-test"])
def test_a_blob_comes_back_as_it_was_or_not_at_all(url: str, tmp_path: Path) -> None:
    store = Blobs(url.format(tmp=tmp_path))
    blob = store.put("莒镇".encode())
    assert Blobs(url.format(tmp=tmp_path)).get(blob) == "莒镇".encode()
    assert store.get(Blob("0" * 64, 6)) is None
    store.keep_only({blob.digest})
    assert store.get(blob)
    store.drop(blob)
    store.drop(blob)
    assert store.get(blob) is None


def test_a_blob_cut_short_by_a_kill_is_written_again(tmp_path: Path) -> None:
    blob = Blobs(str(tmp_path)).put(b"a page")
    (file,) = tmp_path.glob("??/*")
    file.write_bytes(b"a p")
    assert Blobs(str(tmp_path)).get(blob) is None
    assert Blobs(str(tmp_path)).put(b"a page") == blob
    assert Blobs(str(tmp_path)).get(blob) == b"a page"


# --- tasks ----------------------------------------------------------------------------------------


def test_shards_hold_every_page_once_and_keep_counties_apart(
    toy: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = toy.site()
    monkeypatch.setattr(shards, "SHARD", 3)
    found = list(shards.shards(site))
    keys = [key for shard in found for key in shard]
    assert Counter(keys) == Counter(key_of(record) for record in site.paged_records())
    assert max(map(len, found)) == 3
    for shard in found:
        records = [site.edition.get(key) for key in shard]
        counties = {site.places.at(record, "county") for record in records if record}
        assert len(counties) <= 1


def test_what_is_sent_holds_nothing_internal(toy: SiteFolder) -> None:
    def sent(audience: str) -> bytes:
        return zlib.decompress(packed(toy.site(audience), PLAIN_SHELLS)).lower()

    assert b"canary" in sent("internal")
    assert b"canary" not in sent("public")


def test_what_was_kept_for_speed_is_not_sent(toy: SiteFolder) -> None:
    site = toy.site()
    before = packed(site, PLAIN_SHELLS)
    site.edition.resolve("county", "x")
    assert site.tag_slugs is not None
    assert len(packed(site, PLAIN_SHELLS)) == len(before)
    sent, _ = pickle.loads(zlib.decompress(before))
    assert sent.edition.records == site.edition.records


def test_a_worker_refuses_what_it_would_make_differently_or_cannot_read(
    toy: SiteFolder, tmp_path: Path
) -> None:
    site, store = toy.site(), str(tmp_path / "store")
    state = Blobs(store).put(packed(site, PLAIN_SHELLS))
    task = Task(store, state, program_digest(), next(shards.shards(site)))
    assert make_shard(task)
    with pytest.raises(SettingsError, match="不是同一版本"):
        make_shard(replace(task, program="another"))
    with pytest.raises(SettingsError, match="读不到要做的内容"):
        make_shard(replace(task, blobs=str(tmp_path / "elsewhere")))


def _wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.01)
