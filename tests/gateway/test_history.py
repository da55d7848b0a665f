"""Imported history at the door: an administrator writes as somebody, at a moment of the past."""

from __future__ import annotations

import httpx
import pytest

from shared.ids import new_id
from tests.gateway.support import PASSWORD, Gateway

MOMENT = "2026-05-18T09:30:00+08:00"

OF_NOW = (
    "POST /me/password",
    "PATCH /me",
    "DELETE /auth/session",
    "POST /auth/token",
    "POST /auth/session",
    "POST /auth/invitations/accept",
    "POST /api-keys",
    "DELETE /api-keys/{id}",
    "PATCH /users/{id}",
    "POST /users/",
    "POST /users/{id}/invite",
    "POST /users/{id}/activate",
    "POST /users/{id}/deactivate",
    "POST /views",
    "PATCH /views/{id}",
    "DELETE /views/{id}",
    "POST /views/{id}/default",
    "POST /invitations/{id}/open",
    "POST /services/gateway/letters",
    "POST /services/clients/letters",
)
"""Acts on what is now, which no history has."""


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


async def test_nobody_acts_on_accounts_sessions_keys_and_views_in_the_past_or_for_others(
    gateway: Gateway,
) -> None:
    agent = str(gateway.ids["agent@firm.example"])
    headers = {"Rapport-Occurred-At": MOMENT, "Rapport-On-Behalf-Of": agent}
    async with await gateway.signed_in("admin@firm.example") as client:
        for act in OF_NOW:
            method, path = act.replace("{id}", agent).split()
            answer = await client.request(method, f"/api/v1{path}", headers=headers, json={})
            assert (answer.status_code, answer.json()["code"]) == (400, "not_history"), act
    assert gateway.echo.received == []


async def test_an_administrator_cannot_change_the_password_of_another_as_history(
    gateway: Gateway,
) -> None:
    manager = str(gateway.ids["manager@firm.example"])
    body = {"current_password": PASSWORD, "new_password": "correct horse battery"}
    headers = {"Rapport-Occurred-At": MOMENT, "Rapport-On-Behalf-Of": manager}
    headers["Accept-Language"] = "en"
    async with await gateway.signed_in("admin@firm.example") as client:
        answer = await client.post("/api/v1/me/password", headers=headers, json=body)
    assert answer.json()["title"] == "This is not history"
    assert "Leave out Rapport-Occurred-At" in answer.json()["detail"]
    assert await gateway.token("manager@firm.example")


async def test_somebody_who_was_there_before_is_entered_as_history(gateway: Gateway) -> None:
    person = {"email": "new@firm.example", "name": "New", "side": "firm", "roles": ["agent"]}
    async with await gateway.signed_in("admin@firm.example") as client:
        headers = {"Rapport-Occurred-At": MOMENT}
        answer = await client.post("/api/v1/users", headers=headers, json=person)
    assert answer.status_code == 201, answer.text
    assert answer.json()["created_at"] == "2026-05-18T01:30:00Z"


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
