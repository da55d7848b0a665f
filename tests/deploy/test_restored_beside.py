"""A home is restored beside the one that was backed up, which runs on and writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.backup import recovery
from deploy.backup.choosing import way_to
from deploy.backup.restoring import lay_out
from deploy.backup.taking import close_log
from deploy.supervisor.home import Home
from tests.support.kept import running, words_in

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_a_home_that_goes_on_writing_is_restored_from_meanwhile(
    open_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Log files that come while the log is replayed are no damage to it."""
    replayed = recovery._run
    monkeypatch.setenv("RAPPORT_BACKUP", str(open_home / "backup"))
    with running(open_home / "home") as kept:
        kept.take()
        kept.note("before")
        close_log(kept.archive, kept.url)

        def replay_slowly(home: Home, settings: dict[str, str | int]) -> recovery.Replayed:
            ended = replayed(home, settings)
            for word in ("meanwhile", "and later"):
                kept.note(word)
                close_log(kept.archive, kept.url)
            return ended

        monkeypatch.setattr(recovery, "_run", replay_slowly)
        lay_out(way_to(kept.archive, None), open_home / "new", kept.home, lambda home: None)
    assert words_in(Home(open_home / "new")) == ["before"]
