"""The document says what is served: its schemas describe the bytes, its parameters the lists."""

from typing import Any

import asyncpg
import jsonschema_rs
import pytest
import schemathesis

from shared.identity import Actor
from shared.ids import new_id
from tests.shared.reading.conftest import ADMIN, AGENT, CLIENT, Insert, Reader


async def test_the_document_is_valid_and_merged_with_the_apps_own(reader: Reader) -> None:
    document = reader.app.openapi()
    found: Any = schemathesis.openapi.from_dict(document).get_all_operations()
    operations = [one.ok() for one in found]
    assert {one.label for one in operations} >= {
        "GET /loans",
        "GET /loans/{id}",
        "GET /secrets",
    }
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate(schema)
    assert set(document["paths"]["/loans/{id}"]) == {"get", "patch"}
    assert document["paths"]["/loans/{loan_id}/notes"]["get"]["operationId"] == "list_loan_notes"
    names = {one["name"] for one in document["paths"]["/loans"]["get"]["parameters"]}
    assert {"status", "severity.gte", "tags.has", "overdue", "q", "sort", "cursor"} <= names
    assert "title" not in names
    secret = document["components"]["schemas"]["Loan"]["properties"]["secret"]
    assert secret["x-audience"] == ["admin"]


@pytest.mark.parametrize("actor", [AGENT, ADMIN, CLIENT], ids=lambda actor: actor.name)
async def test_the_bytes_validate_against_the_document(
    reader: Reader, loan: Insert, owner: asyncpg.Connection, actor: Actor
) -> None:
    owner_id = new_id()
    await owner.execute("INSERT INTO owners VALUES ($1, 'x')", owner_id)
    full = await loan(owner_id=owner_id, severity=1, fee_minor=1, fee_currency="CNY", tags=["a"])
    await loan()
    document = reader.app.openapi()
    for path, place in (
        ("/loans?total=true", "/loans"),
        (f"/loans/{full}", "/loans/{id}"),
        (f"/loans/{full}/notes", "/loans/{loan_id}/notes"),
    ):
        answered = document["paths"][place]["get"]["responses"]["200"]
        schema = answered["content"]["application/json"]["schema"]
        schema = schema | {"components": document["components"]}
        body = (await reader.get(path, actor)).json()
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(body)
