"""Alembic per service, and the pieces every service's migrations are made of.

A service's first revision reads:

    def upgrade() -> None:
        create_shared_tables("desk")
        op.execute("CREATE TABLE cases (...)")
        secure("desk", "cases", client="requester_id = rapport_user() AND client_id = "
               "rapport_client()", firm="NOT (about_user_ids @> ARRAY[rapport_user()])")

`secure` is the second wall: forced row security, one policy per role, grants per role.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from alembic import command, context, op
from alembic.config import Config
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine

CONTEXT_FUNCTIONS: Final = {
    "rapport_user() RETURNS uuid": "nullif(current_setting('rapport.user_id', true), '')::uuid",
    "rapport_client() RETURNS uuid": "nullif(current_setting('rapport.client_id', true), '')::uuid",
    "rapport_side() RETURNS text": "nullif(current_setting('rapport.side', true), '')",
}
"""What row-security policies ask; NULL where no context is set, so that no row matches."""

SHARED_TABLES: Final = (
    "shared.outbox",
    "shared.inbox",
    "shared.deadletters",
    "shared.idempotency",
    "shared.audit",
    "shared.jobs",
    "shared.limits",
    "shared.privacy",
    "shared.calendar",
    "shared.mail",
)
"""Modules with a `DDL: list[str]` that every service database holds."""


def package_of(service: str) -> str:
    """The Python package of a service: the gateway stands at the top level."""
    return "gateway" if service == "gateway" else f"services.{service}"


def migrations_of(service: str) -> Path:
    """The folder of a service's Alembic revisions."""
    module = importlib.import_module(package_of(service))
    assert module.__file__ is not None
    return Path(module.__file__).parent / "migrations"


def migrate(service: str, owner_dsn: str, revision: str = "head") -> None:
    """Bring a service's database to `revision`; does nothing when it is there.

    Blocking: from a running event loop call it in a thread.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations_of(service)).replace("%", "%%"))
    config.attributes["dsn"] = owner_dsn
    command.upgrade(config, revision)


def run_migrations() -> None:
    """The whole of every service's `migrations/env.py`."""
    asyncio.run(_run_migrations(context.config.attributes["dsn"]))


async def _run_migrations(dsn: str) -> None:
    url = dsn.replace("postgresql://", "postgresql+asyncpg://", 1)
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_apply)
        await connection.commit()
    await engine.dispose()


def _apply(connection: Connection) -> None:
    context.configure(connection=connection, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


def create_shared_tables(service: str) -> None:
    """Context functions, schema rights and the tables of `shared/` in a service's database."""
    for signature, body in CONTEXT_FUNCTIONS.items():
        op.execute(
            f"CREATE FUNCTION {signature} LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT {body} $$"
        )
    op.execute("CREATE SCHEMA shadow")
    roles = ", ".join(f"{service}_{role}" for role in ("firm", "client", "worker"))
    op.execute(f"GRANT USAGE ON SCHEMA public TO {roles}")
    op.execute(f"GRANT USAGE, CREATE ON SCHEMA shadow TO {service}_worker")
    for name in SHARED_TABLES:
        for statement in importlib.import_module(name).DDL:
            op.execute(statement.replace("{service}", service))


def secure(
    service: str,
    table: str,
    *,
    client: str | None,
    firm: str = "true",
    client_columns: Iterable[str] = (),
    client_writes: Iterable[str] = (),
    firm_rights: str = "SELECT, INSERT, UPDATE, DELETE",
) -> None:
    """Force row security on a table and grant each role what it needs, nothing more.

    `client` and `firm` are SQL expressions over the row (None: the client role gets no right at
    all). `client_columns` are the columns the client role may read; `client_writes` the commands
    it may run, such as `("INSERT",)` or `("UPDATE (status)",)`.
    """
    for statement in _statements(
        service,
        table,
        client=client,
        firm=firm,
        client_columns=tuple(client_columns),
        client_writes=tuple(client_writes),
        firm_rights=firm_rights,
    ):
        op.execute(statement)


def _statements(
    service: str,
    table: str,
    *,
    client: str | None,
    firm: str,
    client_columns: tuple[str, ...],
    client_writes: tuple[str, ...],
    firm_rights: str,
) -> list[str]:
    statements = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY owner_all ON {table} TO {service}_owner USING (true) WITH CHECK (true)",
        f"CREATE POLICY worker_all ON {table} TO {service}_worker USING (true) WITH CHECK (true)",
        f"CREATE POLICY firm_rows ON {table} TO {service}_firm USING ({firm}) WITH CHECK ({firm})",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {service}_worker",
        f"GRANT {firm_rights} ON {table} TO {service}_firm",
    ]
    if client is not None:
        columns = f" ({', '.join(client_columns)})" if client_columns else ""
        statements += [
            f"CREATE POLICY client_rows ON {table} TO {service}_client"
            f" USING ({client}) WITH CHECK ({client})",
            f"GRANT SELECT{columns} ON {table} TO {service}_client",
        ]
        statements += [f"GRANT {right} ON {table} TO {service}_client" for right in client_writes]
    return statements
