"""What remains of a request: one metric, one log line, and for a sample of them a trace."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from opentelemetry import trace
from opentelemetry.trace import SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from gateway.exchanges.exchange import Exchange
from shared.telemetry import REQUEST_SECONDS, REQUESTS_IN_FLIGHT

_FLUSH_SECONDS: Final = 0.2
_FLUSH_LINES: Final = 500
_LABELS: Final = 5_000
_propagator = TraceContextTextMapPropagator()


class AccessLog:
    """Access log lines as JSON on standard output, written a few times a second.

    Formatting and writing each line by itself would cost more than forwarding the request.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def add(self, line: dict[str, Any]) -> None:
        """Take one line."""
        self._lines.append(orjson.dumps(line))
        if len(self._lines) >= _FLUSH_LINES:
            self.flush()

    def flush(self) -> None:
        """Write what was taken."""
        if self._lines:
            lines, self._lines = self._lines, []
            sys.stdout.write(b"\n".join(lines).decode() + "\n")
            sys.stdout.flush()

    async def run(self) -> None:
        """Flush until cancelled, and once more then."""
        try:
            while True:
                await asyncio.sleep(_FLUSH_SECONDS)
                self.flush()
        finally:
            self.flush()


class Recorder:
    """Opens and closes the record of every exchange."""

    def __init__(self, access: AccessLog, trace_ratio: float) -> None:
        self._access = access
        self._ratio = trace_ratio
        self._tracer = trace.get_tracer(__name__)
        self._observers: dict[tuple[str, str, int], Any] = {}

    def begin(self, exchange: Exchange) -> Any:
        """Give the exchange its trace context; answers the span of a sampled one, else None."""
        REQUESTS_IN_FLIGHT.inc()
        if random.random() >= self._ratio:
            # Unique is enough here: a request id is one, and nothing secret hangs on either.
            trace_id = exchange.request_id.replace("-", "")
            exchange.traceparent = f"00-{trace_id}-{random.getrandbits(64) | 1:016x}-00"
            return None
        span = self._tracer.start_span(f"{exchange.method} gateway", kind=SpanKind.SERVER)
        carrier: dict[str, str] = {}
        _propagator.inject(carrier, trace.set_span_in_context(span))
        exchange.traceparent = carrier.get("traceparent", "")
        return span

    def end(self, exchange: Exchange, span: Any) -> None:
        """Close the record: metric, log line, span."""
        REQUESTS_IN_FLIGHT.dec()
        seconds = time.time() - exchange.started
        self._observe(exchange, seconds)
        self._access.add(
            {
                "event": "request",
                "service": "gateway",
                "timestamp": datetime.fromtimestamp(exchange.started, UTC),
                "method": exchange.method,
                "path": _loggable(exchange),
                "route": exchange.route,
                "status": exchange.status,
                "milliseconds": round(seconds * 1000, 2),
                "request_id": exchange.request_id,
                "trace": exchange.traceparent[3:35],
                "user_id": "" if exchange.unnamed else exchange.user_id,
                "address": "" if exchange.unnamed else exchange.address,
            }
        )
        if span is not None:
            span.set_attribute("http.request.method", exchange.method)
            span.set_attribute("http.route", exchange.route)
            span.set_attribute("http.response.status_code", exchange.status)
            span.end()

    def _observe(self, exchange: Exchange, seconds: float) -> None:
        key = (exchange.method, exchange.route, exchange.status)
        observer = self._observers.get(key)
        if observer is None:
            observer = REQUEST_SECONDS.labels(*key)
            if len(self._observers) < _LABELS:
                self._observers[key] = observer
        observer.observe(seconds)


def _loggable(exchange: Exchange) -> str:
    """The path, but for those that hold a secret."""
    if b"/invitations/" in exchange.path:
        return exchange.route
    return exchange.path.decode("latin-1")
