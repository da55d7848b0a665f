"""The server that replays the log into a copied cluster up to a moment, and then is a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from deploy.backup.archive import give_to_engine
from deploy.backup.choosing import Way, shown
from deploy.backup.taking import asked
from deploy.engines import EngineFailed, Postgres
from deploy.supervisor.home import CannotStart, Home

_FOR_EVER: Final = 7 * 86_400.0
_SHORT: Final = "recovery ended before configured recovery target was reached"
_LAST: Final = "SELECT pg_last_xact_replay_timestamp()"
_BRANCH: Final = re.compile(r"^\d+\t([0-9A-F]+)/([0-9A-F]+)\t", re.MULTILINE)
_LOG_BYTES: Final = 16 * 2**20


class _Recovery(Postgres):
    """Answers once the replay is over, however long that takes."""

    start_seconds = _FOR_EVER


@dataclass(frozen=True)
class Replayed:
    """How a replay ended."""

    last_change: datetime | None
    """When the last change in it was committed; None where the log held none."""


def replay(home: Home, way: Way) -> Replayed:
    """Replay the log into the cluster that lies in the home, which is whole and stopped then.

    Blocking, as long as the log is. Raises `CannotStart` where the log is not what it should be.
    """
    # What is archived from now on, by a home that runs on, need not be reached.
    files = way.archive.unbroken(way.backup)
    settings: dict[str, str | int] = {
        "restore_command": way.archive.fetching(),
        "recovery_target_timeline": "current",
        "hot_standby": "off",
    }
    if way.to is not None:
        to_moment: dict[str, str | int] = {
            "recovery_target_time": way.to.isoformat(),
            "recovery_target_action": "promote",
        }
        try:
            return _run(home, settings | to_moment)
        except EngineFailed as error:
            if _SHORT not in str(error):
                raise _broken(error) from error
            # Nothing was committed between that moment and the end of the log: they are the same.
    try:
        ended = _run(home, settings)
    except EngineFailed as error:
        raise _broken(error) from error
    _refuse_early_end(home, way, files)
    return ended


def _run(home: Home, settings: dict[str, str | int]) -> Replayed:
    server = _Recovery(
        home.folder / "postgres", password=home.secrets().postgres_password, settings=settings
    )
    signal = server.data / "recovery.signal"
    signal.touch()
    give_to_engine(signal)
    with server:
        return Replayed(asked(server.admin_dsn, _LAST)[0])


def _refuse_early_end(home: Home, way: Way, files: list[Path]) -> None:
    """A log file that cannot be read looks to PostgreSQL like the end of the log."""
    if not files:
        return
    reached = _branched_at(home.folder / "postgres" / "data")
    last = int(files[-1].name[8:16], 16) * 0x100 + int(files[-1].name[16:24], 16)
    if reached < last:
        moment = f" up to {shown(way.to)}" if way.to else ""
        raise CannotStart(
            f"the log in {way.archive.log} cannot be read{moment}: it breaks off in"
            f" {files[reached - last - 1].name}; restore to a moment before that file's."
        )


def _branched_at(data: Path) -> int:
    """The number of the log file in which the new timeline left the old one."""
    history = max((data / "pg_wal").glob("????????.history"))
    high, low = _BRANCH.findall(history.read_text())[-1]
    return ((int(high, 16) << 32) + int(low, 16)) // _LOG_BYTES


def _broken(error: EngineFailed) -> CannotStart:
    return CannotStart(f"the log could not be replayed: {error}")
