"""The second wall, by the catalogue: every table is under forced row security, and no running role
can step over it.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest

from shared.database import Dsns
from shared.provision import RUNTIME_ROLES
from tests.architecture.test_readings import each_service

OPEN_TO_CLIENTS = {"calendar_days", "calendar_hours"}
"""Tables whose rows are the same for everyone: they hold nobody's data."""
FOR_EVERY_CLIENT = {
    ("user_refs", "((side = 'firm'::text) OR (id = rapport_user()))"): "whom of the firm they meet",
    ("surveys", "(rapport_side() = 'client'::text)"): "forms: whoever is asked reads the questions",
    ("views", "((rapport_user() IS NOT NULL) AND (audience = 'public'::text))"): "shared with all",
}
"""Policies that open a row to more than those it is about, and why."""
_TIE = r"\w+ (?:= rapport_(?:user|client)\(\)|@> ARRAY\[rapport_user\(\)\])"
TIED = re.compile(rf"\({_TIE}\)|\(\({_TIE}\) AND .*\)", re.DOTALL)
"""A condition as PostgreSQL writes it, whose first part compares the row with whoever reads."""
TABLES = """
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
           pg_get_userbyid(c.relowner) AS owner
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version'
"""
READABLE = """
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm')
      AND has_any_column_privilege($1, c.oid, 'SELECT')
"""
POLICIES = """
    SELECT tablename AS name, qual FROM pg_policies
    WHERE cmd IN ('SELECT', 'ALL') AND ($1 = ANY (roles) OR 'public' = ANY (roles))
"""


def ask(dsns: Dsns, statement: str, *values: object) -> list[Any]:
    """The rows of one statement, asked as the owner."""

    async def run() -> list[Any]:
        connection = await asyncpg.connect(dsns.owner)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    return asyncio.run(run())


@each_service
def test_every_table_is_under_forced_row_security(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    tables = ask(service_database(service), TABLES)
    assert tables
    assert [table["name"] for table in tables if not table["forced"]] == []
    assert {table["owner"] for table in tables} == {f"{service}_owner"}


@each_service
def test_no_running_role_owns_or_bypasses(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    names = [f"{service}_{role}" for role in RUNTIME_ROLES]
    roles = ask(
        service_database(service),
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole AS over FROM pg_roles "
        "WHERE rolname = ANY ($1::text[])",
        names,
    )
    assert {role["rolname"]: role["over"] for role in roles} == dict.fromkeys(names, False)


@each_service
def test_client_side_people_read_only_rows_that_a_policy_ties_to_them(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    dsns = service_database(service)
    role = f"{service}_client"
    readable = {row["name"] for row in ask(dsns, READABLE, role)} - {"alembic_version"}
    policies: dict[str, list[str]] = {}
    for row in ask(dsns, POLICIES, role):
        policies.setdefault(row["name"], []).append(row["qual"] or "true")
    for table in readable - OPEN_TO_CLIENTS:
        for condition in policies.get(table, []):
            if (table, condition) not in FOR_EVERY_CLIENT:
                assert TIED.fullmatch(condition), (table, condition)
                # Of one client not everybody may know everything.
                nearer = "rapport_user()" in condition or "my_engagements()" in condition
                assert nearer or table == "client_refs", (table, condition)


@pytest.mark.parametrize(
    "condition",
    [
        "true",
        "(EXISTS ( SELECT 1 FROM members))",
        "(rapport_user() IS NOT NULL)",
        "((owner_id = rapport_user()) OR (audience = 'public'::text))",
        "(((owner_id = rapport_user()) AND kept) OR open)",
    ],
)
def test_a_policy_that_ties_no_row_to_its_reader_would_be_found(condition: str) -> None:
    assert not TIED.fullmatch(condition)
