"""Lays out a new home as another one was at a moment; never touches a home that is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from deploy.account import engine_account, private_folder, run_as
from deploy.backup.archive import Archive
from deploy.backup.choosing import Way
from deploy.backup.owning import remembered
from deploy.backup.recovery import Replayed, replay
from deploy.backup.taking import SECRETS, SPARE_BYTES, close_log, verify
from deploy.supervisor.home import CannotStart, Home

_LOG_BYTES: Final = 16 * 2**20
_MOST_LOG_BYTES: Final = 2**31
"""As much of the log as a replay keeps at once (max_wal_size)."""
_LEDGERS: Final = "*.erased"


def bring_up_to_date(home: Home, archive: Archive) -> None:
    """Have a running server of this archive close its log, so that all until now can be restored.

    A server that cannot archive is no reason not to restore.
    """
    own = remembered(home)
    url = home.state().get("postgres_url")
    if own is None or own.folder != archive.folder or not home.held() or not url:
        return
    close_log(archive, url)


def lay_out(way: Way, into: Path, old: Home, erase_again: Callable[[Home], None]) -> Replayed:
    """Make `into` the home that the archive's was at a moment: the same secrets, an empty NATS.

    `old` is where that home may still be: files and the list of erased people are taken from there
    too. `erase_again` is called where that list is longer than at that moment. Blocking. Raises
    `CannotStart`; what is unfinished then can never be started.
    """
    home = Home(into)
    _refuse_taken(home)
    _refuse_full(way, home)
    verify(way.backup)
    _refuse_unreadable(way)
    home.take()
    try:
        home.mark_unfinished()
        _copy_cluster(way, home)
        _copy_home(way, home, old)
        replayed = replay(home, way)
        if _gather_ledgers(way, home, old):
            erase_again(home)
        home.mark_finished()
        return replayed
    except OSError as error:
        raise CannotStart(f"{error.filename or into} failed ({error.strerror}).") from error
    finally:
        home.release()


def _refuse_taken(home: Home) -> None:
    if home.folder.exists() and any(home.folder.iterdir()):
        raise CannotStart(
            f"{home.folder} exists, and a restore never writes over a home; name a new folder."
        )


def _refuse_full(way: Way, home: Home) -> None:
    copied = sum(path.stat().st_size for path in way.backup.folder.rglob("*") if path.is_file())
    log = min(_MOST_LOG_BYTES, len(way.archive.unbroken(way.backup)) * _LOG_BYTES)
    needed = copied + log + SPARE_BYTES
    disk = next(each for each in (home.folder, *home.folder.parents) if each.exists())
    free = shutil.disk_usage(disk).free
    if free < needed:
        raise CannotStart(
            f"{disk} has {free / 2**20:.0f} MB free and the restore takes {needed / 2**20:.0f} MB;"
            " make room, or name a folder on another disk."
        )


def _refuse_unreadable(way: Way) -> None:
    """The server replays as its own account, and takes what it may not read for missing."""
    files = way.archive.unbroken(way.backup)
    account = engine_account()
    for path in files[:1] + files[-1:]:
        readable = subprocess.run(["test", "-r", str(path)], check=False, cwd="/", **run_as())
        if readable.returncode != 0:
            who = account.pw_name if account else "this account"
            raise CannotStart(
                f"PostgreSQL runs as {who} and may not read {path}; give it the archive by"
                f" chown -R {who} {way.archive.folder}."
            )


def _copy_cluster(way: Way, home: Home) -> None:
    folder = private_folder(home.folder / "postgres")
    data = folder / "data"
    subprocess.run(
        ["cp", "--archive", "--reflink=auto", str(way.backup.cluster), str(data)], check=True
    )
    account = engine_account()
    if account is not None:
        subprocess.run(["chown", "-R", f"{account.pw_uid}:{account.pw_gid}", str(data)], check=True)


def _copy_home(way: Way, home: Home, old: Home) -> None:
    """Secrets, anchors, files and mail of the backup, and files that only the old home has."""
    for path in way.backup.home.iterdir():
        if path.is_dir():
            shutil.copytree(path, home.folder / path.name)
    secrets = home.folder / SECRETS
    secrets.touch(0o600, exist_ok=False)
    secrets.write_bytes((way.backup.home / SECRETS).read_bytes())
    home.remember(founded_as="demo" if way.backup.demo else "empty")
    if way.backup.loaded or (_same_instance(old, home) and old.state().get("demo_loaded")):
        # Its records are in the databases; a loader that begins anew would enter them twice.
        home.remember(demo_loaded=True)
    files = old.folder / "files"
    if files.is_dir() and old.folder != home.folder and _same_instance(old, home):
        # Named after their content: one of the same name is the same.
        shutil.copytree(files, home.folder / "files", dirs_exist_ok=True)


def _gather_ledgers(way: Way, home: Home, old: Home) -> bool:
    """Whoever was erased until now, not until then; whether that is more than the backup knew."""
    sources = [each.home / "anchors" for each in way.archive.complete()]
    if _same_instance(old, home):
        sources.append(old.folder / "anchors")
    more = False
    for path in (path for source in sources for path in sorted(source.glob(_LEDGERS))):
        mine = home.folder / "anchors" / path.name
        known = mine.read_text().split() if mine.exists() else []
        new = [line for line in path.read_text().split() if line not in known]
        if new:
            more = True
            mine.parent.mkdir(exist_ok=True)
            with mine.open("a") as file:
                file.write("\n" + "\n".join(new) + "\n")
                file.flush()
                os.fsync(file.fileno())
    return more


def _same_instance(one: Home, other: Home) -> bool:
    """Whether a home is there and is of the same instance, by its secrets."""
    return (one.folder / SECRETS).exists() and one.secrets() == other.secrets()
