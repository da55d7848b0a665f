"""Every table that names a client is moved when clients are merged, or says why it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

import pytest

from shared.database import Dsns
from shared.following import Owned
from tests.architecture.test_readings import each_service
from tests.architecture.test_row_security import ask
from tests.support.projections import projections_of

HOMES = {
    "clients": "services.clients.merges.store",
    "desk": "services.desk.belonging",
    "engagements": "services.engagements.belonging",
    "surveys": "services.surveys.belonging",
    "gateway": "gateway.belonging",
}
NAMING = """
    SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t
    USING (table_schema, table_name) WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
    AND c.column_name = 'client_id'
"""
ITSELF = {"client_refs"}
"""Tables whose row is a client, by its own id."""


def declared(service: str) -> tuple[Sequence[Owned], Mapping[str, str]]:
    home = import_module(HOMES[service])
    return home.OWNED, home.STAYING


def moved(service: str) -> set[str]:
    owned, _ = declared(service)
    return {each.table for each in owned} | {part.table for each in owned for part in each.parts}


@each_service
def test_every_table_that_names_a_client_is_moved_or_says_why_not(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    found = {row["name"] for row in ask(service_database(service), NAMING)}
    assert found
    _, staying = declared(service)
    assert found == moved(service) | (set(staying) - ITSELF)
    assert not moved(service) & set(staying)


@each_service
def test_what_follows_by_event_is_a_projection_of_the_service(service: str) -> None:
    _, staying = declared(service)
    follows = {name for name, why in staying.items() if why.startswith("a projection")}
    assert follows <= set(projections_of(service))
    assert not moved(service) & set(projections_of(service))


@pytest.mark.parametrize("service", sorted(HOMES))
def test_parts_come_with_a_row_of_the_same_client(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    """Each part names its row in the column that it is declared by."""
    dsns = service_database(service)
    for kind in declared(service)[0]:
        for part in kind.parts:
            columns = "SELECT column_name AS name FROM information_schema.columns"
            names = {r["name"] for r in ask(dsns, f"{columns} WHERE table_name = $1", part.table)}
            assert {"client_id", part.of} <= names, part.table
