"""Makes a backup of a running server: all databases as of one moment, verified, or none at all."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import asyncpg

from deploy.account import run_as
from deploy.backup.archive import FACTS, Archive, Backup, engine_folder, sync_folder, write_durably
from deploy.backup.owning import SETTING, holding
from deploy.engines import programs
from deploy.processes import die_with_parent
from deploy.supervisor.home import CannotStart, Home

DEFAULT_KEPT: Final = 7
SPARE_BYTES: Final = 256 * 2**20
"""Room left over beside what is copied: for the log meanwhile, and for what else is written."""
PATIENCE_SECONDS: Final = 20.0
SECRETS: Final = "secrets.json"
_BEFORE: Final = ("anchors",)
"""An anchor is older than the databases it comes back with: it promises no row that they lack."""
_AFTER: Final = ("files", "mail")
"""Files are newer than the databases: none that a row speaks of is missing."""
_STATE: Final = """
    SELECT current_setting('archive_mode') AS mode, current_setting('archive_command') AS command,
        (SELECT sum(pg_database_size(oid)) FROM pg_database)::bigint AS size
"""
_COMMIT: Final = "SELECT pg_current_xact_id()"
_CLOSE_LOG: Final = "SELECT pg_walfile_name(pg_switch_wal())"
_FIRST_LOG: Final = re.compile(r"^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)$", re.MULTILINE)


@dataclass(frozen=True)
class Taken:
    """A backup that was made, and how many older ones went for it."""

    backup: Backup
    removed: int


def take(archive: Archive, home: Home, url: str, *, keep: int = DEFAULT_KEPT) -> Taken:
    """Back up the server at `url` into the archive, keep the newest `keep` backups.

    Blocking. Older backups go, with the log that none needs any more, once the new one is complete.
    Raises `CannotStart`, and then nothing was added and nothing removed.
    """
    with holding(archive, alone=True):
        _forget_drafts(archive)
        size = _refuse_unfit(archive, url)
        began_at = datetime.now(UTC)
        with _draft(archive, f"{began_at:%Y%m%dT%H%M%S.%fZ}") as draft:
            _copy_home(home, draft / "home", _BEFORE)
            first_log = _copy_cluster(draft / "cluster", url)
            ended_at = datetime.now(UTC)
            _copy_home(home, draft / "home", _AFTER)
            _copy_secrets(home, draft / "home")
            state = home.state()
            demo, loaded = state.get("founded_as") == "demo", bool(state.get("demo_loaded"))
            made = Backup(draft, began_at, ended_at, first_log, size, demo, loaded)
            write_durably(draft / FACTS, made.facts())
        close_log(archive, url)
        removed = _forget_old(archive, keep)
        return Taken(archive.complete()[-1], removed)


def asked(url: str, statement: str) -> Any:
    """The first row of a statement's answer, as the superuser of a server."""

    async def ask() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchrow(statement)
        finally:
            await connection.close()

    return asyncio.run(ask())


def close_log(archive: Archive, url: str) -> None:
    """Have a server close its log file and wait until that is archived, or nothing is for 20 s.

    A commit goes before, so that there is something to close, and a replay that is to end now finds
    something that is later.
    """
    asked(url, _COMMIT)
    closed = archive.log / f"{asked(url, _CLOSE_LOG)[0]}.gz"
    last, patient_until = "", time.monotonic() + PATIENCE_SECONDS
    while not closed.exists() and time.monotonic() < patient_until:
        time.sleep(0.05)
        newest = max((path.name for path in archive.log.glob("0*.gz")), default="")
        if newest != last:
            last, patient_until = newest, time.monotonic() + PATIENCE_SECONDS


