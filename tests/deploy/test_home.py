"""The home folder: secrets made once and kept private, held by one supervisor at a time."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest

from deploy.supervisor.home import CannotStart, Home, Secrets
from deploy.supervisor.run import run


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


DAMAGED = {"cut short": '{"pid": 1', "empty": "", "a list": "[1]", "no text": "\udcff"}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
@pytest.mark.parametrize("name", ["state.json", "secrets.json"])
def test_a_damaged_file_is_named_with_its_mend(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_bytes(content.encode("utf-8", "surrogateescape"))
    home = Home(tmp_path)
    with pytest.raises(CannotStart, match=rf"{name} (cannot be read|holds no JSON object).*; \w+"):
        home.state() if name == "state.json" else home.secrets()


def test_secrets_of_another_shape_are_named_with_their_mend(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text('{"postgres_password": "x", "colour": "red"}')
    with pytest.raises(CannotStart, match=r"secrets\.json does not hold .* backup"):
        Home(tmp_path).secrets()


def test_a_damaged_state_ends_the_start_with_one_sentence_and_exit_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path))
    (tmp_path / "state.json").write_text("{")
    assert run(demo=False) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "state.json" in said
