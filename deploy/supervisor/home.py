"""RAPPORT_HOME: all local state of one instance, held by one supervisor at a time."""

from __future__ import annotations

import contextlib
import fcntl
import hmac
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from shared.identity import generate_keys

DEFAULT_HOME: Final = ".rapport"


class CannotStart(Exception):
    """One sentence that names what is missing or taken, and the mend; exit code 2."""


@dataclass(frozen=True)
class Secrets:
    """What the instance made up at its first start and never shows."""

    postgres_password: str
    service_password: str
    identity_private_key: str
    identity_public_key: str
    nats_secret: str

    @classmethod
    def generate(cls) -> Secrets:
        """New passwords and a new Ed25519 key pair."""
        private, public = generate_keys()
        made = (secrets.token_urlsafe(24) for _ in range(3))
        return cls(next(made), next(made), private, public, next(made))

    def nats_password(self, user: str) -> str:
        """The password of a NATS user; none of them tells anything about another's."""
        return self.derived(user)

    def derived(self, purpose: str) -> str:
        """A secret for one purpose; it tells nothing about the others."""
        return hmac.new(self.nats_secret.encode(), purpose.encode(), "sha256").hexdigest()


class Home:
    """The folder of one instance."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or Path(os.environ.get("RAPPORT_HOME") or DEFAULT_HOME)).absolute()
        self._lock: IO[str] | None = None

    def take(self) -> None:
        """Hold the folder for this process. Raises `CannotStart` when another one does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / "lock").open("a+")
        except OSError as error:
            raise CannotStart(
                f"{self.folder} cannot be written to ({error.strerror}); "
                "set RAPPORT_HOME to a folder that is yours."
            ) from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = self.state().get("pid", "unknown")
            raise CannotStart(
                f"Rapport already runs from {self.folder} (process {pid}); "
                "stop it, or set RAPPORT_HOME and RAPPORT_PORT for a second instance."
            ) from error
        if self._unfinished.exists():
            self.release()
            raise CannotStart(
                f"a restore into {self.folder} was broken off; remove it and restore again."
            )

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished"

    def mark_unfinished(self) -> None:
        """Say of a home that is being laid out that nobody can start from it yet."""
        self._unfinished.touch()

    def mark_finished(self) -> None:
        """From now on it can be started from."""
        self._unfinished.unlink()

    def release(self) -> None:
        """Let go; also called in forked children, which must not keep the folder held."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def held(self) -> bool:
        """Whether a supervisor runs from this folder now."""
        path = self.folder / "lock"
        if not path.exists():
            return False
        with path.open("a+") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def secrets(self) -> Secrets:
        """The instance's secrets, made at the first call; a file only its owner may read.

        Raises `CannotStart` where they cannot be read.
        """
        path = self.folder / "secrets.json"
        if not path.exists():
            draft = self._draft(path, asdict(Secrets.generate()))
            with contextlib.suppress(FileExistsError):
                # A link, not a rename: of two first calls at once, one decides.
                os.link(draft, path)
            draft.unlink()
        mend = "put it back from a backup: the databases open with these secrets alone."
        kept = _read(path, mend)
        if "nats_secret" not in kept:
            # A home from before NATS had users.
            kept["nats_secret"] = secrets.token_urlsafe(24)
            self._write_private(path, kept)
        try:
            return Secrets(**kept)
        except TypeError as error:
            raise CannotStart(f"{path} does not hold the secrets it should; {mend}") from error

    def state(self) -> dict[str, Any]:
        """What the last supervisor wrote about itself: pid, address, ports.

        Raises `CannotStart` where it cannot be read.
        """
        path = self.folder / "state.json"
        mend = "move it away: the next start writes it anew."
        return _read(path, mend) if path.exists() else {}

    def remember(self, **facts: Any) -> None:
        """Add to `state`."""
        self._write_private(self.folder / "state.json", {**self.state(), **facts})

    def _write_private(self, path: Path, content: dict[str, Any]) -> None:
        self._draft(path, content).replace(path)

    def _draft(self, path: Path, content: dict[str, Any]) -> Path:
        """A complete file beside `path` that only its owner may read."""
        draft = path.with_suffix(f".{os.getpid()}.new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(content, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        return draft


def _read(path: Path, mend: str) -> dict[str, Any]:
    """The JSON object in a file. Raises `CannotStart`, with the mend, where there is none."""
    try:
        kept = json.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise CannotStart(f"{path} cannot be read ({error}); {mend}") from error
    if not isinstance(kept, dict):
        raise CannotStart(f"{path} holds no JSON object; {mend}")
    return kept
