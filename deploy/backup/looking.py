"""How a home's backups are: for `rapport doctor`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg

from deploy.backup.archive import Archive
from deploy.backup.choosing import shown
from deploy.backup.owning import SETTING, remembered
from deploy.backup.taking import asked
from deploy.finding import Finding
from deploy.supervisor.home import Home

OLD: Final = timedelta(days=2)
ENOUGH_BYTES: Final = 2 * 2**30
_LOG: Final = "archived log"
_ARCHIVER: Final = """
    SELECT current_setting('archive_mode') = 'on' AS on, last_archived_time AS kept,
        last_failed_time > coalesce(last_archived_time, '-infinity') AS failing, failed_count
    FROM pg_stat_archiver
"""


def findings_of(home: Home) -> Iterator[Finding]:
    """Backups and archived log of a home, where it has any."""
    archive = remembered(home)
    if archive is None and os.environ.get("RAPPORT_POSTGRES_URL"):
        yield Finding("backup", True, "left to the means of the PostgreSQL it runs on")
        return
    if archive is None:
        mend = f"set {SETTING} to a folder on another disk, and start Rapport with it"
        yield Finding("backup", True, f"none: {SETTING} names no folder", mend, safe=False)
        return
    if not archive.there():
        yield Finding("backup", False, f"{archive.folder} is not there", "mount its disk")
        return
    yield _backups(archive)
    free = shutil.disk_usage(archive.folder).free
    yield Finding("backup's disk", free > ENOUGH_BYTES, f"{free / 2**30:.1f} GB free", "make room")
    url = home.state().get("postgres_url")
    if home.held() and url:
        yield _log(archive, str(url))


def _backups(archive: Archive) -> Finding:
    made = archive.complete()
    if not made:
        return Finding("backup", False, f"none in {archive.folder}", "rapport backup")
    age = datetime.now(UTC) - made[-1].ended_at
    detail = (
        f"{len(made)}, the newest {_words(age)} old;"
        f" every moment from {shown(made[0].ended_at)} on can be restored"
    )
    return Finding("backup", age < OLD, detail, "rapport backup, once a day")


def _log(archive: Archive, url: str) -> Finding:
    try:
        seen = asked(url, _ARCHIVER)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return Finding(
            "archived log", False, f"PostgreSQL does not say: {error}", "look at its log"
        )
    if not seen["on"]:
        return Finding(
            "archived log", False, "not kept by what runs", "stop Rapport, start it again"
        )
    age = f"last {_words(datetime.now(UTC) - seen['kept'])} ago" if seen["kept"] else "nothing yet"
    if not seen["failing"]:
        return Finding(_LOG, True, age)
    return Finding(
        _LOG,
        False,
        f"{age}; {seen['failed_count']} tries failed; writes go on until the home's disk is full",
        f"make room in {archive.log}, and let PostgreSQL's account write there",
    )


def _words(age: timedelta) -> str:
    seconds = max(0, round(age.total_seconds()))
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
