"""A backup is whole or none, and leads to any moment since; every refusal is one sentence."""

from __future__ import annotations

import asyncio
import fcntl
import gzip
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deploy.backup.archive import following
from deploy.backup.choosing import archive_to_read, way_to
from deploy.backup.looking import findings_of
from deploy.backup.owning import archive_of, settings_of
from deploy.backup.restoring import lay_out
from deploy.backup.taking import close_log
from deploy.supervisor.home import CannotStart, Home
from shared.pulse import Pulse
from tests.support.kept import Kept, running, words_in
from tests.support.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def kept(open_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A running home that keeps its log."""
    monkeypatch.setenv("RAPPORT_BACKUP", str(open_home / "with a space 50%/backup"))
    with running(open_home / "home") as kept:
        yield kept


def nothing(home: Home) -> None:
    """Nobody was erased."""


def test_what_is_written_right_after_a_start_is_archived_in_time(
    open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL alone would let the first file wait until its first checkpoint, for minutes."""
    monkeypatch.setenv("RAPPORT_BACKUP", str(open_home / "backup"))
    monkeypatch.setenv("RAPPORT_BACKUP_SECONDS", "1")
    with running(open_home / "home") as kept:
        kept.note("first")
        assert wait_until(lambda: any(kept.archive.log.glob("0*.gz")), 20)


def test_a_home_is_restored_to_any_moment_since_its_backup(kept: Kept, open_home: Path) -> None:
    first = kept.note("first")
    backup = kept.take().backup
    second = kept.note("second")
    kept.tell("DELETE FROM notes")
    third = kept.note("third")
    assert kept.words_at(second, open_home / "second") == ["first", "second"]
    assert kept.words_at(third, open_home / "third") == ["third"]
    assert kept.words_at(None, open_home / "latest") == ["third"]
    with pytest.raises(CannotStart, match="before the oldest backup") as refused:
        way_to(kept.archive, first)
    assert backup.ended_at.isoformat()[:19] in str(refused.value)
    with pytest.raises(CannotStart, match="after the archived log, which ends at 20"):
        way_to(kept.archive, datetime.now(UTC) + timedelta(minutes=1))


def test_a_moment_after_the_last_commit_is_the_last_commit(kept: Kept, open_home: Path) -> None:
    """Nothing tells a replay where to stop then; all of the log is right."""
    kept.take()
    kept.note("last")
    # Closed without the commit by which a running home marks the present.
    kept.tell("SELECT pg_switch_wal()")
    assert wait_until(
        lambda: (
            kept.tell("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")
            == 0
        )
    )
    reached = kept.archive.reaches(kept.archive.complete()[-1])
    assert reached is not None
    lay_out(way_to(kept.archive, reached), open_home / "new", kept.home, nothing)
    assert words_in(Home(open_home / "new")) == ["last"]


def test_the_new_home_is_the_same_instance_and_its_secrets_stay_private(
    kept: Kept, open_home: Path
) -> None:
    for name, content in (("files/clients/ab12", "sheet"), ("anchors/desk.anchor", "then")):
        path = kept.home.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    kept.home.remember(founded_as="demo")
    kept.note("some")
    moment = kept.take().backup.ended_at
    (kept.home.folder / "anchors/desk.anchor").write_text("now")
    (kept.home.folder / "files/clients/cd34").write_text("later sheet")
    kept.words_at(moment, new := open_home / "new")
    assert Home(new).secrets() == kept.home.secrets()
    assert Home(new).state() == {"founded_as": "demo"}
    assert (new / "anchors/desk.anchor").read_text() == "then"
    assert {path.name for path in (new / "files/clients").iterdir()} == {"ab12", "cd34"}
    assert not (new / "nats").exists(), "NATS begins empty"
    for secrets in (new / "secrets.json", kept.archive.complete()[0].home / "secrets.json"):
        assert secrets.stat().st_mode & 0o777 == 0o600
    assert kept.archive.folder.stat().st_mode & 0o777 == 0o700


def test_whoever_was_erased_since_is_erased_again(kept: Kept, open_home: Path) -> None:
    moment = kept.take().backup.ended_at
    ledger = kept.home.folder / "anchors/desk.erased"
    ledger.parent.mkdir(exist_ok=True)
    ledger.write_text("\n0199\n")
    asked: list[str] = []

    def erase_again(home: Home) -> None:
        asked.append((home.folder / "anchors/desk.erased").read_text().strip())

    lay_out(way_to(kept.archive, moment), open_home / "new", kept.home, erase_again)
    assert asked == ["0199"]


def test_old_backups_go_with_the_log_that_none_needs(kept: Kept, open_home: Path) -> None:
    kept.note("first")
    names = [kept.take(keep=2).backup.name for _ in range(2)]
    third = kept.take(keep=2)
    left = kept.archive.complete()
    assert third.removed == 1
    assert [each.name for each in left] == [names[1], third.backup.name]
    log = sorted(path.name for path in kept.archive.log.glob("0*"))
    assert log[0][:24] == left[0].first_log
    assert kept.words_at(left[0].ended_at, open_home / "new") == ["first"]


def test_a_backup_that_was_killed_is_none(kept: Kept, open_home: Path) -> None:
    """Killed in the middle of the copy, which ends with it; the next one sweeps up."""
    kept.tell("CREATE TABLE bulk AS SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1e5) n")
    program = f"""
        from pathlib import Path
        from deploy.backup.archive import Archive
        from deploy.backup.taking import take
        from deploy.supervisor.home import Home
        take(Archive(Path({str(kept.archive.folder)!r})), Home(Path({str(kept.home.folder)!r})),
             {kept.url!r})
    """
    doing = subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)])

    while not any(kept.archive.backups.glob(".*/cluster/base/*/*")):
        assert doing.poll() is None, "ended before it copied"
        time.sleep(0.005)
    os.kill(doing.pid, signal.SIGKILL)
    doing.wait()
    assert list(kept.archive.backups.glob(".*.new")), "it was over already"
    assert kept.archive.complete() == []
    with pytest.raises(CannotStart, match="holds no complete backup"):
        way_to(kept.archive, None)
    copying = "SELECT count(*) FROM pg_stat_replication"
    assert wait_until(lambda: kept.tell(copying) == 0), "the copy went on without its backup"
    made = kept.take().backup
    assert [path.name for path in kept.archive.backups.iterdir()] == [made.name]


