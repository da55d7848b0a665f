"""The supervisor: one command starts everything; nothing is left behind however it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.engines import Nats, Postgres
from tests.support.instances import Instance, empty_home, open_folder
from tests.support.processes import all_gone, command_of, service_processes, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def used_home() -> Iterator[Path]:
    """For whoever does not care that an instance lived there before."""
    for folder in open_folder():
        yield empty_home(folder / "used")


def engine_processes(instance: Instance) -> list[psutil.Process]:
    names = ("bin/postgres", "bin/nats-server")
    direct = instance.children(deep=False)
    return [each for each in direct if command_of(each).split(" ")[0].endswith(names)]


def test_two_instances_side_by_side_and_one_sentence_for_what_is_taken(open_home: Path) -> None:
    # One makes its own secrets, so that whoever calls at the wrong door is not let in.
    two_home = empty_home(open_home / "two")
    with Instance(open_home / "one") as one, Instance(two_home) as two:
        assert one.get("/readyz")[0] == two.get("/readyz")[0] == 200

        same_home = Instance(open_home / "one").launch()
        assert same_home.wait() == 2
        assert "already runs" in same_home.lines[-1]
        assert "RAPPORT_HOME" in same_home.lines[-1]
        assert one.get("/readyz")[0] == 200


def test_a_taken_port_is_named_with_its_mend(open_home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = Instance(open_home / "one", port).launch()
        assert refused.wait() == 2
    sentences = [line for line in refused.lines if line.startswith("rapport: ")]
    assert len(sentences) == 1
    assert str(port) in sentences[0]
    assert "RAPPORT_PORT=" in sentences[0]
    assert "Traceback" not in refused.output


def test_a_killed_service_comes_back(used_home: Path) -> None:
    with Instance(used_home) as instance:
        victims = service_processes(instance)
        for victim in victims:
            victim.kill()
        assert all_gone(victims)
        instance.wait_for("is ready again")
        assert wait_until(lambda: instance.get("/readyz")[0] == 200)


def test_a_killed_engine_comes_back(used_home: Path) -> None:
    with Instance(used_home) as instance:
        engines = engine_processes(instance)
        assert len(engines) == 2
        for engine in engines:
            engine.kill()
        instance.wait_for("ended unexpectedly")
        assert wait_until(lambda: instance.get("/readyz")[0] == 200, 60)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_recovers(used_home: Path) -> None:
    instance = Instance(used_home).start()
    started = instance.children()
    instance.kill()
    assert all_gone(started)
    with Instance(used_home, instance.port) as again:
        assert again.get("/readyz")[0] == 200


def test_an_impatient_second_signal_still_stops_everything(used_home: Path) -> None:
    instance = Instance(used_home).start()
    started = instance.children()
    assert instance.process is not None
    for _ in range(3):
        instance.process.send_signal(signal.SIGINT)
        time.sleep(0.05)
    assert instance.wait() == 0
    assert all_gone(started)


def test_external_engines_are_used_and_left_running(open_home: Path) -> None:
    with (
        Postgres(open_home / "postgres", password="elsewhere", durable=False) as postgres,
        Nats(open_home / "nats") as nats,
    ):
        given: dict[str, Any] = {
            "RAPPORT_POSTGRES_URL": postgres.admin_dsn,
            "RAPPORT_NATS_URL": nats.url,
        }
        with Instance(open_home / "one", **given) as instance:
            assert instance.get("/readyz")[0] == 200
            assert engine_processes(instance) == []
        assert postgres.running()
        assert nats.running()
    assert not (open_home / "one" / "postgres").exists()


def test_the_command_line_works_on_a_running_and_on_a_stopped_instance(used_home: Path) -> None:
    with Instance(used_home) as instance:
        running = rapport(instance, "events", "lag")
        assert "not published" in running
        assert "ready at" in rapport(instance, "doctor")
    assert "no dead letters" in rapport(instance, "events", "dead")
    assert "at the newest schema" in rapport(instance, "migrate")
    assert "/invitations/" in rapport(instance, "user", "add", "new@firm.example", "New Person")
    # No relay runs: what that told waits for the next start, and is counted.
    assert re.search(r"^│ gateway +│ [1-9]", rapport(instance, "events", "lag"), re.MULTILINE)


def rapport(instance: Instance, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**instance.environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
