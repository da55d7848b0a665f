"""Homes made once in a run of the tests, and copied for every instance that begins with one.

All processes of a run share one folder: `deploy/checks.py` or pytest's first process makes it and
hands it on in the environment.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from deploy.account import private_folder
from tests.support.scratch import new_folder

_FOLDER: Final = "RAPPORT_TESTS_PREPARED"
_COPY: Final = ("cp", "--archive", "--reflink=auto")


def share_folder() -> Path:
    """The run's folder: the one handed on, else a new one that goes with this process."""
    if _FOLDER not in os.environ:
        folder = new_folder()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ[_FOLDER] = str(folder)
    return Path(os.environ[_FOLDER])


def copy_prepared(kind: str, make: Callable[[Path], None], home: Path) -> Path:
    """Put a copy of the run's home of a kind at `home` and return that.

    `make` makes one in a folder that does not exist yet, and leaves nothing running. Whoever asks
    first calls it; the others wait.
    """
    folder = share_folder()
    original = folder / kind
    with (folder / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            draft = folder / f"{kind}.new"
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(original)
    _copy(original, home)
    return home


def _copy(original: Path, home: Path) -> None:
    # The cluster may be a link to where its account can enter: never two homes on one cluster.
    cluster = private_folder(home / "postgres")
    subprocess.run([*_COPY, f"{(original / 'postgres').resolve()}/.", str(cluster)], check=True)
    others = [str(each) for each in original.iterdir() if each.name != "postgres"]
    subprocess.run([*_COPY, *others, str(home)], check=True)
