"""What a service asks PostgreSQL: every statement on one role's connections."""

from typing import Any

import asyncpg
import pytest


def overheard(monkeypatch: pytest.MonkeyPatch, role: str) -> list[str]:
    """A list that fills with the statements of connections of the role that ends in `role`."""
    statements: list[str] = []
    connect = asyncpg.connect

    async def listening(*arguments: Any, **options: Any) -> asyncpg.Connection:
        connection = await connect(*arguments, **options)
        if (await connection.fetchval("SELECT current_user")).endswith(role):
            connection.add_query_logger(lambda query: statements.append(query.query))
        return connection

    monkeypatch.setattr(asyncpg, "connect", listening)
    return statements
