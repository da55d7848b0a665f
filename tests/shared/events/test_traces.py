"""One trace from the request to what its event causes elsewhere."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shared import event_spans
from shared.ids import new_id
from shared.outbox import emit
from tests.shared.events.sample import KEEP, NOTE, ThingChanged, ThingState
from tests.shared.events.world import World

TRACE = "0af7651916cd43dd8448eb211c80319c"


@pytest.mark.parametrize(("flag", "spans"), [("01", 2), ("03", 2), ("00", 0), ("02", 0)])
async def test_handlers_continue_a_sampled_trace(
    world: World, monkeypatch: pytest.MonkeyPatch, flag: str, spans: int
) -> None:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(event_spans, "_TRACER", provider.get_tracer("test"))
    world.start_relay()
    world.start_subscriber(KEEP, NOTE)
    traceparent = f"00-{TRACE}-b7ad6b7169203331-{flag}"
    async with world.database.worker_session(traceparent=traceparent) as session:
        await emit(session, ThingChanged(state=ThingState(id=new_id(), value=1)))
    await world.settled(1)
    found = exporter.get_finished_spans()
    assert len(found) == spans
    assert all(format(span.context.trace_id, "032x") == TRACE for span in found if span.context)
    assert {span.name for span in found} <= {f"handle {KEEP.name}", f"handle {NOTE.name}"}
