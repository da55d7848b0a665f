"""An archive: the unbroken log of one home, and the complete backups it begins from.

RAPPORT_BACKUP/
  20261129T115200Z-3f9a/           one archive
    archive.json                   whose it is
    log/                           the log, file by file as PostgreSQL closes it, compressed
    backups/20261129T120000Z/      one backup: complete and verified, or it has another name
      cluster/                     all databases
      home/                        secrets, anchors, files, mail
      backup.json                  when it was made and where its log begins
"""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from deploy.account import engine_account

FACTS: Final = "backup.json"
_FILES_PER_STEP: Final = 0x100
"""Log files of 16 MB in each of the 4 GB that the middle of their names counts."""
# Never over another file; what is there already counts only if it is the same. Whole and on disk
# before it has its name; as old as its last record, so that its age says how far it tells.
_KEEP_LOG: Final = """
set -e; to={log}/%f.gz
if [ -e "$to" ]; then gzip -dc "$to" | cmp -s - %p; sync {log}; exit; fi
gzip -1nc %p > {log}/.%f.new; touch -r %p {log}/.%f.new
sync {log}/.%f.new; mv {log}/.%f.new "$to"; sync {log}
"""
_FETCH_LOG: Final = "test -e {log}/%f.gz && gzip -dc {log}/%f.gz > %p"


@dataclass(frozen=True)
class Backup:
    """A complete backup. Whatever was committed until `ended_at` is in it."""

    folder: Path
    began_at: datetime
    ended_at: datetime
    first_log: str
    """The log file that its replay begins with."""
    size: int
    """In bytes."""
    demo: bool
    loaded: bool
    """Whether its demonstration was loaded to the end."""

    @property
    def name(self) -> str:
        """Its name in the archive: when it began."""
        return self.folder.name

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory as it was copied."""
        return self.folder / "cluster"

    @property
    def home(self) -> Path:
        """What the home held beside the databases."""
        return self.folder / "home"

    @classmethod
    def read(cls, folder: Path) -> Self:
        """What `facts` was written to."""
        kept = json.loads((folder / FACTS).read_text())
        for name in ("began_at", "ended_at"):
            kept[name] = datetime.fromisoformat(kept[name])
        kept.setdefault("loaded", kept["demo"])  # what was made before this was noted
        return cls(folder=folder, **kept)

    def facts(self) -> dict[str, Any]:
        """Everything but the folder, for JSON."""
        kept = asdict(self) | {
            "began_at": self.began_at.isoformat(),
            "ended_at": self.ended_at.isoformat(),
        }
        del kept["folder"]
        return kept


@dataclass(frozen=True)
class Archive:
    """One archive's folder."""

    folder: Path

    @property
    def log(self) -> Path:
        """The log files."""
        return self.folder / "log"

    @property
    def backups(self) -> Path:
        """The backups."""
        return self.folder / "backups"

    @property
    def name(self) -> str:
        """Its name in RAPPORT_BACKUP."""
        return self.folder.name

    def there(self) -> bool:
        """Whether it is where it should be."""
        return (self.folder / "archive.json").is_file()

    def owner(self) -> str:
        """The home whose log this is."""
        return str(json.loads((self.folder / "archive.json").read_text())["home"])

    def keeping(self, seconds: int) -> dict[str, str | int]:
        """PostgreSQL's settings by which its log comes here, at most `seconds` after a commit."""
        return {
            "archive_mode": "on",
            "archive_command": _for(self.log, _KEEP_LOG),
            "archive_timeout": seconds,
            # A backup that takes long fetches its own log at its end.
            "wal_keep_size": "512MB",
        }

    def fetching(self) -> str:
        """PostgreSQL's `restore_command`, by which a replay reads from here."""
        return _for(self.log, _FETCH_LOG)

    def complete(self) -> list[Backup]:
        """The backups, oldest first; what was broken off is none."""
        names = (each for each in self.backups.iterdir() if not each.name.startswith("."))
        return sorted(map(Backup.read, names), key=lambda backup: backup.began_at)

    def unbroken(self, backup: Backup) -> list[Path]:
        """The log files from a backup's first on, without a gap, oldest first."""
        found, name = [], backup.first_log
        while (path := self.log / f"{name}.gz").exists():
            found.append(path)
            name = following(name)
        return found

    def reaches(self, backup: Backup) -> datetime | None:
        """The moment up to which backup and log tell everything; None while the log is missing."""
        files = self.unbroken(backup)
        if not files:
            return None
        written = datetime.fromtimestamp(files[-1].stat().st_mtime, UTC)
        return written if written >= backup.ended_at else None


def archives_in(folder: Path) -> list[Archive]:
    """Every archive in a RAPPORT_BACKUP, oldest first."""
    if not folder.is_dir():
        return []
    return [each for path in sorted(folder.iterdir()) if (each := Archive(path)).there()]


def following(name: str) -> str:
    """The name of the log file after this one."""
    timeline, step, place = name[:8], int(name[8:16], 16), int(name[16:], 16)
    step, place = divmod(step * _FILES_PER_STEP + place + 1, _FILES_PER_STEP)
    return f"{timeline}{step:08X}{place:08X}"


def engine_folder(folder: Path) -> Path:
    """Make a folder for PostgreSQL's account alone."""
    folder.mkdir(mode=0o700)
    give_to_engine(folder)
    return folder


def give_to_engine(path: Path) -> None:
    """Make PostgreSQL's account the owner of a path, where it is another than ours."""
    account = engine_account()
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)


def write_durably(path: Path, content: dict[str, Any]) -> None:
    """Write JSON that only its owner may read; on disk, name included, when this returns."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _for(log: Path, command: str) -> str:
    """A command of PostgreSQL's about this folder; a per cent sign in its name is doubled."""
    one_line = command.strip().replace("\n", "; ")
    return one_line.replace("{log}", shlex.quote(str(log)).replace("%", "%%"))
