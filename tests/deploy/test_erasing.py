"""An erasure takes what hangs on an id, and tells what else may be the same person's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, cast
from uuid import UUID

import asyncpg

from deploy.cli.access import Opened
from deploy.erasing import Namesake, erase_everywhere
from deploy.supervisor.home import Home
from gateway.personal import PERSONAL as ACCOUNTS
from services.clients.personal import PERSONAL as CARDS
from services.desk.personal import PERSONAL as CASES
from services.engagements.personal import PERSONAL as TEAMS
from services.surveys.personal import PERSONAL as ANSWERS
from shared.bus import Bus
from shared.database import Database, Dsns
from shared.ids import new_id
from shared.privacy import ErasureLedger, PersonalColumns
from shared.service import Service

PERSONAL: Final[dict[str, Sequence[PersonalColumns]]] = {
    "gateway": ACCOUNTS,
    "clients": CARDS,
    "engagements": TEAMS,
    "desk": CASES,
    "surveys": ANSWERS,
}
THREE: Final = ("gateway", "clients", "engagements")
ADDRESS = "lin.xia@huaxin.example"


class Described:
    """Of a service what an erasure asks for."""

    def __init__(self, name: str, home: Path) -> None:
        self.name, self.personal, self.published = name, PERSONAL[name], dict[str, object]()
        self.ledger = ErasureLedger(home / "anchors" / f"{name}.erased")
        self.parting = None


@asynccontextmanager
async def opened(
    database_of: Callable[[str], Dsns], home: Path, names: Iterable[str]
) -> AsyncIterator[dict[str, Opened]]:
    """Services by name, open."""
    async with AsyncExitStack() as stack:
        services = {}
        for name in names:
            database = Database(database_of(name), pool_size=1)
            await database.open()
            stack.push_async_callback(database.close)
            described = cast(Service, Described(name, home))
            services[name] = Opened(described, database, cast(Bus, None), Home(home))
        yield services


async def sign_in(service: Opened, email: str) -> UUID:
    """Somebody who can sign in."""
    user_id = new_id()
    await written(
        service,
        "INSERT INTO users (id, email, name, side, language, status, sessions_since, created_at,"
        " updated_at, version)"
        " VALUES ($1, $2, 'x', 'client', 'zh', 'active', now(), now(), now(), 1)",
        user_id,
        email,
    )
    return user_id


async def card(service: Opened, email: str) -> UUID:
    """A contact card of a client of its own."""
    contact_id = new_id()
    await written(
        service,
        "INSERT INTO clients (id, number, legal_name, comparison_name, spelled_name, stage,"
        " created_by, created_at, updated_at)"
        " VALUES ($1, gen_random_uuid()::text, 'x', 'x', 'x', 'active', $1, now(), now())",
        contact_id,
    )
    await written(
        service,
        "INSERT INTO contacts (id, client_id, name, email, created_by, created_at, updated_at)"
        " VALUES ($1, $1, 'x', $2, $1, now(), now())",
        contact_id,
        email,
    )
    return contact_id


async def profile(service: Opened, user_id: UUID, contact_id: UUID) -> None:
    """A stakeholder profile of somebody who signs in and has a card."""
    await written(
        service,
        "INSERT INTO engagements (id, number, client_id, title, status, small, domains, starts_on,"
        " historical, created_by, created_at, updated_at, version) VALUES ($1, 'E-1', $1, 'x',"
        " 'draft', false, '{}', current_date, false, $1, now(), now(), 1)",
        user_id,
    )
    await written(
        service,
        "INSERT INTO stakeholders (id, engagement_id, client_id, user_id, contact_id, name,"
        " influence, interest, stance_now, stance_wanted, created_at, updated_at, version)"
        " VALUES ($1, $1, $1, $1, $2, 'x', 3, 3, 'neutral', 'supportive', now(), now(), 1)",
        user_id,
        contact_id,
    )


async def written(service: Opened, statement: str, *values: object) -> None:
    """Run a statement as Rapport itself."""
    connection = await asyncpg.connect(service.database.dsns.worker)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()


async def test_erasing_who_signs_in_names_the_contact_cards_that_stay_and_how_to_erase_them(
    service_database: Callable[[str], Dsns], tmp_path: Path
) -> None:
    async with opened(service_database, tmp_path, THREE) as services:
        person = await sign_in(services["gateway"], ADDRESS)
        await sign_in(services["gateway"], "somebody@else.example")
        same = await card(services["clients"], ADDRESS.replace("lin", "Lin"))
        await card(services["clients"], "other@huaxin.example")
        _, others = await erase_everywhere(services, person, "asked")
        assert others == [Namesake("contact card", same, profiled=False)]
        said = others[0].sentence()
        assert f"rapport user erase {same} --reason" in said
        rows, others = await erase_everywhere(services, same, "asked")
        assert rows["clients"] > 0
        assert others == [], "who is erased already is no matter for anybody"


async def test_a_stakeholder_profile_also_tells_who_is_who(
    service_database: Callable[[str], Dsns], tmp_path: Path
) -> None:
    async with opened(service_database, tmp_path, THREE) as services:
        person = await sign_in(services["gateway"], ADDRESS)
        same = await card(services["clients"], "lin@private.example")
        await profile(services["engagements"], person, same)
        _, others = await erase_everywhere(services, person, "asked")
        assert others == [Namesake("contact card", same, profiled=True)]


async def test_an_erased_account_is_closed_and_nothing_is_given_to_it_anywhere(
    service_database: Callable[[str], Dsns], tmp_path: Path
) -> None:
    async with opened(service_database, tmp_path, PERSONAL) as services:
        door = services.pop("gateway")
        person = await sign_in(door, ADDRESS)
        for service in services.values():
            await known(service, person)
        await erase_everywhere(services | {"gateway": door}, person, "asked")
        assert await found(door, "SELECT status FROM users WHERE id = $1", person) == "deactivated"
        for name, service in services.items():
            active = await found(service, "SELECT active FROM user_refs WHERE id = $1", person)
            assert active is False, name


async def known(service: Opened, user_id: UUID) -> None:
    """The service has heard of somebody who can sign in; what it asks for beyond is left empty."""
    await written(
        service,
        "INSERT INTO user_refs SELECT (json_populate_record(NULL::user_refs, json_build_object("
        "'id', $1::uuid, 'name', 'x', 'side', 'firm', 'roles', json_build_array('agent'),"
        " 'active', true, 'deactivated', false, 'language', 'zh', 'epoch', 1, 'version', 1))).*",
        user_id,
    )


async def found(service: Opened, asked: str, *values: object) -> object:
    """The one value that a statement reads as Rapport itself."""
    connection = await asyncpg.connect(service.database.dsns.worker)
    try:
        return await connection.fetchval(asked, *values)
    finally:
        await connection.close()
