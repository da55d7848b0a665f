"""A request that the door chose not to trace gets no span, and its trace id stays with it."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI, Request
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared.telemetry import WithoutAddresses, current_traceparent, is_unsampled

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(
    ("given", "traced"),
    [
        (f"00-{TRACE}-b7ad6b7169203331-00", False),
        (f"00-{TRACE}-b7ad6b7169203331-01", True),
        ("nonsense-00", True),
        (None, True),
    ],
)
async def test_only_what_the_door_did_not_choose_has_no_span(
    given: str | None, traced: bool
) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = FastAPI(telemetry={"tracer_provider": provider, "exclude": is_unsampled})

    @app.get("/")
    async def read(request: Request) -> str | None:
        return current_traceparent(request.scope)

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://service"
    ) as http:
        answer = await http.get("/", headers={"traceparent": given} if given else {})
    assert bool(exporter.get_finished_spans()) == traced
    assert (TRACE in answer.json()) == (given is not None and TRACE in given)
    assert (answer.json() == given) == (not traced)


async def test_what_people_look_for_and_the_secret_of_a_link_stay_out_of_traces() -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(WithoutAddresses())
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    app = FastAPI(telemetry={"tracer_provider": provider})

    @app.get("/invitations/{token}")
    async def find(token: str, q: str) -> str:
        return token + q

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://service"
    ) as http:
        await http.get("/invitations/SECRET", params={"q": "Zhang Chi"})
    spans = exporter.get_finished_spans()
    told = [dict(span.attributes or {}) for span in spans]
    assert "…" in [attributes.get("url.query") for attributes in told]
    assert "/invitations/{token}" in [attributes.get("http.route") for attributes in told]
    for said in ("Zhang", "SECRET"):
        assert said not in "".join(span.to_json() for span in spans)
