"""No statement outlives its role's limit, whatever a process asked for or forgot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from shared.database import Dsns
from tests.architecture.sources import PACKAGES

LIMITS = {"firm": "15s", "client": "15s", "worker": "2min"}


@pytest.mark.parametrize("service", sorted(PACKAGES))
def test_every_role_has_its_limit_in_the_catalogue_and_in_its_sessions(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    dsns = service_database(service)

    async def look() -> None:
        for role, limit in LIMITS.items():
            connection = await asyncpg.connect(getattr(dsns, role))
            said = await connection.fetchval(
                "SELECT rolconfig FROM pg_roles WHERE rolname = current_user"
            )
            assert any(each.startswith("statement_timeout=") for each in said), (service, role)
            assert await connection.fetchval("SHOW statement_timeout") == limit, (service, role)
            assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") != "0"
            await connection.close()

    asyncio.run(look())
