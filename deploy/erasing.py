"""Erasing a person in every service, and telling what else may be theirs.

Nothing but a stakeholder profile links who signs in to a contact card of the same person: the firm
writes cards for itself, also about those who never sign in, and a mail address may be shared. So an
erasure takes what hangs on the id that was given, and names the rest for a person to judge
(docs/decisions/0025).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import text

from deploy.cli.access import Opened
from deploy.supervisor.home import CannotStart
from shared.erasing import erase_at_once, reapply_erasures
from shared.privacy import export_person

_PEOPLE: Final = {"gateway": ("users", "sign-in"), "clients": ("contacts", "contact card")}
"""Where people have a mail address of their own, by service: the table, and what a row is."""
_PROFILED: Final = text(
    "SELECT unnest(ARRAY[user_id, contact_id]) FROM stakeholders"
    " WHERE :person IN (user_id, contact_id)"
)


@dataclass(frozen=True)
class Namesake:
    """A sign-in or a contact card of, it seems, the person who was erased."""

    what: str
    id: UUID
    profiled: bool
    """True when a stakeholder profile says so, False when the mail address alone does."""

    def sentence(self) -> str:
        """What stays, why it may be the same person, and how to erase it; names nobody."""
        why = "is in the same stakeholder profile" if self.profiled else "has the same mail address"
        return (
            f"not erased: the {self.what} {self.id} {why}; if it is the same person:"
            f" rapport user erase {self.id} --reason ..."
        )


async def erase_everywhere(
    services: Mapping[str, Opened], person: UUID, reason: str
) -> tuple[dict[str, int], list[Namesake]]:
    """Erase a person in each service: the rows changed there, and who may be the same person.

    Raises `CannotStart` where no service holds anything of the id: a mistyped one is not kept.
    """
    if not await _known(services, person):
        raise CannotStart(f"nobody has the id {person}; nothing was erased.")
    addresses = await _addresses(services, person)
    rows = {name: await _erase(opened, person, reason) for name, opened in services.items()}
    return rows, await _namesakes(services, person, addresses)


async def _known(services: Mapping[str, Opened], person: UUID) -> bool:
    """Whether any service holds something of the person, or erased them before."""
    erased = text("SELECT 1 FROM erasures WHERE person_id = :person")
    for opened in services.values():
        async with opened.database.worker_session() as session:
            if await session.scalar(erased, {"person": person}):
                return True
            if await export_person(session, person, opened.service.personal, firm_eyes=True):
                return True
    return False


async def _erase(opened: Opened, person: UUID, reason: str) -> int:
    return await erase_at_once(
        opened.database, person, opened.service.personal, opened.service.ledger,
        reason=reason, published=opened.service.published, parting=opened.service.parting,
    )  # fmt: skip


async def _addresses(services: Mapping[str, Opened], person: UUID) -> list[str]:
    """The mail addresses of a person, as they stand before an erasure."""
    found = []
    for name, (table, _) in _PEOPLE.items():
        asked = text(f"SELECT lower(email) FROM {table} WHERE id = :person AND email IS NOT NULL")
        async with services[name].database.worker_session() as session:
            found += (await session.execute(asked, {"person": person})).scalars()
    return found


async def _namesakes(
    services: Mapping[str, Opened], person: UUID, addresses: list[str]
) -> list[Namesake]:
    """Who else has one of these mail addresses or is in a profile with the person."""
    async with services["engagements"].database.worker_session() as session:
        profiled = set((await session.execute(_PROFILED, {"person": person})).scalars())
    values = {"person": person, "addresses": addresses, "profiled": [*filter(None, profiled)]}
    found = []
    for name, (table, what) in _PEOPLE.items():
        asked = text(
            f"SELECT id FROM {table} WHERE id <> :person AND (id = ANY(:profiled)"
            " OR lower(email) = ANY(:addresses)) AND id NOT IN (SELECT person_id FROM erasures)"
            " ORDER BY id"
        )
        async with services[name].database.worker_session() as session:
            ids = (await session.execute(asked, values)).scalars()
        found += [Namesake(what, each, each in profiled) for each in ids]
    return found


async def erase_again(opened: Opened) -> int:
    """Repeat every erasure in a service, after a restore; how many people."""
    service = opened.service
    return await reapply_erasures(
        opened.database,
        service.personal,
        service.ledger,
        published=service.published,
        parting=service.parting,
    )
