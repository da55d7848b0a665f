"""`rapport user`: let a person in from the command line, or erase one everywhere."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from deploy.cli.access import Opened, record_id, with_all, with_services
from deploy.cli.showing import people
from deploy.erasing import erase_again, erase_everywhere
from deploy.first_administrator import invite
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.topology import PROCESSES, gateway_port, public_url
from shared.errors import Problem
from shared.identity import FirmRole
from shared.privacy import export_person
from shared.transitions import IllegalTransition

Person = Annotated[UUID, typer.Argument(parser=record_id, metavar="PERSON")]
app = typer.Typer(help="People: add, erase, export.", no_args_is_help=True)


@app.command()
def add(
    email: str,
    name: str,
    role: Annotated[list[FirmRole], typer.Option(help="firm role; may be repeated")] = [  # noqa: B006 - typer's way of a default
        FirmRole.ADMIN
    ],
) -> None:
    """Let a firm-side person in and print the invitation link."""
    address = str(Home().state().get("address") or public_url(gateway_port()))
    try:
        answers = with_services(
            ("gateway",),
            lambda opened: invite(opened.database, address, email=email, name=name, roles=role),
        )
    except ValidationError as error:
        said = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())
        raise CannotStart(f"nobody was invited: {said.rstrip('.')}.") from error
    except IllegalTransition as error:
        raise CannotStart(
            f"{email} was not invited: somebody with this address exists already."
        ) from error
    except Problem as problem:
        raise CannotStart(f"{email} was not invited: {problem}") from problem
    typer.echo(answers["gateway"])


@app.command()
def erase(
    person: Person,
    reason: Annotated[str, typer.Option(help="kept with the erasure, not personal")],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
) -> None:
    """Erase a person's data in every service; cannot be undone.

    Takes the id of somebody who signs in, or of a contact card.

    Where one person seems to have both, the other is named and stays.
    """
    if not yes and not typer.confirm(f"Erase everything personal about {person}?"):
        raise CannotStart("nothing was erased.")
    work, others = with_all(PROCESSES, lambda services: erase_everywhere(services, person, reason))
    for service, rows in work.items():
        typer.echo(f"{service}: {rows} rows")
    typer.echo("what was being written meanwhile is erased two minutes later, once services run")
    for other in others:
        typer.echo(other.sentence())


@app.command()
def export(
    person: Person,
    firm_eyes: Annotated[
        bool, typer.Option("--firm-eyes", help="also what the firm wrote for itself")
    ] = False,
) -> None:
    """Print what is held about a person as JSON, by service and table, to be given to them."""
    held = with_services(PROCESSES, lambda opened: _export(opened, person, firm_eyes))
    typer.echo(json.dumps(held, ensure_ascii=False, indent=2, default=str))


@app.command()
def reapply_erasures() -> None:
    """Repeat every erasure; after a restore, whose backup may be older than some of them."""
    for service, erased in with_services(PROCESSES, erase_again).items():
        typer.echo(f"{service}: {people(erased)}")


async def _export(opened: Opened, person: UUID, firm_eyes: bool) -> dict[str, list[Any]]:
    async with opened.database.worker_session() as session:
        return await export_person(session, person, opened.service.personal, firm_eyes=firm_eyes)
