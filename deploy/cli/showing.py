"""Tables whose every word can be copied: where the terminal is too narrow, they are lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

_ANY: Final = 10_000
"""Wider than whatever is shown."""


def show(headings: Sequence[str], rows: Sequence[Sequence[str]], *, title: str = "") -> None:
    """Print rows as a table, or each as lines of heading and value where it would be cut."""
    console = Console()
    table = Table(*headings, title=escape(title) or None)
    for row in rows:
        table.add_row(*map(escape, row))
    if console.measure(table, options=console.options.update(width=_ANY)).maximum <= console.width:
        console.print(table)
        return
    if title:
        typer.echo(title)
    wide = max(map(len, headings))
    for row in rows:
        typer.echo()
        for heading, value in zip(headings, row, strict=True):
            typer.echo(f"{heading:<{wide}}  {value}".rstrip())


def people(count: int) -> str:
    """How many people, as a sentence has it."""
    return "1 person" if count == 1 else f"{count} people"
