"""What a person sees when the instance is up: the address and how to sign in."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from deploy import demo as demonstration
from deploy.first_administrator import invitation_link
from deploy.supervisor.home import CannotStart, Home


def first_steps(home: Home, address: str, *, demo: bool) -> None:
    """Load the demonstration into an empty instance, or invite its first administrator; then
    show the address and how to sign in."""
    console = Console(width=100, highlight=False)
    if demo:
        try:
            demonstration.load(home, address, say=console.print)
        except CannotStart as sentence:
            console.print(f"[red]{escape(str(sentence))}[/red]")
        console.print(_sign_ins())
    else:
        link = invitation_link(home, address)
        if link is not None:
            console.print(f"One-time invitation for the first administrator: {link}")
    console.print(f"Rapport is ready: [bold]{address}/[/bold]   (API: {address}/api/docs)")


def _sign_ins() -> Table:
    table = Table(title=f"Demonstration sign-ins, password: {demonstration.PASSWORD}")
    for heading in ("side", "address", "name", "who"):
        table.add_column(heading)
    for person in demonstration.PEOPLE:
        table.add_row(person.organisation, person.email, person.name, person.sign_in)
    return table
