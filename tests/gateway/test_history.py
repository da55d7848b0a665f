"""Imported history at the door: an administrator writes as somebody, at a moment of the past."""

from __future__ import annotations

import httpx
import pytest

from shared.ids import new_id
from tests.gateway.support import Gateway

MOMENT = "2026-05-18T09:30:00+08:00"


async def write(gateway: Gateway, who: str, method: str = "POST", **headers: str) -> httpx.Response:
    async with await gateway.signed_in(who) as client:
        named = {f"Rapport-{name.replace('_', '-')}": value for name, value in headers.items()}
        return await client.request(method, "/api/v1/clients", headers=named)


async def test_the_service_learns_who_did_it_when_and_who_enters_it(gateway: Gateway) -> None:
    agent = gateway.ids["agent@firm.example"]
    answer = await write(gateway, "admin@firm.example", Occurred_At=MOMENT, On_Behalf_Of=str(agent))
    headers = dict(answer.json()["headers"])
    actor = gateway.echo.verifier.verify(headers["rapport-identity"])
    assert (actor.user_id, actor.name, set(actor.roles)) == (agent, "Agent", {"agent"})
    assert actor.importer is not None
    assert actor.importer.user_id == gateway.ids["admin@firm.example"]
    assert headers["rapport-occurred-at"] == MOMENT


async def test_history_without_a_person_is_the_administrators_own(gateway: Gateway) -> None:
    answer = await write(gateway, "admin@firm.example", Occurred_At=MOMENT)
    headers = dict(answer.json()["headers"])
    actor = gateway.echo.verifier.verify(headers["rapport-identity"])
    assert actor.importer is not None
    assert actor.user_id == actor.importer.user_id == gateway.ids["admin@firm.example"]


async def test_somebody_who_has_left_acts_for_the_client_they_were_with(gateway: Gateway) -> None:
    left = gateway.ids["left@huaxin.example"]
    answer = await write(gateway, "admin@firm.example", Occurred_At=MOMENT, On_Behalf_Of=str(left))
    actor = gateway.echo.verifier.verify(dict(answer.json()["headers"])["rapport-identity"])
    assert actor.client_id is not None


async def test_a_live_request_names_no_importer(gateway: Gateway) -> None:
    answer = await write(gateway, "admin@firm.example")
    headers = dict(answer.json()["headers"])
    assert gateway.echo.verifier.verify(headers["rapport-identity"]).importer is None
    assert "rapport-occurred-at" not in headers


@pytest.mark.parametrize("who", ["manager@firm.example", "agent@firm.example", "pm@huaxin.example"])
async def test_nobody_else_imports_history(gateway: Gateway, who: str) -> None:
    behalf = str(gateway.ids["admin@firm.example"])
    for headers in (
        {"Occurred_At": MOMENT},
        {"On_Behalf_Of": behalf},
        {"Occurred_At": MOMENT, "On_Behalf_Of": behalf},
    ):
        answer = await write(gateway, who, **headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "history_not_allowed")
    assert gateway.echo.received == []


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {"Occurred_At": MOMENT}),
        ("POST", {"On_Behalf_Of": str(new_id())}),
        ("POST", {"Occurred_At": MOMENT, "On_Behalf_Of": "agent"}),
    ],
)
async def test_what_cannot_be_history_is_refused(
    gateway: Gateway, method: str, headers: dict[str, str]
) -> None:
    answer = await write(gateway, "admin@firm.example", method, **headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "not_history")


async def test_an_unknown_person_is_not_found(gateway: Gateway) -> None:
    answer = await write(
        gateway, "admin@firm.example", Occurred_At=MOMENT, On_Behalf_Of=str(new_id())
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("moment", ["2126-01-01T00:00:00Z", "1066-10-14T09:00:00Z", "yesterday"])
async def test_a_moment_that_is_not_past_is_refused(gateway: Gateway, moment: str) -> None:
    """By the writing service: here the gateway's own."""
    async with await gateway.signed_in("admin@firm.example") as client:
        answer = await client.post(
            "/api/v1/users",
            json={"email": "new@firm.example", "name": "New", "side": "firm", "roles": ["agent"]},
            headers={"Rapport-Occurred-At": moment},
        )
    assert (answer.status_code, answer.json()["code"]) == (422, "occurred_at_impossible")
