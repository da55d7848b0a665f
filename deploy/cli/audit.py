"""`rapport audit`: whether the audit trail is what was sealed."""

from __future__ import annotations

import typer

from deploy.cli.access import Opened, check_service, with_services
from deploy.supervisor.home import CannotStart
from deploy.supervisor.topology import PROCESSES
from shared.sealer import FileAnchor, Finding, verify

app = typer.Typer(help="The audit trail: verify.", no_args_is_help=True)


@app.command(name="verify")
def verify_all() -> None:
    """Walk every chain and compare it with its anchor; exit code 1 when something is wrong."""
    wrong = 0
    for service, findings in with_services(PROCESSES, _verify).items():
        wrong += len(findings)
        typer.echo(f"{service}: {'untouched' if not findings else ''}")
        for finding in findings:
            typer.echo(f"  row {finding.seq}: {finding.kind}: {finding.detail}")
    if wrong:
        raise typer.Exit(1)


@app.command()
def accept_restore(service: str, yes: bool = typer.Option(False, "--yes")) -> None:
    """After a restore: accept that rows sealed after the backup are gone, and go on from here."""
    if not yes and not typer.confirm(f"Set the anchor of {service} aside?"):
        raise CannotStart("the anchor was left as it is.")
    with_services((check_service(service),), _set_aside)


async def _verify(opened: Opened) -> list[Finding]:
    return await verify(opened.database, opened.service.anchor)


async def _set_aside(opened: Opened) -> None:
    FileAnchor(opened.service.anchor).set_aside()
