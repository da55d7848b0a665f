"""Which archive is a home's: begun when RAPPORT_BACKUP is first set, and kept from then on.

The home remembers it. A server of this home that ran once without it would leave a gap in the log,
so every command that starts one archives too, whether RAPPORT_BACKUP is set for it or not.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from deploy.account import engine_account, reachable
from deploy.backup.archive import Archive, engine_folder, write_durably
from deploy.supervisor.home import CannotStart, Home

SETTING: Final = "RAPPORT_BACKUP"
OFF: Final = "off"
DEFAULT_SECONDS: Final = 60
_ARCHIVE: Final = "archive"
"""Under what the home's state remembers it."""


def archive_of(home: Home) -> Archive | None:
    """The archive of a home, begun where RAPPORT_BACKUP names a new folder; None without one.

    RAPPORT_BACKUP=off ends it. A home that was copied or moved begins another: the log of the
    original stays its own. Raises `CannotStart`.
    """
    given = os.environ.get(SETTING)
    if given not in (None, "", OFF):
        refuse_external()
    if os.environ.get("RAPPORT_POSTGRES_URL"):
        return None
    if given == OFF:
        if remembered(home) is not None:
            home.remember(**{_ARCHIVE: None})
        return None
    folder = Path(given).absolute() if given else None
    known = remembered(home)
    if known is None or folder not in (None, known.folder.parent):
        return None if folder is None else _begin(home, folder)
    if not known.there():
        raise CannotStart(
            f"the archive of this home, {known.folder}, is not there: mount its disk, name another"
            f" folder by {SETTING}, or start without one by {SETTING}={OFF}."
        )
    if known.owner() != str(home.folder):
        return _begin(home, known.folder.parent)
    return known


def remembered(home: Home) -> Archive | None:
    """The archive that the home last wrote to, wherever that is now."""
    path = home.state().get(_ARCHIVE)
    return Archive(Path(path)) if path else None


def settings_of(archive: Archive | None) -> dict[str, str | int]:
    """PostgreSQL's settings that go with an archive; RAPPORT_BACKUP_SECONDS, 60 if not said."""
    if archive is None:
        return {}
    given = os.environ.get("RAPPORT_BACKUP_SECONDS") or str(DEFAULT_SECONDS)
    if not given.isdecimal() or not 1 <= int(given) <= 3600:
        raise CannotStart(
            f"RAPPORT_BACKUP_SECONDS is {given!r}; set it to a number from 1 to 3600."
        )
    return archive.keeping(int(given))


def refuse_external() -> None:
    """Raise `CannotStart` where PostgreSQL is not ours: we can keep neither its log nor a copy."""
    if os.environ.get("RAPPORT_POSTGRES_URL"):
        raise CannotStart(
            "the PostgreSQL of RAPPORT_POSTGRES_URL is kept by its own means (pg_basebackup with an"
            " archived log, or its provider's restore to a point in time, all five databases to one"
            f" moment); {SETTING}, backup and restore are for the one that comes with Rapport."
        )


def refuse_foreign_nats() -> None:
    """Raise `CannotStart` where NATS is not ours: what it stored, a restored home never said."""
    if os.environ.get("RAPPORT_NATS_URL"):
        raise CannotStart(
            "the NATS of RAPPORT_NATS_URL remembers what a restored home does not know; leave it"
            " out here, and give the restored home one whose streams are empty."
        )


def _begin(home: Home, folder: Path) -> Archive:
    """A new archive in a folder, and the home remembers it."""
    if folder.is_relative_to(home.folder):
        raise CannotStart(
            f"{folder} lies in the home and is lost with it; set {SETTING} to a folder on another"
            " disk."
        )
    now = datetime.now(UTC)
    archive = Archive(folder / f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_unreachable(folder)
        for each in (archive.folder, archive.log, archive.backups):
            engine_folder(each)
        facts = {"home": str(home.folder), "begun_at": now.isoformat()}
        write_durably(archive.folder / "archive.json", facts)
    except OSError as error:
        raise CannotStart(
            f"{folder} cannot be written to ({error.strerror}); set {SETTING} to a folder that is"
            " yours, on another disk than the home."
        ) from error
    home.remember(**{_ARCHIVE: str(archive.folder)})
    return archive


def _refuse_unreachable(folder: Path) -> None:
    account = engine_account()
    if account is not None and not reachable(folder):
        raise CannotStart(
            f"PostgreSQL runs as {account.pw_name} and may not enter {folder}; set {SETTING} to a"
            " folder that everybody may enter, such as one below /var/backups."
        )


@contextmanager
def holding(archive: Archive, *, alone: bool) -> Iterator[None]:
    """Hold an archive: a backup holds it alone, so that nothing goes that a restore reads.

    Raises `CannotStart` while somebody else holds it.
    """
    handle = os.open(archive.folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise CannotStart(
            f"another backup or restore works on {archive.folder}; wait until it is done."
        ) from error
    finally:
        os.close(handle)
