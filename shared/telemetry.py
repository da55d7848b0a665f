"""Logs, metrics and traces: structured, without secrets, tied by request and trace id."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, Final

import structlog
from opentelemetry import propagate, trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from shared.redaction import BlankingFormatter, blanked
from shared.settings import ServiceSettings

_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)

_PARTS: Final = 4
"""Of a traceparent: version, trace id, parent id, flags."""
_UNSAMPLED: Final = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f][02468ace]")

REGISTRY: Final = CollectorRegistry()
REQUEST_SECONDS: Final = Histogram(
    "rapport_request_seconds",
    "Time to answer",
    ["method", "route", "status"],
    buckets=_BUCKETS,
    registry=REGISTRY,
)
REQUESTS_IN_FLIGHT: Final = Gauge(
    "rapport_requests_in_flight", "Requests being answered", registry=REGISTRY
)
REQUESTS_SHED: Final = Counter(
    "rapport_requests_shed_total", "Requests refused with 503", registry=REGISTRY
)
OUTBOX_AGE_SECONDS: Final = Gauge(
    "rapport_outbox_age_seconds", "Age of the oldest unpublished event", registry=REGISTRY
)
CONSUMER_LAG: Final = Gauge(
    "rapport_consumer_lag", "Messages not yet handled", ["stream"], registry=REGISTRY
)
CONSUMER_REDELIVERED: Final = Gauge(
    "rapport_consumer_redelivered",
    "Messages delivered more than once and still not handled",
    ["stream"],
    registry=REGISTRY,
)
CONSUMER_STUCK_SECONDS: Final = Gauge(
    "rapport_consumer_stuck_seconds",
    "Since when messages wait and the reader makes no progress; 0 while it does",
    ["stream"],
    registry=REGISTRY,
)
DEAD_LETTERS: Final = Gauge(
    "rapport_dead_letters", "Events given up on, waiting for a person", registry=REGISTRY
)

CONNECTIONS_IN_USE: Final = Gauge(
    "rapport_connections_in_use",
    "Database connections handed out; 0 at rest",
    ["pool"],
    registry=REGISTRY,
)


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a module."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger


def configure_logging(service: str, *, as_json: bool = True) -> None:
    """Structured logs on standard output, one object a line, secrets blanked."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _name_service(service),
            _blank_secrets,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stdout),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(BlankingFormatter("%(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])


class WithoutAddresses(SpanProcessor):
    """Keeps what people look for, names and numbers, and what a link lets in with out of traces.

    Which route it was is said by `http.route`.
    """

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        """Blank the path and the query of an address; that there was one stays."""
        for part in ("url.path", "url.query"):
            if span.attributes and part in span.attributes:
                span.set_attribute(part, "…")


def configure_tracing(service: str, settings: ServiceSettings) -> None:
    """Trace a share of the requests and send them to the OTLP endpoint, where one is set."""
    sampler = ParentBased(TraceIdRatioBased(settings.trace_ratio))
    provider = TracerProvider(
        resource=Resource({"service.name": f"rapport-{service}"}), sampler=sampler
    )
    provider.add_span_processor(WithoutAddresses())
    if settings.otlp_endpoint:
        exporter = OTLPSpanExporter(endpoint=settings.otlp_endpoint)
        provider.add_span_processor(BatchSpanProcessor(exporter))
    trace.set_tracer_provider(provider)


def current_traceparent(scope: MutableMapping[str, Any]) -> str | None:
    """The W3C trace context of the request, to travel with an event."""
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent") or _unsampled(scope)


def is_unsampled(scope: MutableMapping[str, Any]) -> bool:
    """Whether the caller has decided that the request is not traced: then it gets no span."""
    return _unsampled(scope) is not None


def _unsampled(scope: MutableMapping[str, Any]) -> str | None:
    for name, value in scope["headers"]:
        if name == b"traceparent":
            given: str = value.decode("latin-1")
            return given if _UNSAMPLED.fullmatch(given) else None
    return None


def _name_service(service: str) -> Any:
    def add(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    return add


def _blank_secrets(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    clean: MutableMapping[str, Any] = blanked(event)
    return clean


def trace_of(traceparent: str | None) -> dict[str, str]:
    """The trace id of a W3C `traceparent`, as a log line names it; nothing where there is none."""
    parts = (traceparent or "").split("-")
    return {"trace": parts[1]} if len(parts) == _PARTS else {}