def test_of_two_backups_at_once_the_second_refuses(kept: Kept) -> None:
    handle = os.open(kept.archive.folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(CannotStart, match="another backup or restore"):
        kept.take()
    os.close(handle)
    kept.take()


def test_writes_go_on_while_the_log_cannot_be_archived_and_doctor_says_so(kept: Kept) -> None:
    def finding() -> str:
        found = {each.what: each for each in findings_of(kept.home)}["archived log"]
        return f"{found.well}: {found.detail}"

    kept.take()
    assert wait_until(lambda: finding().startswith("True: last"))
    kept.archive.log.chmod(0o500)
    kept.note("meanwhile")
    kept.tell("SELECT pg_switch_wal()")
    assert wait_until(lambda: finding().startswith("False")), finding()
    assert "writes go on until the home's disk is full" in finding()
    assert asyncio.run(degraded(kept)).startswith("log not archived for ")
    kept.note("after")
    kept.archive.log.chmod(0o700)
    kept.tell("SELECT pg_switch_wal()")
    assert wait_until(lambda: finding().startswith("True"), 90), finding()
    assert asyncio.run(degraded(kept)) == "ok"


async def degraded(kept: Kept) -> str:
    """What a service's readiness says of the log."""
    pulse = Pulse(kept.url)
    assert await pulse.reason() == "ok", "ready all along"
    said = pulse.archiving()
    await pulse.close()
    return said


def test_a_log_file_is_never_written_over(kept: Kept) -> None:
    """One that is there and the same was kept before a crash; another one is somebody else's."""
    command = settings_of(kept.archive)["archive_command"]
    assert isinstance(command, str)
    segment = kept.home.folder / "segment"

    def archive(content: bytes) -> int:
        segment.write_bytes(content)
        words = command.replace("%p", str(segment)).replace("%f", "0" * 24).replace("%%", "%")
        return subprocess.run(["sh", "-c", words], check=False, capture_output=True).returncode

    assert (archive(b"one"), archive(b"one"), archive(b"two") != 0) == (0, 0, True)
    assert gzip.decompress((kept.archive.log / f"{'0' * 24}.gz").read_bytes()) == b"one"


def test_a_damaged_backup_and_a_damaged_log_are_found(kept: Kept, open_home: Path) -> None:
    backup = kept.take().backup
    for word in ("one", "two"):
        kept.note(word)
        close_log(kept.archive, kept.url)
    middle = kept.archive.unbroken(backup)[-2]
    middle.write_bytes(middle.read_bytes()[:1000])
    with pytest.raises(CannotStart, match=f"it breaks off in {middle.name}"):
        lay_out(way_to(kept.archive, None), open_home / "new", kept.home, nothing)
    with pytest.raises(CannotStart, match=r"a restore into .* was broken off"):
        Home(open_home / "new").take()
    with (backup.cluster / "global" / "pg_control").open("r+b") as file:
        file.write(b"x")
    with pytest.raises(CannotStart, match=r"the backup is not whole .*pg_control"):
        lay_out(way_to(kept.archive, None), open_home / "other", kept.home, nothing)
    assert not (open_home / "other").exists()


def test_a_gap_ends_what_can_be_restored(kept: Kept) -> None:
    backup = kept.take().backup
    after = kept.note("after")
    close_log(kept.archive, kept.url)
    assert way_to(kept.archive, after).backup == backup
    kept.archive.unbroken(backup)[-2].unlink()
    with pytest.raises(CannotStart, match="after the archived log"):
        way_to(kept.archive, after)


def test_a_home_that_is_there_is_never_written_over(kept: Kept, open_home: Path) -> None:
    kept.take()
    (open_home / "new").mkdir()
    (open_home / "new/thing").touch()
    with pytest.raises(CannotStart, match="never writes over a home"):
        lay_out(way_to(kept.archive, None), open_home / "new", kept.home, nothing)
    assert [path.name for path in (open_home / "new").iterdir()] == ["thing"]


def test_a_full_disk_is_said_before_anything_is_copied(
    kept: Kept, open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.take()
    monkeypatch.setattr("deploy.backup.taking.SPARE_BYTES", 2**60)
    monkeypatch.setattr("deploy.backup.restoring.SPARE_BYTES", 2**60)
    with pytest.raises(CannotStart, match=r"MB free and a backup takes .*; make room"):
        kept.take()
    with pytest.raises(CannotStart, match=r"MB free and the restore takes .*; make room"):
        lay_out(way_to(kept.archive, None), open_home / "new", kept.home, nothing)
    assert len(kept.archive.complete()) == 1 and not (open_home / "new").exists()


def test_the_log_of_a_home_stays_its_own(
    kept: Kept, open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home remembers its archive; one that was copied begins another beside it."""
    monkeypatch.delenv("RAPPORT_BACKUP")
    assert archive_of(kept.home) == kept.archive
    copy = Home(open_home / "copy")
    copy.folder.mkdir()
    (copy.folder / "state.json").write_bytes((kept.home.folder / "state.json").read_bytes())
    other = archive_of(copy)
    assert other is not None and other != kept.archive
    assert other.folder.parent == kept.archive.folder.parent
    with pytest.raises(CannotStart, match="choose one by --archive"):
        monkeypatch.setenv("RAPPORT_BACKUP", str(other.folder.parent))
        archive_to_read(Home(open_home / "neither"), None)
    assert archive_to_read(Home(open_home / "neither"), other.name) == other
    kept.archive.folder.rename(open_home / "away")
    with pytest.raises(CannotStart, match="is not there: mount its disk"):
        archive_of(kept.home)
    monkeypatch.setenv("RAPPORT_BACKUP", "off")
    assert archive_of(kept.home) is None
    monkeypatch.delenv("RAPPORT_BACKUP")
    assert archive_of(kept.home) is None, "off is for good"


def test_log_files_are_counted_as_postgresql_names_them() -> None:
    assert following("00000002000000010000000E") == "00000002000000010000000F"
    assert following("0000000200000001000000FF") == "000000020000000200000000"