@contextmanager
def _draft(archive: Archive, name: str) -> Iterator[Path]:
    """A folder that becomes the backup of this name once all of it is on disk, and goes if not."""
    draft = archive.backups / f".{name}.new"
    try:
        engine_folder(draft)
        yield draft
        subprocess.run(["sync", "--file-system", str(draft)], check=True)
        draft.rename(archive.backups / name)
        sync_folder(archive.backups)
    except OSError as error:
        raise _failed(f"{error.filename or draft}: {error.strerror}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _forget_drafts(archive: Archive) -> None:
    """What was broken off, or was being removed, when its process was killed."""
    for path in archive.backups.glob(".*"):
        shutil.rmtree(path)


def _refuse_unfit(archive: Archive, url: str) -> int:
    """The size of all databases in bytes, when the server archives here and there is room."""
    state = asked(url, _STATE)
    if state["mode"] != "on" or archive.name not in state["command"]:
        raise CannotStart(
            f"the server that runs does not write its log to {archive.folder}; stop Rapport and"
            f" start it again with {SETTING}={archive.folder.parent}."
        )
    size, free = int(state["size"]), shutil.disk_usage(archive.folder).free
    if free < size + SPARE_BYTES:
        raise CannotStart(
            f"{archive.folder} has {free / 2**20:.0f} MB free and a backup takes"
            f" {(size + SPARE_BYTES) / 2**20:.0f} MB; make room, or keep fewer backups (--keep)."
        )
    return size


def _copy_cluster(to: Path, url: str) -> str:
    """Copy the whole cluster while it works, with the log it needs, and check every byte.

    Returns the name of the log file at which its replay begins.
    """
    parts = urlsplit(url)
    secret = {"PGPASSWORD": unquote(parts.password or "")}
    _run(
        *("pg_basebackup", "--pgdata", str(to), "--host", str(parts.hostname)),
        *("--port", str(parts.port), "--username", str(parts.username), "--no-password"),
        # By one process: a second one that streams the log would outlive us.
        *("--checkpoint=fast", "--wal-method=fetch", "--manifest-checksums=SHA256"),
        environment=secret,
    )
    _run("pg_verifybackup", "--quiet", str(to))
    found = _FIRST_LOG.search((to / "backup_label").read_text())
    if found is None:
        raise _failed("its label names no log file")
    return found[1]


def verify(backup: Backup) -> None:
    """Raise `CannotStart` when a backup is no more what it was when it was made."""
    _run("pg_verifybackup", "--quiet", str(backup.cluster))


def _run(program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run one of PostgreSQL's programs as its account; it ends when we are killed."""
    done = subprocess.run(
        [str(programs() / program), *arguments],
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        # Runs after the change of account, which would clear the arrangement.
        preexec_fn=die_with_parent(signal.SIGKILL),
        **run_as(),
    )
    if done.returncode != 0:
        raise _failed(f"{program}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}")


def _failed(reason: str) -> CannotStart:
    return CannotStart(
        f"the backup is not whole ({reason}); what was complete before is untouched."
    )


def _copy_home(home: Home, to: Path, names: tuple[str, ...]) -> None:
    """Copy whole folders of the home; what goes or is being written meanwhile is left out."""
    to.mkdir(mode=0o700, exist_ok=True)
    for name in names:
        for path in sorted((home.folder / name).rglob("*")):
            if path.is_file() and path.suffix != ".new":
                copy = to / path.relative_to(home.folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                with suppress(FileNotFoundError):
                    shutil.copy2(path, copy)


def _copy_secrets(home: Home, to: Path) -> None:
    home.secrets()
    handle = os.open(to / SECRETS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write((home.folder / SECRETS).read_bytes())


def _forget_old(archive: Archive, keep: int) -> int:
    """Remove all but the newest backups and the log before the oldest kept; how many went."""
    backups = archive.complete()
    old, kept = backups[:-keep], backups[-keep:]
    for backup in old:
        # Under this name it is none any more, however far the removal gets.
        shutil.rmtree(backup.folder.rename(backup.folder.with_name(f".{backup.name}.old")))
    for path in archive.log.glob(f"{'[0-9A-F]' * 24}*"):
        if path.name[:24] < kept[0].first_log:
            path.unlink()
    return len(old)
