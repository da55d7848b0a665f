"""What operates a real instance from the command line: events, calendar, audit, timers, people."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from typer.testing import CliRunner

from deploy.cli import app
from deploy.demo import load
from deploy.supervisor.home import CannotStart, Home
from shared.ids import new_id
from shared.privacy import TOMBSTONE
from tests.support.instances import Instance, empty_instance
from tests.support.letters import asked, bury

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """A running instance without a demonstration."""
    with empty_instance(tmp_path_factory.mktemp("events")) as instance:
        yield instance


@pytest.fixture
def here(instance: Instance) -> Iterator[Callable[..., tuple[int, str]]]:
    """The command line in this process, which is quicker: exit code and what it says."""
    # A command hands each service its settings through the environment.
    before = dict(os.environ)
    os.environ.update(instance.environment, COLUMNS="300")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, arguments)
        if isinstance(done.exception, CannotStart):
            return 2, str(done.exception)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    yield run
    os.environ.clear()
    os.environ.update(before)


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


def test_dead_letters_are_listed_replayed_and_discarded(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    (good, client), (hopeless, other) = bury(instance.home), bury(instance.home, name=None)
    listed = here("events", "dead", "desk")[1]
    assert str(good) in listed
    assert "Poison: once too often" in listed

    code, said = here("events", "replay", "desk", str(good))
    assert (code, "handled again: 1" in said) == (0, True)
    names = asked(instance.home, "desk", "SELECT name FROM client_refs WHERE id = $1", client)
    assert [row["name"] for row in names] == ["新客户有限公司"]
    assert acts_on(instance, client) == ["dead-letter:replay"]

    code, said = here("events", "replay", "desk")
    assert (code, "handled again: 0; still dead: 1" in said) == (1, True)
    assert "ValidationError" in said

    assert "discarded" in here("events", "discard", "desk", str(hopeless))[1]
    assert acts_on(instance, other) == ["dead-letter:discard"]
    code, said = here("events", "discard", "desk", str(hopeless))
    assert (code, "no dead letter" in said) == (1, True)
    code, said = here("events", "replay", "desk", str(hopeless))
    assert (code, said) == (1, f"desk has no dead letter {hopeless}\n")
    assert "no dead letters" in here("events", "dead")[1]


def test_a_snapshot_publishes_every_record_again_and_rebuilds_who_follows(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    assert here("user", "add", "new@firm.example", "New Person")[0] == 0
    wait_until_known(instance, "New Person")
    asked(instance.home, "desk", "DELETE FROM user_refs RETURNING id")
    said = here("events", "snapshot", "gateway", "--aggregate", "user", "--rebuild", "desk")[1]
    (number,) = asked(instance.home, "gateway", "SELECT count(*) FROM users")[0]
    assert f"gateway: {number} records published again" in said
    assert f"desk.user_refs: {number} rows" in said
    assert asked(instance.home, "desk", "SELECT count(*) FROM user_refs")[0][0] == number


def test_who_cannot_be_invited_is_refused_in_a_sentence(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    said = here("user", "add", "nonsense", "New Person")[1]
    assert "not a valid email" in said
    assert said.endswith(".") and not said.endswith("..")
    assert "name" in here("user", "add", "two@firm.example", " ")[1]
    assert here("user", "add", "two@firm.example", "Two", "--role", "boss")[0] == 2
    assert here("user", "add", "two@firm.example", "Two", "--role", "agent")[0] == 0
    came = "UPDATE users SET status = 'active' WHERE name = 'Two' RETURNING roles"
    assert asked(instance.home, "gateway", came)[0]["roles"] == ["agent"]
    code, said = here("user", "add", "two@firm.example", "Two")
    assert (code, "two@firm.example was not invited: " in said) == (2, True)
    assert "somebody with this address exists" in said


def test_a_mistyped_id_erases_nobody_and_is_not_kept(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    nobody = str(new_id())
    code, said = here("user", "erase", nobody, "--reason", "asked", "--yes")
    assert (code, said) == (2, f"nobody has the id {nobody}; nothing was erased.")
    kept = "SELECT 1 FROM erasures WHERE person_id = $1"
    assert asked(instance.home, "desk", kept, UUID(nobody)) == []
    ledgers = (instance.home / "anchors").glob("*.erased")
    assert not any(nobody in ledger.read_text() for ledger in ledgers)


def test_no_demonstration_is_loaded_where_people_are_and_no_journal_is(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    """As in a home restored from a backup that was made while the demonstration was loaded."""
    assert here("user", "add", "chief@firm.example", "Chief")[0] == 0
    came = "UPDATE users SET status = 'active' WHERE name = 'Chief' RETURNING id"
    asked(instance.home, "gateway", came)
    said: list[str] = []
    load(Home(instance.home), instance.address, say=said.append)
    assert said == [
        "nothing is loaded: this home was restored with what it had of the demonstration"
    ]
    assert Home(instance.home).state()["demo_loaded"] is True


def test_days_are_decided_by_hand_until_they_are_forgotten(
    here: Callable[..., tuple[int, str]],
) -> None:
    assert here("calendar", "off", "2027-03-01", "--note", "move") == (0, "")
    assert here("calendar", "work", "2027-02-20", "--hours", "09:00-12:00") == (0, "")
    assert here("calendar", "show", "2027")[1].splitlines() == [
        "2027-02-20  09:00-12:00",
        "2027-03-01  off",
    ]
    assert here("calendar", "forget", "2027-03-01")[0] == 0
    assert "2027-03-01" not in here("calendar", "show", "2027")[1]
    assert here("calendar", "off", "yesterday")[0] == 2
    assert here("calendar", "work", "2027-02-20", "--hours", "12:00-09:00")[0] == 2


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2081-01-01", "9999-12-31"])
def test_a_day_that_no_service_could_read_back_is_refused(
    here: Callable[..., tuple[int, str]], day: str
) -> None:
    code, said = here("calendar", "work", day)
    assert (code, day in said) == (2, True)
    assert here("calendar", "show", day[:4]) == (0, "")


def test_hours_of_another_zone_are_refused(here: Callable[..., tuple[int, str]]) -> None:
    for hours in ("09:00+08:00-12:00", "09:00+08:00-12:00+08:00"):
        code, said = here("calendar", "work", "2027-02-21", "--hours", hours)
        assert (code, "time zone" in said) == (2, True)


def test_an_edited_trail_is_found_and_a_restored_one_accepted(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    code, said = here("audit", "verify")
    assert (code, said.count("untouched")) == (0, 5)
    edited = "UPDATE audit SET action = 'user:view' WHERE seq = 1 RETURNING seq"
    cut = "DELETE FROM audit WHERE seq IS NOT NULL RETURNING seq"
    asked(instance.home, "gateway", edited)
    code, said = here("audit", "verify")
    assert code == 1
    assert "row 1: edited" in said
    asked(instance.home, "gateway", cut)
    assert "cut" in here("audit", "verify")[1]
    assert here("audit", "accept-restore", "gateway", "--yes")[0] == 0
    assert here("audit", "verify")[0] == 0


def test_a_timer_that_was_given_up_is_listed_and_fired_again(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    assert "no dead timers" in here("timers", "dead")[1]
    (timer,) = asked(
        instance.home,
        "desk",
        "INSERT INTO timers (id, kind, key, due_at, next_try_at, dead, last_error, payload)"
        " VALUES ($1, 'promise', $2, now(), now(), true, 'Poison', '{}') RETURNING id",
        new_id(),
        str(new_id()),
    )
    assert str(timer["id"]) in here("timers", "dead")[1]
    assert here("timers", "revive", "desk", str(timer["id"]))[0] == 0
    assert here("timers", "revive", "desk", str(new_id()))[0] == 1


def test_who_was_erased_is_erased_again_after_a_restore(
    instance: Instance, here: Callable[..., tuple[int, str]]
) -> None:
    assert here("user", "add", "gone@firm.example", "Gone Person")[0] == 0
    wait_until_known(instance, "Gone Person")
    find = "SELECT id FROM user_refs WHERE name = 'Gone Person'"
    person = str(asked(instance.home, "desk", find)[0]["id"])
    assert here("user", "erase", person, "--reason", "asked", "--yes")[0] == 0
    set_back = "UPDATE user_refs SET name = 'Gone Person' WHERE id = $1 RETURNING id"
    asked(instance.home, "desk", set_back, UUID(person))
    assert "desk: 1 person\n" in here("user", "reapply-erasures")[1]
    name = "SELECT name FROM user_refs WHERE id = $1"
    assert asked(instance.home, "desk", name, UUID(person))[0]["name"] == TOMBSTONE
