"""`rapport events` on the stores of a real instance: dead, replay, discard, snapshot."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.support.instances import Instance, empty_instance
from tests.support.letters import asked, bury

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A running instance without a demonstration."""
    with empty_instance(tmp_path_factory.mktemp("events")) as instance:
        yield instance


def rapport(instance: Instance, *arguments: str, code: int = 0) -> str:
    """What the command line says, on one long line each."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**instance.environment, "COLUMNS": "300"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def wait_until_known(instance: Instance, name: str) -> None:
    """Wait until the desk has heard of a person."""
    deadline = time.monotonic() + 30
    while not asked(instance.home, "desk", "SELECT id FROM user_refs WHERE name = $1", name):
        assert time.monotonic() < deadline, f"the desk never heard of {name}"
        time.sleep(0.1)


def acts_on(instance: Instance, client: UUID) -> list[str]:
    """What the desk's trail says was done with a client."""
    found = asked(instance.home, "desk", "SELECT action FROM audit WHERE subject_id = $1", client)
    return [row["action"] for row in found]


def test_dead_letters_are_listed_replayed_and_discarded(instance: Instance) -> None:
    (good, client), (hopeless, other) = bury(instance.home), bury(instance.home, name=None)
    listed = rapport(instance, "events", "dead", "desk")
    assert str(good) in listed
    assert "Poison: once too often" in listed

    assert "handled again: 1" in rapport(instance, "events", "replay", "desk", str(good))
    names = asked(instance.home, "desk", "SELECT name FROM client_refs WHERE id = $1", client)
    assert [row["name"] for row in names] == ["新客户有限公司"]
    assert acts_on(instance, client) == ["dead-letter:replay"]

    said = rapport(instance, "events", "replay", "desk", code=1)
    assert "handled again: 0; still dead: 1" in said
    assert "ValidationError" in said

    assert "discarded" in rapport(instance, "events", "discard", "desk", str(hopeless))
    assert acts_on(instance, other) == ["dead-letter:discard"]
    assert "no dead letter" in rapport(instance, "events", "discard", "desk", str(hopeless), code=1)
    assert "no dead letters" in rapport(instance, "events", "dead")


def test_a_snapshot_publishes_every_record_again_and_rebuilds_who_follows(
    instance: Instance,
) -> None:
    rapport(instance, "user", "add", "new@firm.example", "New Person")
    wait_until_known(instance, "New Person")
    asked(instance.home, "desk", "DELETE FROM user_refs RETURNING id")
    said = rapport(
        instance, "events", "snapshot", "gateway", "--aggregate", "user", "--rebuild", "desk"
    )
    (number,) = asked(instance.home, "gateway", "SELECT count(*) FROM users")[0]
    assert f"gateway: {number} records published again" in said
    assert f"desk.user_refs: {number} rows" in said
    assert asked(instance.home, "desk", "SELECT count(*) FROM user_refs")[0][0] == number
