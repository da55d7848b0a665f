"""Whoever was erased after the moment that is restored is not in the restored home."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deploy.engines import Postgres
from deploy.supervisor.home import Home
from shared.privacy import TOMBSTONE
from shared.provision import database_name
from tests.support.instances import empty_home
from tests.support.kept import rows

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PERSON = "SELECT id, name FROM users WHERE name <> 'Somebody Else'"


def rapport(folder: Path, *arguments: str) -> str:
    """Run a command of the operator's; what it says."""
    settings = {"RAPPORT_HOME": str(folder / "home"), "RAPPORT_BACKUP": str(folder / "backup")}
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", *arguments],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def person_in(home: Home) -> tuple[str, str]:
    """Id and name of the one person of the gateway."""
    secret = home.secrets().postgres_password
    with Postgres(home.folder / "postgres", password=secret) as server:
        base = server.admin_dsn.rpartition("/")[0]
        ((id_, name),) = rows(f"{base}/{database_name('gateway')}", PERSON)
    return str(id_), name


def test_an_erasure_outlives_a_restore_to_before_it(open_home: Path) -> None:
    home = Home(empty_home(open_home / "home"))
    rapport(open_home, "user", "add", "gone@firm.example", "Gone Person")
    assert "can be restored" in rapport(open_home, "backup", "--keep", "1")
    moment = datetime.now(UTC).isoformat()
    rapport(open_home, "user", "add", "else@firm.example", "Somebody Else")
    person, name = person_in(home)
    assert name == "Gone Person"
    rapport(open_home, "user", "erase", person, "--reason", "asked", "--yes")

    into = open_home / "then"
    said = rapport(open_home, "restore", "--to", moment, "--into", str(into))
    assert "gateway: 1 person erased again" in said
    assert person_in(Home(into)) == (person, TOMBSTONE)
