"""The one document, the pages, and limits that two processes share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.forwarding.routes import ROUTES, find_route
from gateway.openapi.merging import merge_documents
from gateway.public import Public
from gateway.sessions.rules import BY_PLACE
from shared.asyncapi import public_events
from shared.database import Dsns
from shared.edge import Allowed
from tests.gateway.support import Gateway, running


async def test_two_processes_count_one_limit(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with (
        running(dsns, nats_url, tmp_path) as one,
        running(dsns, nats_url, tmp_path) as other,
        one.client() as left,
        other.client() as right,
    ):
        body = {"email": "agent@firm.example", "password": "not the password"}
        tries = [
            await (left, right)[i % 2].post("/api/v1/auth/session", json=body)
            for i in range(BY_PLACE.count + 2)
        ]
    statuses = [answer.status_code for answer in tries]
    assert statuses == [401] * BY_PLACE.count + [429, 429]


async def test_a_session_revoked_at_one_process_is_over_at_the_other(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    async with (
        running(dsns, nats_url, tmp_path) as one,
        running(dsns, nats_url, tmp_path) as other,
        await one.signed_in("agent@firm.example") as left,
        other.client(headers=left.headers) as right,
    ):
        assert (await right.get("/api/v1/clients")).status_code == 200
        assert (await left.delete("/api/v1/auth/session")).status_code == 204
        await asyncio.sleep(other.settings.live_revocation_seconds + 0.2)
        assert (await right.get("/api/v1/clients")).status_code == 401


async def test_the_one_document_holds_every_services_operations(gateway: Gateway) -> None:
    async with gateway.client() as client:
        for _ in range(50):
            document = (await client.get("/api/openapi.json")).json()
            if "/api/v1/clients" in document["paths"]:
                break
            await asyncio.sleep(0.1)
        page = await client.get("/api/docs")
        script = await client.get("/api/docs/page.js")
    assert document["openapi"] == "3.1.0"
    assert document["paths"]["/api/v1/users"]["post"]["security"]
    assert document["paths"]["/api/v1/auth/token"]["post"]["security"] == []
    assert "/api/v1/events/stream" in document["paths"]
    assert "x-policy" not in document
    names = [
        operation["operationId"]
        for item in document["paths"].values()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert len(names) == len(set(names))
    assert page.status_code == script.status_code == 200
    assert "http" not in page.text.replace("http-equiv", "")


async def test_whoever_listens_to_events_can_read_what_they_say(gateway: Gateway) -> None:
    async with gateway.client() as client:
        answer = await client.get("/api/asyncapi.json")
        page = await client.get("/api/docs")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["asyncapi"] == "3.0.0"
    named = {message["name"] for message in document["components"]["messages"].values()}
    assert {event.type() for event in public_events()} <= named
    assert 'href="/api/asyncapi.json"' in page.text


def test_schemas_of_one_name_and_two_meanings_are_kept_apart() -> None:
    def service(kind: str) -> dict[str, object]:
        reference = {"$ref": "#/components/schemas/Item"}
        answer = {"200": {"content": {"application/json": {"schema": reference}}}}
        return {
            "paths": {f"/{kind}": {"get": {"operationId": "list", "responses": answer}}},
            "components": {"schemas": {"Item": {"type": kind}, "Same": {"type": "null"}}},
        }

    merged = merge_documents({"a": service("string"), "b": service("integer")}, frozenset())
    assert merged["components"]["schemas"] == {
        "BItem": {"type": "integer"},
        "Item": {"type": "string"},
        "Same": {"type": "null"},
    }
    schema = merged["paths"]["/integer"]["get"]["responses"]["200"]["content"]
    assert schema["application/json"]["schema"]["$ref"].endswith("/BItem")
    assert merged["paths"]["/integer"]["get"]["operationId"] == "b_list"


async def test_permissions_come_from_every_services_policy(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        for _ in range(50):
            permissions = (await client.get("/api/v1/me")).json()["permissions"]
            if "client:create" in permissions:
                break
            await asyncio.sleep(0.1)
    assert "client:create" in permissions
    async with await gateway.signed_in("pm@huaxin.example") as client:
        assert "client:create" not in (await client.get("/api/v1/me")).json()["permissions"]


async def test_every_own_route_names_its_right_or_why_it_needs_none(gateway: Gateway) -> None:
    public = []
    routers = gateway.door.state.service.all_routers
    for route in (route for router in routers for route in router.routes):
        calls = [dependency.dependency for dependency in route.dependencies]
        if any(isinstance(call, Allowed) for call in calls):
            continue
        assert any(isinstance(call, Public) and call.reason for call in calls), route.path
        public.append((*route.methods, route.path))
    assert sorted(public) == [
        ("GET", "/auth/invitations/{token}"),
        ("POST", "/auth/invitations/accept"),
        ("POST", "/auth/session"),
        ("POST", "/auth/token"),
    ]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """A built interface."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Rapport</title>")
    (folder / "assets" / "app-1a2b3c4d.js").write_text("console.log(1)")
    (folder / "assets" / "app-1a2b3c4d.js.br").write_bytes(b"brotli")
    (folder / "assets" / "app-1a2b3c4d.js.gz").write_bytes(b"gzip")
    (folder / "assets" / "app-1a2b3c4d.js.map").write_text("{}")
    (folder / "favicon.svg").write_text("<svg/>")
    return folder


