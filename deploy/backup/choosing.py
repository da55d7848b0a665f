"""Which backup leads to a moment, and the sentences for a moment that none leads to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from deploy.backup.archive import Archive, Backup, archives_in
from deploy.backup.owning import SETTING, remembered
from deploy.supervisor.home import CannotStart, Home

LATEST: Final = "latest"
_EXAMPLES: Final = "2026-11-29T18:30:00+08:00 or 2026-11-29T10:30:00Z"


@dataclass(frozen=True)
class Way:
    """How to get to a moment; None: as late as the log goes."""

    archive: Archive
    backup: Backup
    to: datetime | None


def moment_of(given: str) -> datetime | None:
    """The moment that was typed, None for "latest". Raises `CannotStart` without a time zone."""
    if given == LATEST:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise CannotStart(f"{given!r} is no moment; write {_EXAMPLES}, or {LATEST}.") from error
    if moment.tzinfo is None:
        raise CannotStart(f"{given!r} does not say its time zone; write {_EXAMPLES}.")
    return moment.astimezone(UTC)


def archive_to_read(home: Home, name: str | None) -> Archive:
    """The archive to restore from: the named one, the home's own, else the only one there is.

    Raises `CannotStart`.
    """
    own = remembered(home)
    given = os.environ.get(SETTING)
    if given:
        folder = Path(given).absolute()
    elif own is not None:
        folder = own.folder.parent
    else:
        raise CannotStart(f"{home.folder} knows of no backups; set {SETTING} to their folder.")
    found = {each.name: each for each in archives_in(folder)}
    if name is not None and name in found:
        return found[name]
    if name is None and own is not None and own.there() and own.name in found:
        return found[own.name]
    if name is None and len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise CannotStart(f"{folder} holds no backups; set {SETTING} to the folder that does.")
    names = ", ".join(f"{each.name} (of {each.owner()})" for each in found.values())
    raise CannotStart(f"{folder} holds the archives {names}; choose one by --archive.")


def way_to(archive: Archive, moment: datetime | None) -> Way:
    """The newest backup before a moment, when the log leads from it to there.

    Raises `CannotStart`.
    """
    backups = archive.complete()
    if not backups:
        raise CannotStart(f"{archive.folder} holds no complete backup; nothing can be restored.")
    if moment is None:
        return Way(archive, backups[-1], None)
    before = [each for each in backups if each.ended_at <= moment]
    if not before:
        raise CannotStart(
            f"{shown(moment)} lies before the oldest backup; the earliest moment that can be"
            f" restored is {shown(backups[0].ended_at)}."
        )
    reached = archive.reaches(before[-1])
    if reached is None or moment > reached:
        end = f"ends at {shown(reached)}" if reached else "has not gone on since the last backup"
        raise CannotStart(
            f"{shown(moment)} lies after the archived log, which {end}; restore to an earlier"
            f" moment, or to all there is by --to {LATEST}."
        )
    return Way(archive, before[-1], moment)


def shown(moment: datetime) -> str:
    """A moment as it can be typed again."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
