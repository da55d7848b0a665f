"""The second wall by itself: every reading with its scope switched off, on the client side's role.

Each service is filled by the scene of its matrix. Whose records they are is shown something by
every reading the client side may ask; a stranger is shown none of it. What the firm alone may ask
shows nobody of the client side anything, whatever columns are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg
import orjson

from shared.database import Database, Dsns
from shared.identity import SYSTEM, Actor, Side
from shared.ids import new_id
from shared.policy import Policy
from shared.reading import Detail, Listing
from tests.architecture.sources import PACKAGES, readings_of
from tests.architecture.test_readings import CLIENT_SIDE, FIRM_SIDE, policy_of
from tests.gateway.support import HENGDA, HUAXIN, Gateway, running
from tests.security import (
    test_matrix_clients,
    test_matrix_desk,
    test_matrix_engagements,
    test_matrix_surveys,
)
from tests.services.clients.conftest import Registry, registry, registry_settings
from tests.services.desk.conftest import Desk, clock, desk, desk_settings
from tests.services.engagements.conftest import Engagements, engagements, engagements_settings
from tests.services.surveys.conftest import office
from tests.services.surveys.office import Office
from tests.support.plans import compile_unscoped
from tests.support.services import client_side

__all__ = [
    "clock",
    "desk",
    "desk_settings",
    "engagements",
    "engagements_settings",
    "office",
    "registry",
    "registry_settings",
]

FIRM_ONLY: Final = frozenset({"clients"})
"""Services that show the client side nothing at all."""


NOBODYS: Final = frozenset({"survey", "surveys"})
"""Forms: the same for every client, and whoever is asked reads the questions."""


def asked_by_clients(package: str, policy: Policy) -> list[Listing | Detail]:
    """The readings of a service that its policy lets the client side ask."""
    return [each for each in readings_of(package) if policy[each.policy].allows(CLIENT_SIDE)]


async def shown(database: Database, reading: Listing | Detail, actor: Actor) -> set[str]:
    """The ids of the rows that row security alone lets through to this person."""
    sql, arguments = compile_unscoped(reading, actor)
    async with database.read(actor) as connection:
        return {orjson.loads(text)["id"] for (text,) in await connection.fetch(sql, *arguments)}


async def breaches(
    dsns: Dsns, service: str, owners: Sequence[Actor], strangers: Collection[Actor]
) -> list[str]:
    """Each reading that shows its owners nothing, and each that shows a stranger what is theirs."""
    database = Database(dsns, pool_size=2)
    await database.open()
    wrong = []
    for reading in asked_by_clients(PACKAGES[service], policy_of(PACKAGES[service])):
        theirs = set().union(*[await shown(database, reading, owner) for owner in owners])
        if not theirs:
            wrong.append(f"{reading.name}: nothing is there")
        for who in strangers:
            leaked = theirs & await shown(database, reading, who)
            if leaked:
                wrong.append(f"{reading.name} shows {who.name}: {leaked}")
    await database.close()
    return wrong


def kept_by_the_firm(package: str) -> list[Listing | Detail]:
    """The readings of a service that its policy keeps from the client side."""
    policy = policy_of(package)
    return [each for each in readings_of(package) if not policy[each.policy].allows(CLIENT_SIDE)]


async def pried_open(dsns: Dsns, service: str, people: Collection[Actor]) -> list[str]:
    """Each of the firm's readings that shows one of these people more than their own account."""
    database = Database(dsns, pool_size=2)
    await database.open()
    wrong, filled = [], 0
    for reading in kept_by_the_firm(PACKAGES[service]):
        if reading.name in NOBODYS:
            continue
        filled += bool(await in_full(database, reading, FIRM_SIDE, SYSTEM))
        for who in people:
            reader = replace(FIRM_SIDE, user_id=who.user_id, client_id=who.client_id)
            try:
                found = await in_full(database, reading, reader, who)
            except asyncpg.InsufficientPrivilegeError:
                continue
            if found - {str(who.user_id)}:
                wrong.append(f"{reading.name} shows {who.name} {len(found)} rows")
    await database.close()
    assert filled, "there is nothing to be shown"
    return wrong


async def in_full(
    database: Database, reading: Listing | Detail, columns_of: Actor, who: Actor
) -> set[str]:
    """What row security lets through to `who`, in somebody else's columns: ids, or rows without."""
    sql, arguments = compile_unscoped(reading, columns_of)
    async with database.read(who, exclusions=True) as connection:
        rows = [orjson.loads(text) for (text,) in await connection.fetch(sql, *arguments)]
    return {row.get("id", repr(row)) for row in rows}


