"""Who acts: the `Actor`, and the signed token in which the gateway tells a service.

The gateway alone holds the private key and mints one short token per service; a service verifies
it with the public key and trusts nothing else. One algorithm, one type, one audience: a token
for `clients` is refused by `desk`.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from cachetools import TLRUCache
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.errors import Unauthenticated

HEADER: Final = "Rapport-Identity"
ALGORITHM: Final = "Ed25519"
TYPE: Final = "rapport+jwt"
ISSUER: Final = "rapport-gateway"
MAX_AGE_SECONDS: Final = 60
_REMEMBERED: Final = 10_000
SYSTEM_ID: Final = UUID("00000000-0000-7000-8000-000000000000")


class Side(StrEnum):
    """Which firm a person belongs to; `system` is Rapport itself (timers, subscribers)."""

    FIRM = "firm"
    CLIENT = "client"
    SYSTEM = "system"


class FirmRole(StrEnum):
    """What a firm-side person does (product.md, "Who uses it")."""

    ADMIN = "admin"
    PARTNER = "partner"
    CLIENT_MANAGER = "client_manager"
    CONSULTING_PM = "consulting_pm"
    CONSULTANT = "consultant"
    AGENT = "agent"
    SERVICE_LEAD = "service_lead"


@dataclass(frozen=True)
class Membership:
    """A role that a person has now in an engagement's joint team."""

    engagement_id: UUID
    role: str


@dataclass(frozen=True)
class Importer:
    """The administrator who enters, on somebody's behalf, what happened before Rapport was here."""

    user_id: UUID
    name: str


@dataclass(frozen=True)
class Actor:
    """Whoever performs a request, as the gateway authenticated them.

    `client_id` is set only for client-side people while their affiliation is live. `scopes` is
    None for people and the granted scopes for an API key. `importer` is set only while history is
    imported (shared/history.py).
    """

    user_id: UUID
    name: str
    side: Side
    roles: frozenset[str] = frozenset()
    client_id: UUID | None = None
    memberships: tuple[Membership, ...] = ()
    scopes: frozenset[str] | None = None
    session_id: str | None = None
    language: str = "en"
    importer: Importer | None = None
    labels: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        member_roles = {membership.role for membership in self.memberships}
        own = {str(self.side)} | self.roles | member_roles
        if self.side is Side.SYSTEM:
            own |= {"firm", "worker", "admin"}
        object.__setattr__(self, "labels", frozenset(own))

    @property
    def is_firm(self) -> bool:
        """True for a firm-side person or key."""
        return self.side is Side.FIRM

    @property
    def is_client(self) -> bool:
        """True for a client-side person or key."""
        return self.side is Side.CLIENT

    def has(self, *roles: str) -> bool:
        """True when the actor holds one of the roles."""
        return not self.roles.isdisjoint(roles)


SYSTEM = Actor(user_id=SYSTEM_ID, name="Rapport", side=Side.SYSTEM)


def generate_keys() -> tuple[str, str]:
    """A fresh Ed25519 pair as (private JWK, public JWK), both JSON text."""
    key = OKPKey.generate_key("Ed25519", private=True)
    return json.dumps(key.as_dict(private=True)), json.dumps(key.as_dict(private=False))


@dataclass
class Signer:
    """Mints tokens; lives in the gateway only."""

    private_key: str

    @cached_property
    def _key(self) -> OKPKey:
        return OKPKey.import_key(json.loads(self.private_key))

    def sign(self, actor: Actor, service: str, *, now: float | None = None) -> str:
        """A token that says who acts, for one service, valid for `MAX_AGE_SECONDS`."""
        issued = int(time.time() if now is None else now)
        claims = _claims(actor) | {
            "iss": ISSUER,
            "aud": service,
            "iat": issued,
            "exp": issued + MAX_AGE_SECONDS,
        }
        header = {"alg": ALGORITHM, "typ": TYPE}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])


class Verifier:
    """Verifies tokens for one service; a verified token is cached until it expires."""

    def __init__(self, public_key: str, service: str) -> None:
        self._key = OKPKey.import_key(json.loads(public_key))
        self._service = service
        self._verified: TLRUCache[str, tuple[int, Actor]] = TLRUCache(
            _REMEMBERED, ttu=lambda _, verified, now: verified[0], timer=time.time
        )

    def verify(self, token: str | None) -> Actor:
        """The actor of a valid token. Raises `Unauthenticated` (401) for anything else."""
        if not token:
            raise Unauthenticated()
        verified = self._verified.get(token)
        if verified is None:
            verified = self._verified[token] = self._decode(token)
        return verified[1]

    def _decode(self, token: str) -> tuple[int, Actor]:
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            # jku, jwk, x5u and kid are never followed: the key is the configured one alone.
            if set(decoded.header) != {"alg", "typ"} or decoded.header["typ"] != TYPE:
                raise Unauthenticated()
            claims = decoded.claims
            _check(claims, self._service)
            return int(claims["exp"]), _actor(claims)
        except (JoseError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Unauthenticated() from error


def _check(claims: dict[str, Any], service: str) -> None:
    now = time.time()
    issued, expires = int(claims["iat"]), int(claims["exp"])
    valid = (
        claims["iss"] == ISSUER
        and claims["aud"] == service
        and expires > now
        and issued <= now + 5
        and expires - issued <= MAX_AGE_SECONDS
    )
    if not valid:
        raise Unauthenticated()


def _claims(actor: Actor) -> dict[str, Any]:
    return {
        "sub": str(actor.user_id),
        "name": actor.name,
        "side": str(actor.side),
        "roles": sorted(actor.roles),
        "client": str(actor.client_id) if actor.client_id else None,
        "members": _members(actor.memberships),
        "scopes": sorted(actor.scopes) if actor.scopes is not None else None,
        "sid": actor.session_id,
        "lang": actor.language,
        "act": _acting(actor.importer),
    }


def _members(memberships: tuple[Membership, ...]) -> dict[str, list[str]]:
    """Engagements by role, an id in 22 characters: the token goes with every request, also of
    somebody who is in hundreds of teams."""
    by_role: dict[str, list[str]] = {}
    for one in memberships:
        short = urlsafe_b64encode(one.engagement_id.bytes).decode().rstrip("=")
        by_role.setdefault(one.role, []).append(short)
    return by_role


def _acting(importer: Importer | None) -> dict[str, str] | None:
    """Who really acts when somebody's history is entered: the `act` claim of RFC 8693."""
    return None if importer is None else {"sub": str(importer.user_id), "name": importer.name}


def _actor(claims: dict[str, Any]) -> Actor:
    return Actor(
        user_id=UUID(claims["sub"]),
        name=claims["name"],
        side=Side(claims["side"]),
        roles=frozenset(claims["roles"]),
        client_id=UUID(claims["client"]) if claims["client"] else None,
        memberships=tuple(
            Membership(UUID(bytes=urlsafe_b64decode(f"{short}==")), role)
            for role, engagements in claims["members"].items()
            for short in engagements
        ),
        scopes=frozenset(claims["scopes"]) if claims["scopes"] is not None else None,
        session_id=claims["sid"],
        language=claims["lang"],
        importer=_importer(claims.get("act")),
    )


def _importer(claim: dict[str, str] | None) -> Importer | None:
    return None if claim is None else Importer(UUID(claim["sub"]), claim["name"])
