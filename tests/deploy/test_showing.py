"""What the command line shows can be read and copied, however narrow the terminal is."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from deploy.cli import app
from deploy.cli.showing import people, show

HEADINGS = ("backup", "size", "restorable from", "to")
ROW = (
    "20261129T182651.123456Z",
    "48 MB",
    "2026-11-29T18:26:51.123456Z",
    "2026-11-29T19:26:51.123456Z",
)


@pytest.mark.parametrize(("columns", "lines"), [("200", 1), ("80", 4), ("40", 4)])
def test_no_word_of_a_table_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str, lines: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    show(HEADINGS, [ROW], title="/somewhere/[red]else")
    said = capsys.readouterr().out
    assert all(word in said for word in (*ROW, *HEADINGS, "/somewhere/[red]else"))
    assert "…" not in said
    assert len([line for line in said.splitlines() if any(w in line for w in ROW)]) == lines


def test_one_person_is_no_people() -> None:
    assert [people(count) for count in (0, 1, 2)] == ["0 people", "1 person", "2 people"]


def test_help_breaks_no_line_twice() -> None:
    """Lines of later paragraphs stay lines: one that a terminal has to break leaves a stub."""
    for path, command in commands("rapport", typer.main.get_command(app)):
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n")[1:]:
            lines = paragraph.splitlines()
            assert len(lines) == 1 or max(map(len, lines)) <= 76, f"{path}: {paragraph}"


def commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and every one below it."""
    yield path, command
    for name, each in getattr(command, "commands", {}).items():
        yield from commands(f"{path} {name}", each)