def moved(actor: Actor, client_id: UUID | None) -> Actor:
    """The same person once their affiliation is another, or has ended."""
    assert client_id is None or client_id != actor.client_id
    return replace(actor, client_id=client_id, name=f"{actor.name}, now of {client_id}")


def test_every_service_that_answers_the_client_side_is_looked_at() -> None:
    answering = {
        service
        for service, package in PACKAGES.items()
        if asked_by_clients(package, policy_of(package))
    }
    assert answering == {"desk", "engagements", "surveys", "gateway"} == set(PACKAGES) - FIRM_ONLY


async def test_the_desk_shows_a_case_to_its_requester_alone(desk: Desk) -> None:
    cast = desk.cast
    await test_matrix_desk.scene_of(desk)
    strangers = [cast.rival, cast.core, cast.left, moved(cast.pm, cast.hengda)]
    strangers.append(moved(cast.pm, None))
    assert await breaches(desk.dsns, "desk", [cast.pm], strangers) == []
    assert await pried_open(desk.dsns, "desk", [cast.pm, *strangers]) == []


async def test_this_look_itself_can_fail(desk: Desk) -> None:
    owner = desk.cast.pm
    assert len(await breaches(desk.dsns, "desk", [owner], [])) > 1, "an empty desk shows nothing"
    await test_matrix_desk.scene_of(desk)
    assert len(await breaches(desk.dsns, "desk", [owner], [owner])) > 1


async def test_engagements_show_themselves_to_their_live_members_alone(
    engagements: Engagements,
) -> None:
    cast = engagements.cast
    scene = await test_matrix_engagements.scene_of(engagements)
    charter = f"/deliverables/{scene['deliverable_id']}"
    await engagements.post(cast.core, f"{charter}/request-check")
    await engagements.post(cast.pm, f"{charter}/check", {"passed": True})
    owners = [cast.pm, cast.ceo, cast.core]
    strangers = [cast.rival, cast.it, cast.left, moved(cast.pm, cast.hengda), moved(cast.pm, None)]
    assert await breaches(engagements.dsns, "engagements", owners, strangers) == []
    assert await pried_open(engagements.dsns, "engagements", [*owners, *strangers]) == []


async def test_surveys_show_an_invitation_to_whom_it_invites_alone(office: Office) -> None:
    await test_matrix_surveys.scenes_of(office)
    owner, colleague = office.team[1].actor, office.team[2].actor
    strangers = [colleague, moved(owner, HENGDA), moved(owner, None)]
    strangers.append(Actor(new_id(), "rival", Side.CLIENT, client_id=HENGDA))
    assert await breaches(office.dsns, "surveys", [owner], strangers) == []
    assert await pried_open(office.dsns, "surveys", [owner, *strangers]) == []


async def test_the_registry_shows_the_client_side_nothing(registry: Registry) -> None:
    scene = await test_matrix_clients.scene_of(registry)
    people = [client_side("of the client itself", UUID(scene["client_id"])), registry.client_pm]
    assert await pried_open(registry.dsns, "clients", people) == []


async def test_the_door_shows_an_account_its_views_and_findings_to_their_person_alone(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    async with running(service_database("gateway"), nats_url, tmp_path) as gateway:
        owner = person(gateway, "pm@huaxin.example", HUAXIN)
        await keep_a_view_and_a_finding(gateway, owner)
        strangers = [
            person(gateway, "pm@hengda.example", HENGDA),
            person(gateway, "ceo@huaxin.example", HUAXIN),
            person(gateway, "left@huaxin.example", None),
        ]
        assert await breaches(gateway.dsns, "gateway", [owner], strangers) == []
        assert await pried_open(gateway.dsns, "gateway", [owner, *strangers]) == []


def person(gateway: Gateway, email: str, client_id: UUID | None) -> Actor:
    """Somebody of a client, as the door knows them."""
    return Actor(gateway.ids[email], email, Side.CLIENT, client_id=client_id)


async def keep_a_view_and_a_finding(gateway: Gateway, owner: Actor) -> None:
    """A personal view of theirs, and a case that their search finds."""
    async with await gateway.signed_in(owner.name) as client:
        view = {"collection": "cases", "name": "x", "address": "status=new"}
        assert (await client.post("/api/v1/views", json=view)).status_code == 201
    await gateway.sql(
        "INSERT INTO search_entries (id, kind, title, client_id, client_users, excluded, roles,"
        " search, updated_at) VALUES ($1, 'case', 'x', $2, ARRAY[$3::uuid], '{}', '{}', '', now())",
        new_id(),
        owner.client_id,
        owner.user_id,
    )
