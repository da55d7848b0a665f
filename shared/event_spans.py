"""The trace goes on where an event is handled: a span per handled event, child of its cause.

Only where the cause was sampled; otherwise handling costs one comparison. What a handler emits
itself carries the trace further. What is logged about an event names it and its trace (`named`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import structlog
from opentelemetry import propagate, trace
from opentelemetry.trace import Link, SpanKind, StatusCode
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import context_of
from shared.events import Envelope, RawEnvelope
from shared.redaction import error_text
from shared.telemetry import trace_of

_SAMPLED: Final = frozenset("13579bdf")
"""How a sampled trace context ends: beside that flag others may stand (03 has a random id)."""
_TRACER: Final = trace.get_tracer("rapport.events")


@contextmanager
def handling(
    session: AsyncSession, subscription: str, envelopes: Sequence[Envelope[Any]]
) -> Iterator[None]:
    """A span around a handler: the child of one event's cause, or linked to those of many."""
    sampled = [each for each in envelopes if _is_sampled(each.traceparent)]
    if not sampled:
        yield
        return
    contexts = [propagate.extract({"traceparent": str(each.traceparent)}) for each in sampled]
    links = [Link(trace.get_current_span(context).get_span_context()) for context in contexts[1:]]
    with _TRACER.start_as_current_span(
        f"handle {subscription}",
        context=contexts[0],
        kind=SpanKind.CONSUMER,
        links=links,
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        span.set_attribute("messaging.message.id", str(sampled[0].id))
        context_of(session).traceparent = sampled[0].traceparent
        try:
            yield
        except Exception as error:
            span.set_status(StatusCode.ERROR, error_text(error))
            raise
        finally:
            context_of(session).traceparent = None


@contextmanager
def named(envelope: RawEnvelope) -> Iterator[None]:
    """Every log line meanwhile says which event it is about, and of which trace."""
    about = {"event_id": str(envelope.id)} | trace_of(envelope.body.get("traceparent"))
    with structlog.contextvars.bound_contextvars(**about):
        yield


def _is_sampled(traceparent: str | None) -> bool:
    return bool(traceparent) and str(traceparent)[-1] in _SAMPLED
