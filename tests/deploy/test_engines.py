"""The engines: real servers, UTF-8, durable where asked, gone when we are gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import asyncpg
import nats
import psutil
import pytest

from deploy.account import private_folder
from deploy.engines import Nats, Postgres
from deploy.processes import mentions
from deploy.supervisor import topology
from deploy.supervisor.stores import FIRST_PAUSE, Stores
from tests.support.engines import Engines


async def test_postgres_is_18_and_knows_chinese_letters(postgres_admin_dsn: str) -> None:
    connection = await asyncpg.connect(postgres_admin_dsn)
    try:
        version = await connection.fetchval("SHOW server_version_num")
        letters = await connection.fetchval("SELECT '华信' ~ '^[[:alpha:]]+$'")
    finally:
        await connection.close()
    assert version.startswith("18")
    assert letters


async def test_nats_is_2_15_and_has_jetstream(nats_url: str) -> None:
    client = await nats.connect(nats_url)
    try:
        version = client.connected_server_version
        account = await client.jetstream().account_info()
    finally:
        await client.close()
    assert (version.major, version.minor) == (2, 15)
    assert account.limits.max_streams != 0


def test_nats_means_to_take_no_more_memory_than_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for told, taken in (("", "256MiB"), ("1GiB", "1GiB")):
        monkeypatch.setenv("RAPPORT_NATS_MEMORY", told)
        with Nats(tmp_path / "nats") as server:
            assert server.process is not None
            assert psutil.Process(server.process.pid).environ()["GOMEMLIMIT"] == taken


@pytest.mark.faults
async def test_postgres_keeps_what_was_committed_before_a_kill(open_home: Path) -> None:
    engine = Postgres(open_home / "postgres", password="x").start()
    connection = await asyncpg.connect(engine.admin_dsn)
    await connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    engine.kill()
    engine.start()
    connection = await asyncpg.connect(engine.admin_dsn)
    try:
        assert await connection.fetchval("SELECT one FROM kept") == 1
    finally:
        await connection.close()
        engine.stop()


@pytest.mark.faults
def test_engines_end_when_the_process_that_started_them_is_killed(open_home: Path) -> None:
    program = f"""
        import time
        from pathlib import Path
        from deploy.engines import Nats, Postgres
        home = Path({str(open_home)!r})
        postgres = Postgres(home / "postgres", password="x", durable=False).start()
        nats = Nats(home / "nats").start()
        print(postgres.process.pid, nats.process.pid, postgres.data, flush=True)
        time.sleep(60)
    """
    starter = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    postgres, server, data = starter.stdout.readline().split()
    os.kill(starter.pid, signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    config = str(open_home / "nats" / "nats.conf")
    for pid, argument in ((int(postgres), data), (int(server), config)):
        deadline = time.monotonic() + 10
        while mentions(pid, argument) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not mentions(pid, argument)
    # And the next start finds nothing in its way.
    with Postgres(open_home / "postgres", password="x", durable=False), Nats(open_home / "nats"):
        pass


def test_templates_make_separate_databases(engines: Engines) -> None:
    one, two = engines.empty_database("desk"), engines.empty_database("desk")
    assert one.owner != two.owner
    for dsns in (one, two):
        engines.drop(dsns)


# PostgreSQL refuses to run as root, so only then an account of less is used; for anybody else there
# is no such folder to test.
@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_a_folder_the_account_cannot_enter_is_a_link_and_starts_empty_again(
    tmp_path: Path,
) -> None:
    home = tmp_path / "closed"
    home.mkdir(mode=0o700)
    real = private_folder(home / "postgres")
    assert (home / "postgres").is_symlink()
    assert private_folder(home / "postgres") == real
    (real / "left").touch()
    (home / "postgres").unlink()
    again = private_folder(home / "postgres")
    assert list(again.iterdir()) == []
    again.rmdir()


def test_an_engine_whose_folder_cannot_be_written_is_tried_again_until_it_can(
    tmp_path: Path,
) -> None:
    with Nats(tmp_path / "nats", durable=False) as server:
        stores = Stores(None, server, topology.Engines("", server.url))
        config = tmp_path / "nats" / "nats.conf"
        assert server.process is not None
        server.process.kill()
        server.process.wait()
        config.unlink()
        config.mkdir()  # cannot be written, as on a full disk
        said: list[str] = []
        stores.revive(said.append)
        assert "Is a directory" in said[-1]
        config.rmdir()
        stores.revive(said.append)
        assert not server.running(), "not before its pause is over"
        time.sleep(FIRST_PAUSE)
        stores.revive(said.append)
        assert server.running()
