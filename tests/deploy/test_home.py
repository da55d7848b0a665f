"""The home folder: secrets made once and kept private, held by one supervisor at a time."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from deploy.supervisor.home import CannotStart, Home, Secrets


def _password(folder: str) -> str:
    return Home(Path(folder)).secrets().service_password


def test_two_first_calls_at_once_see_the_same_secrets(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        seen = set(pool.map(_password, [str(tmp_path)] * 16))
    assert len(seen) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_only_the_owner_may_read_secrets_and_state(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.secrets()
    home.remember(pid=1)
    for name in ("secrets.json", "state.json"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_a_home_from_before_nats_had_users_gets_their_secret(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    kept = asdict(Secrets.generate())
    del kept["nats_secret"]
    path.write_text(json.dumps(kept))
    made = Home(tmp_path).secrets()
    assert made.nats_secret
    assert made == Home(tmp_path).secrets()
    assert asdict(made) | kept == asdict(made), "the others stay"
    assert made.nats_password("desk") != made.nats_password("clients")


def test_a_held_folder_is_refused_in_one_sentence_and_free_after_release(tmp_path: Path) -> None:
    first, second = Home(tmp_path), Home(tmp_path)
    first.take()
    assert second.held()
    with pytest.raises(CannotStart, match="already runs"):
        second.take()
    second.release()
    first.release()
    second.take()
    second.release()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    with pytest.raises(CannotStart, match="RAPPORT_HOME"):
        Home(blocked / "home").take()


def test_state_is_added_to(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.remember(pid=1, address="here")
    home.remember(pid=2)
    assert home.state() == {"pid": 2, "address": "here"}
