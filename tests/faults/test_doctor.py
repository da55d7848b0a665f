"""`rapport doctor` names what is not well with an instance and the mend, and exits with 1."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.faults.machine import Machine

pytestmark = [pytest.mark.faults, pytest.mark.timeout(240)]


def examined(machine: Machine) -> tuple[int, list[str], str]:
    """The doctor's exit code, what it calls not well, and all it said."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "doctor"],
        env={**machine.instance.environment, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    bad = re.findall(r"^│ no +│ (.*?) *│ (.*?) *│$", done.stdout, re.MULTILINE)
    return done.returncode, [": ".join(each) for each in bad], done.stdout


def test_a_healthy_instance_is_well(machine: Machine) -> None:
    code, bad, said = examined(machine)
    assert (code, bad) == (0, []), said


@pytest.mark.parametrize(("engine", "called"), [("postgres", "PostgreSQL"), ("nats", "NATS")])
def test_an_engine_that_is_gone_is_named_once_with_its_address(
    machine: Machine, engine: str, called: str
) -> None:
    with machine.without(engine):
        code, bad, said = examined(machine)
    port = machine.home.state()[f"{engine}_url"].rpartition(":")[2].partition("/")[0]
    assert code == 1, said
    assert bad == [f"{called}: does not answer at 127.0.0.1:{port} (Connection refused)"], said
    assert "→ look at its log; restart it" in said


def test_secrets_that_others_can_read_are_named_with_the_command_that_mends_them(
    machine: Machine,
) -> None:
    secrets = machine.instance.home / "secrets.json"
    secrets.chmod(0o644)
    try:
        code, bad, said = examined(machine)
    finally:
        secrets.chmod(0o600)
    assert (code, bad) == (1, ["secrets: mode 644"]), said
    assert f"→ chmod 600 {secrets}" in said
