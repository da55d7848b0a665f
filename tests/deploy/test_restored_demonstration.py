"""A restored demonstration is as it was: nothing is loaded into it once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.demo import load
from deploy.supervisor.home import Home
from tests.support.kept import running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.mark.parametrize("loaded", [True, False])
def test_a_restored_demonstration_is_not_loaded_once_more(
    open_home: Path, monkeypatch: pytest.MonkeyPatch, loaded: bool
) -> None:
    """Also where the load came to its end after the backup that the way begins with."""
    monkeypatch.setenv("RAPPORT_BACKUP", str(open_home / "backup"))
    with running(open_home / "home") as kept:
        kept.note("some")
        kept.home.remember(founded_as="demo", demo_loaded=loaded)
        kept.take()
        kept.home.remember(demo_loaded=True)
        kept.words_at(None, new := open_home / "new")
    assert Home(new).state() == {"founded_as": "demo", "demo_loaded": True}
    said: list[str] = []
    load(Home(new), "http://127.0.0.1:1", say=said.append)
    assert said == []
