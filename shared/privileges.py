"""Grants and row security of the tables that shared modules own, as DDL templates.

Every statement is a template with `{service}`; `shared/migrating.py` fills it in. These tables
belong to the machinery: the worker role works on them, the roles that people act with may at most
append. All of them have forced row security, so that a grant alone opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PEOPLE: Final = ("firm", "client")
"""The roles that people's requests run on."""


def worker_table(table: str, *, appended_by: Sequence[str] = ()) -> list[str]:
    """DDL that opens `table` to the worker (and the owner's functions), append-only to others."""
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {{service}}_worker",
        (
            f"CREATE POLICY {table}_worker ON {table} TO {{service}}_worker, {{service}}_owner"
            " USING (true) WITH CHECK (true)"
        ),
    ]
    for role in appended_by:
        statements += [
            f"GRANT INSERT ON {table} TO {{service}}_{role}",
            (
                f"CREATE POLICY {table}_append_{role} ON {table} FOR INSERT"
                f" TO {{service}}_{role} WITH CHECK (true)"
            ),
        ]
    return statements


def own_rows(table: str, column: str, *, verbs: str, roles: Sequence[str] = PEOPLE) -> list[str]:
    """DDL that lets people use the rows of `table` whose `column` is their own user id."""
    statements = []
    for role in roles:
        statements += [
            f"GRANT {verbs} ON {table} TO {{service}}_{role}",
            (
                f"CREATE POLICY {table}_own_{role} ON {table} TO {{service}}_{role}"
                f" USING ({column} = rapport_user()) WITH CHECK ({column} = rapport_user())"
            ),
        ]
    return statements


def definer_function(signature: str, body: str, *, returns: str = "void") -> list[str]:
    """DDL of an SQL function with its owner's rights, for all three roles and nobody else.

    `signature` names types and parameters, `name(p_id uuid, p_key text)`.
    """
    name, _, rest = signature.partition("(")
    types = ", ".join(part.split()[1] for part in rest.rstrip(")").split(","))
    roles = ", ".join(f"{{service}}_{role}" for role in (*PEOPLE, "worker"))
    return [
        (
            f"CREATE FUNCTION {signature} RETURNS {returns} LANGUAGE sql SECURITY DEFINER"
            f" SET search_path = public, pg_temp AS $$ {body} $$"
        ),
        f"REVOKE ALL ON FUNCTION {name}({types}) FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name}({types}) TO {roles}",
    ]