async def test_the_interface_is_served_with_the_right_headers(dist: Path, gateway: Gateway) -> None:
    async with gateway.client() as client:
        page = await client.get("/")
        deep = await client.get("/clients/0198?tab=people")
        asset = await client.get("/assets/app-1a2b3c4d.js", headers={"Accept-Encoding": ""})
        async with client.stream(
            "GET", "/assets/app-1a2b3c4d.js", headers={"Accept-Encoding": "gzip, br"}
        ) as compressed:
            raw = b"".join([chunk async for chunk in compressed.aiter_raw()])
        fresh = await client.get("/", headers={"If-None-Match": page.headers["etag"]})
        missing = await client.get("/assets/gone-12345678.js")
        mapped = await client.get("/assets/app-1a2b3c4d.js.map")
        secret = await client.get("/.env")
    assert page.headers["cache-control"] == deep.headers["cache-control"] == "no-cache"
    assert deep.text == page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe-eval" not in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-type"].startswith("text/javascript")
    assert compressed.headers["content-encoding"] == "br" and raw == b"brotli"
    assert fresh.status_code == 304
    assert [missing.status_code, mapped.status_code, secret.status_code] == [404, 404, 404]


async def test_liveness_answers_while_readiness_names_each_dependency(gateway: Gateway) -> None:
    async with gateway.client() as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        for _ in range(100):
            ready = await client.get("/readyz")
            if ready.status_code == 200:
                break
            await asyncio.sleep(0.1)
        assert {"postgres", "nats", "relay", "subscriber", "clients"} <= set(ready.json()["checks"])
        assert ready.status_code == 200, ready.text
        gateway.door.stop()
        stopping = await client.get("/readyz")
        assert stopping.status_code == 503
        assert (await client.get("/metrics")).text.count("rapport_request_seconds") > 0


async def test_the_mailbox_does_not_exist_where_mail_is_sent(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> None:
    dsns = service_database("gateway")
    sending = running(dsns, nats_url, tmp_path, smtp_url="smtp://127.0.0.1:9")
    async with sending as gateway, await gateway.signed_in("admin@firm.example") as admin:
        answer = await admin.get("/api/v1/dev/mail")
    assert answer.status_code == 404


def test_every_collection_is_routed_once_by_its_first_segment() -> None:
    names = [route.collection for route in ROUTES]
    assert len(names) == len(set(names))
    for path in (b"/api/v1/clients", b"/api/v1/clients/x/timeline"):
        route = find_route(path)
        assert route is not None and route.service == "clients"
    for path in (b"/api/v1/clientsx", b"/api/v1/", b"/api/v1", b"/API/v1/clients", b"/clients"):
        assert find_route(path) is None
