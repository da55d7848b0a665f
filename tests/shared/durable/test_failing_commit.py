"""A commit that fails is an error in the answer, and leaves nothing behind."""

from __future__ import annotations

import asyncpg
import httpx
import pytest

from shared.database import Database, Dsns
from shared.identity import Side
from shared.middleware import Gate
from tests.shared.durable.app import identity, make_app
from tests.shared.durable.conftest import fetch, person

AT_COMMIT = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE {how}; END $$;
    CREATE CONSTRAINT TRIGGER refused AFTER INSERT ON things
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
"""


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("serialization_failure", 503),
        ("deadlock_detected", 503),
        ("lock_not_available", 503),
        ("disk_full", 503),
        ("connection_failure", 503),
        ("unique_violation", 409),
        ("feature_not_supported", 500),
    ],
)
async def test_a_commit_that_fails_is_answered_as_an_error_and_may_be_tried_again(
    database: Database, dsns: Dsns, how: str, status: int
) -> None:
    app = make_app(database)
    app.add_middleware(Gate, places=4, request_seconds=15, max_body_bytes=10_000)
    transport = httpx.ASGITransport(app)
    headers = identity(person(Side.FIRM)) | {"Idempotency-Key": "k"}
    owner = await asyncpg.connect(dsns.owner)
    async with httpx.AsyncClient(transport=transport, base_url="http://t/api/v1") as http:
        await owner.execute(AT_COMMIT.format(how=how))
        failed = await http.post("/things", headers=headers, json={"name": "n"})
        assert failed.status_code == status
        assert failed.headers["Content-Type"] == "application/problem+json"
        assert "Location" not in failed.headers
        assert await fetch(dsns, "SELECT 1 FROM things") == []
        await owner.execute("DROP TRIGGER refused ON things")
        again = await http.post("/things", headers=headers, json={"name": "n"})
    await owner.close()
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again.headers
    assert len(await fetch(dsns, "SELECT 1 FROM things")) == 1
