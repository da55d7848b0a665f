"""What cannot be backed up or restored is said in one sentence, and changes nothing."""

from __future__ import annotations

import pwd
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.backup.choosing import moment_of
from deploy.backup.owning import archive_of, settings_of
from deploy.cli import app
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.stores import open_stores


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home that does not exist yet, and nothing said of backups."""
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "home"))
    for name in ("RAPPORT_BACKUP", "RAPPORT_BACKUP_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    yield
    left = tmp_path / "home"
    assert not left.exists() or {path.name for path in left.iterdir()} <= {"lock"}


def refused(*arguments: str) -> str:
    """The sentence with which a command refuses."""
    error = CliRunner().invoke(app, arguments).exception
    assert isinstance(error, CannotStart), error
    assert "\n" not in str(error)
    return str(error)


RESTORE = ("restore", "--to", "latest", "--into", "new")


@pytest.mark.parametrize("command", [("backup",), ("backup", "--list"), RESTORE])
def test_a_postgresql_of_ones_own_is_kept_by_its_own_means(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_POSTGRES_URL", "postgresql://a:hush@127.0.0.1:1/x")
    said = refused(*command)
    assert "pg_basebackup with an archived log" in said and "hush" not in said


def test_nothing_is_started_that_was_to_keep_a_log_which_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_POSTGRES_URL", "postgresql://a:hush@127.0.0.1:1/x")
    monkeypatch.setenv("RAPPORT_BACKUP", str(tmp_path / "backup"))
    with pytest.raises(CannotStart, match="kept by its own means"):
        open_stores(Home())
    assert not (tmp_path / "backup").exists()


def test_a_nats_that_remembers_more_is_no_place_to_restore_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RAPPORT_NATS_URL", "nats://a:hush@127.0.0.1:1")
    assert "remembers what a restored home does not know" in refused(*RESTORE)


def test_backups_that_are_nowhere_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "set RAPPORT_BACKUP to their folder" in refused(*RESTORE)
    monkeypatch.setenv("RAPPORT_BACKUP", str(tmp_path / "nowhere"))
    assert "holds no backups" in refused(*RESTORE)


@pytest.mark.parametrize("given", ["yesterday", "", "2026-11-29T18:30:00", "2026-11-29", "18:30"])
def test_a_moment_without_a_time_zone_is_refused(given: str) -> None:
    assert "2026-11-29T18:30:00+08:00" in refused("restore", "--to", given, "--into", "new")


def test_a_moment_is_taken_in_its_own_time_zone() -> None:
    utc = datetime(2026, 11, 29, 10, 30, tzinfo=UTC)
    assert moment_of("2026-11-29T18:30:00+08:00") == utc == moment_of("2026-11-29T10:30:00Z")
    assert moment_of("latest") is None


def test_a_folder_that_cannot_be_written_to_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RAPPORT_BACKUP", str(tmp_path / "file" / "backup"))
    with pytest.raises(CannotStart, match=r"cannot be written to .*; set RAPPORT_BACKUP"):
        archive_of(Home())


def test_a_folder_that_is_lost_with_the_home_is_no_place_for_backups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_BACKUP", str(tmp_path / "home" / "backup"))
    with pytest.raises(CannotStart, match="lies in the home and is lost with it"):
        archive_of(Home())


def test_a_folder_that_postgresql_may_not_enter_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.backup.owning.engine_account", lambda: pwd.getpwnam("nobody"))
    (tmp_path / "closed").mkdir(mode=0o700)
    monkeypatch.setenv("RAPPORT_BACKUP", str(tmp_path / "closed" / "backup"))
    with pytest.raises(CannotStart, match="runs as nobody and may not enter"):
        archive_of(Home())


@pytest.mark.parametrize("seconds", ["soon", "0", "90000"])
def test_how_long_the_log_may_wait_is_a_number(
    seconds: str, open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_BACKUP", str(open_home / "backup"))
    monkeypatch.setenv("RAPPORT_BACKUP_SECONDS", seconds)
    home = Home(open_home / "home")
    home.folder.mkdir()
    with pytest.raises(CannotStart, match="from 1 to 3600"):
        settings_of(archive_of(home))
