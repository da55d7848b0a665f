"""Every declared reading of every service: served, guarded, documented, and true to its tables.

Each is asked, as a firm-side and as a client-side person, with every filter, sort, search and
condition it offers, on the migrated database and the person's own role: a column that does not
exist, a right that was not granted or a comparison of unlike types fails here.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from enum import Enum
from itertools import product
from types import ModuleType
from typing import Any, Literal, get_args, get_origin
from urllib.parse import parse_qsl, urlencode

import asyncpg
import pytest

from shared.database import Database, Dsns
from shared.errors import BadRequest, NotFound
from shared.identity import Actor, FirmRole, Membership, Side
from shared.ids import new_id
from shared.policy import Policy
from shared.reading import Detail, Listing, Op
from shared.reading.kinds import kind_of, without_none
from shared.reading.questions import View, sort_type
from shared.reading.reader import DetailReader, ListingReader
from shared.reading.specification import Column
from tests.architecture.sources import PACKAGES, modules_of, readings_of
from tests.support.hostile import HOSTILE

ENGAGEMENT, CLIENT = new_id(), new_id()
FIRM_SIDE = Actor(new_id(), "Everyone", Side.FIRM, frozenset(str(role) for role in FirmRole))
CLIENT_SIDE = Actor(
    new_id(),
    "Li",
    Side.CLIENT,
    client_id=CLIENT,
    memberships=tuple(
        Membership(ENGAGEMENT, role) for role in ("executive", "client_pm", "core", "peripheral")
    ),
)
ACTORS = (FIRM_SIDE, CLIENT_SIDE)
VALUES = {
    "text": "x",
    "bigint": "1",
    "double precision": "1.5",
    "numeric": "1.5",
    "boolean": "true",
    "uuid": str(new_id()),
    "date": "2026-11-23",
    "timestamptz": "2026-11-23T08:00:00Z",
}
each_service = pytest.mark.parametrize("service", sorted(PACKAGES))


def policy_of(package: str) -> Policy:
    """The POLICY table of a service."""
    modules: dict[str, ModuleType] = {module.__name__: module for module in modules_of(package)}
    policy: Policy = modules[f"{package}.policy"].POLICY
    return policy


def served_by(package: str) -> list[Listing | Detail]:
    """The readings in the tuples that a service's composition root hands to its app."""
    root = next(module for module in modules_of(package) if module.__name__ == f"{package}.app")
    tuples = [value for value in vars(root).values() if isinstance(value, tuple)]
    return [one for value in tuples for one in value if isinstance(one, Listing | Detail)]


def value_for(type_: Any) -> str:
    """A text that a filter of this type accepts."""
    plain = without_none(type_)
    if get_origin(plain) is list:
        return value_for(get_args(plain)[0])
    if get_origin(plain) is Literal:
        return str(get_args(plain)[0])
    if isinstance(plain, type) and issubclass(plain, Enum):
        return str(next(iter(plain)).value)
    return VALUES[kind_of(plain).cast]


def filters_of(column: Column) -> Iterator[tuple[str, str]]:
    """A query parameter for each operator a column allows."""
    for op in column.filters:
        name = column.name if op in (Op.EQ, Op.IN) else f"{column.name}.{op}"
        if op is Op.NULL:
            yield from ((name, "true"), (name, "false"))
        elif op is Op.CONTAINS:
            yield name, "x"
        else:
            one = value_for(column.filter_type or column.type)
            yield name, f"{one},{one}" if op is Op.IN else one


def questions_of(view: View) -> Iterator[str]:
    """Every way to ask a listing, one at a time."""
    yield "total=true"
    for column in view.columns.values():
        for name, value in filters_of(column):
            yield urlencode({name: value})
        if column.sortable:
            kind_of(sort_type(column))
            yield from (f"sort={column.name}", f"sort=-{column.name}")
    for condition in view.conditions.values():
        yield urlencode({condition.name: value_for(condition.type)})
    if view.search is not None:
        yield "q=hx&total=true"


