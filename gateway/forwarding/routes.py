"""Which collection lives where: the whole routing table, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

API: Final = b"/api/v1/"
OWN: Final = "gateway"


@dataclass(frozen=True)
class Route:
    """A collection, the service that answers for it, and the largest body it takes, in bytes.

    `anonymous`: forwarded without an identity; the service checks a proof of its own.
    `only_now`: what is written there is never history, and never on somebody's behalf.
    """

    collection: str
    service: str
    max_body_bytes: int = 1_000_000
    anonymous: bool = False
    only_now: bool = False


IMPORT_BYTES: Final = 64_000_000
ANSWER_BYTES: Final = 64_000

ROUTES: Final = (
    Route("clients", "clients"),
    Route("contacts", "clients"),
    Route("interactions", "clients"),
    Route("opportunities", "clients"),
    Route("imports", "clients", IMPORT_BYTES),
    Route("jobs", "clients"),
    Route("engagements", "engagements"),
    Route("templates", "engagements"),
    Route("members", "engagements"),
    Route("phases", "engagements"),
    Route("tasks", "engagements"),
    Route("key-nodes", "engagements"),
    Route("deliverables", "engagements"),
    Route("stakeholders", "engagements"),
    Route("stakeholder-actions", "engagements"),
    Route("waiting", "engagements"),
    Route("cases", "desk"),
    Route("promises", "desk"),
    Route("solutions", "desk"),
    Route("follow-ups", "desk"),
    Route("surveys", "surveys"),
    Route("campaigns", "surveys"),
    Route("invitations", "surveys", only_now=True),
    Route("responses", "surveys"),
    Route("scores", "surveys"),
    Route("answers", "surveys", ANSWER_BYTES, anonymous=True),
    Route("auth", OWN),
    Route("me", OWN),
    Route("users", OWN),
    Route("api-keys", OWN),
    Route("views", OWN),
    Route("audit", OWN),
    Route("search", OWN),
    Route("events", OWN),
    Route("dev", OWN),
    *(Route(f"services/{name}", name) for name in ("clients", "engagements", "desk", "surveys")),
    Route("services/gateway", OWN),
)

_SIGN_IN: Final = frozenset({b"/api/v1/auth/token", b"/api/v1/auth/session"})
_INVITATIONS: Final = b"/api/v1/auth/invitations/"

_OWN_HISTORY: Final = frozenset({("POST", b"/api/v1/users")})
"""What of the door's own can be history: that somebody was there before Rapport was."""

_BY_COLLECTION: Final = {route.collection.encode(): route for route in ROUTES}
_OF_ONE_SERVICE: Final = API + b"services/"
"""What every service has: the second segment says whose."""


def find_route(raw_path: bytes) -> Route | None:
    """The route of `/api/v1/<collection>...`, by the first segment as it stands.

    Below `/api/v1/services/` it is the first two.
    """
    if not raw_path.startswith(API):
        return None
    skipped = len(_OF_ONE_SERVICE) if raw_path.startswith(_OF_ONE_SERVICE) else len(API)
    end = raw_path.find(b"/", skipped)
    return _BY_COLLECTION.get(raw_path[len(API) : end if end > 0 else None])


def may_be_history(route: Route, method: str, raw_path: bytes) -> bool:
    """True where a write may have happened in the past: at the services, in what they keep.

    Accounts, sessions, keys, views and the like, and how a service runs, are what they are now. So
    is the link of one's own survey: with it one reads a draft and answers (docs/decisions/0031).
    """
    if route.service == OWN or raw_path.startswith(_OF_ONE_SERVICE):
        return (method, raw_path) in _OWN_HISTORY
    return not route.only_now


def is_unnamed(route: Route, raw_path: bytes) -> bool:
    """True where no log says who came, nor from where: on the way to a survey, and answering it.

    Of an anonymous survey nobody may learn who answered when.
    """
    opening = route.collection == "invitations" and raw_path.endswith(b"/open")
    return route.anonymous or opening


def is_anonymous(method: str, raw_path: bytes) -> bool:
    """True where people come who are not signed in yet."""
    return (method == "POST" and raw_path in _SIGN_IN) or raw_path.startswith(_INVITATIONS)
