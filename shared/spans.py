"""The trace goes on in a service: a span for the request, and one where its event is handled.

Only where the gateway sampled the cause; otherwise either costs one comparison. What is emitted
meanwhile carries the trace further.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from opentelemetry import propagate, trace
from opentelemetry.trace import Link, Span, SpanKind
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import context_of
from shared.events import Envelope
from shared.telemetry import current_traceparent

_SAMPLED: Final = "-01"
_TRACER: Final = trace.get_tracer("rapport")


@contextmanager
def answering(method: str, traceparent: str | None) -> Iterator[Span | None]:
    """A span around a request, child of the gateway's; None where that one was not sampled."""
    if not traceparent or not traceparent.endswith(_SAMPLED):
        yield None
        return
    context = propagate.extract({"traceparent": traceparent})
    with _TRACER.start_as_current_span(
        f"{method} service", context=context, kind=SpanKind.SERVER
    ) as span:
        yield span


@contextmanager
def handling(
    session: AsyncSession, subscription: str, envelopes: Sequence[Envelope[Any]]
) -> Iterator[None]:
    """A span around a handler: the child of one event's cause, or linked to those of many."""
    sampled = [e for e in envelopes if e.traceparent and e.traceparent.endswith(_SAMPLED)]
    if not sampled:
        yield
        return
    contexts = [propagate.extract({"traceparent": str(each.traceparent)}) for each in sampled]
    links = [Link(trace.get_current_span(context).get_span_context()) for context in contexts[1:]]
    with _TRACER.start_as_current_span(
        f"handle {subscription}", context=contexts[0], kind=SpanKind.CONSUMER, links=links
    ) as span:
        span.set_attribute("messaging.message.id", str(sampled[0].id))
        context_of(session).traceparent = current_traceparent()
        try:
            yield
        finally:
            context_of(session).traceparent = None
