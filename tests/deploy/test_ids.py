"""What is no id is refused by the command line in one sentence, before anything is opened."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from deploy.cli import app
from deploy.supervisor.home import CannotStart


@pytest.mark.parametrize("id_", ["X", "0199f3c2"])
@pytest.mark.parametrize(
    "command",
    [
        "user erase {} --reason asked --yes",
        "user export {}",
        "events replay desk {}",
        "events discard desk {}",
        "timers revive desk {}",
    ],
)
def test_what_is_no_id_is_refused_in_one_sentence(command: str, id_: str) -> None:
    done = CliRunner().invoke(app, command.format(id_).split())
    assert isinstance(done.exception, CannotStart), done.output
    said = str(done.exception)
    assert said.startswith(f"'{id_}' is no id; ") and said.endswith(".")