@each_service
def test_every_reading_is_served_and_has_a_policy(service: str) -> None:
    policy = policy_of(PACKAGES[service])
    readings = readings_of(PACKAGES[service])
    for reading in readings:
        assert reading.policy in policy, reading.name
    served = served_by(PACKAGES[service])
    assert [reading.name for reading in readings if reading not in served] == []
    paths = [reading.path for reading in readings]
    assert len(set(paths)) == len(paths)
    assert len({reading.name for reading in readings}) == len(readings)


@each_service
def test_every_public_column_declares_its_audience(service: str) -> None:
    for reading in readings_of(PACKAGES[service]):
        for column in reading.columns:
            assert column.audience.labels, (reading.name, column.name)
            assert "worker" not in column.audience.labels, (reading.name, column.name)
        if isinstance(reading, Listing):
            for condition in reading.conditions:
                assert condition.audience.labels, (reading.name, condition.name)
            for search in reading.searches:
                assert search.audience.labels, reading.name


Asked = Callable[[Database, Listing | Detail, Actor], Awaitable[None]]
AskEach = Callable[[str, Asked], None]


@pytest.fixture
def ask_each(service_database: Callable[[str], Dsns]) -> AskEach:
    """Ask every reading of a service as each side that may."""

    async def run(service: str, asked: Asked) -> None:
        database = Database(service_database(service), pool_size=2)
        await database.open()
        policy = policy_of(PACKAGES[service])
        for reading in readings_of(PACKAGES[service]):
            for actor in ACTORS:
                if policy[reading.policy].allows(actor):
                    await asked(database, reading, actor)
        await database.close()

    return lambda service, asked: asyncio.run(run(service, asked))


@each_service
def test_every_reading_runs_as_each_side(service: str, ask_each: AskEach) -> None:
    ask_each(service, ask)


@each_service
def test_hostile_text_in_every_reading_is_only_text(service: str, ask_each: AskEach) -> None:
    ask_each(service, ask_with_hostile_text)


async def ask(database: Database, reading: Listing | Detail, actor: Actor) -> None:
    """Ask a reading in every way; nothing is there, so only the statement can fail."""
    places = {parent.name: new_id() for parent in reading.parents}
    if isinstance(reading, Detail):
        for by in filter(None, (reading.key, reading.alternative)):
            key: object = new_id() if by == reading.key else "K-1"
            with pytest.raises(NotFound):
                await DetailReader(reading).answer(database, actor, b"", places, (key, by))
        return
    reader = ListingReader(reading)
    for question in questions_of(reader.view(actor)):
        try:
            await reader.answer(database, actor, question.encode(), places)
        except NotFound:
            assert places, (reading.name, question)
        except asyncpg.PostgresError as error:
            pytest.fail(f"{reading.name}?{question} as {actor.side}: {error}")


async def ask_with_hostile_text(
    database: Database, reading: Listing | Detail, actor: Actor
) -> None:
    """Each text of the corpus in each parameter is looked for in vain, or refused as no value."""
    places = {parent.name: new_id() for parent in reading.parents}
    if isinstance(reading, Detail):
        for text, by in product(HOSTILE, filter(None, [reading.alternative])):
            with pytest.raises(NotFound):
                await DetailReader(reading).answer(database, actor, b"", places, (text, by))
        return
    reader = ListingReader(reading)
    for name in parameters_of(reader.view(actor)):
        for text in HOSTILE:
            question = urlencode({name: text})
            try:
                await reader.answer(database, actor, question.encode(), places)
            except (BadRequest, NotFound):
                continue
            except asyncpg.PostgresError as error:
                pytest.fail(f"{reading.name}?{question} as {actor.side}: {error}")


def parameters_of(view: View) -> set[str]:
    """The name of every parameter that a listing knows."""
    return {name for question in questions_of(view) for name, _ in parse_qsl(question)} | {
        *("q", "sort", "fields", "cursor", "limit", "total")
    }
