"""A service believes a signed token for itself, fresh and of the one kind, and nothing else."""

from __future__ import annotations

import base64
import gc
import json
import time
from dataclasses import replace
from typing import Any
from weakref import WeakSet

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey
from time_machine import travel

from shared.errors import Unauthenticated
from shared.identity import (
    ALGORITHM,
    ISSUER,
    MAX_AGE_SECONDS,
    TYPE,
    Actor,
    Membership,
    Side,
    Signer,
    Verifier,
    generate_keys,
)
from shared.ids import new_id

PRIVATE, PUBLIC = generate_keys()
ACTOR = Actor(
    user_id=new_id(),
    name="王芳",
    side=Side.CLIENT,
    roles=frozenset(),
    client_id=new_id(),
    memberships=(Membership(new_id(), "core"), Membership(new_id(), "core")),
    session_id="s-1",
    language="zh",
)


def forge(
    *, header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None, key: Any = None
) -> str:
    """A token signed with the true key (unless told otherwise) and altered parts."""
    now = int(time.time())
    good = {"iss": ISSUER, "aud": "desk", "iat": now, "exp": now + 60, "sub": str(ACTOR.user_id)}
    good |= {"name": "x", "side": "firm", "roles": ["admin"], "client": None, "members": {}}
    good |= {"scopes": None, "sid": None, "lang": "en"}
    head = {"alg": ALGORITHM, "typ": TYPE} | (header or {})
    signing = key or OKPKey.import_key(json.loads(PRIVATE))
    return jwt.encode(head, good | (claims or {}), signing, algorithms=[head["alg"]])


def unsigned(algorithm: str) -> str:
    """A token whose header names an algorithm and whose signature is empty."""

    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    claims = {"iss": ISSUER, "aud": "desk", "sub": str(ACTOR.user_id), "exp": time.time() + 60}
    return f"{part({'alg': algorithm, 'typ': TYPE})}.{part(claims)}."


def test_the_actor_survives_the_journey_whole() -> None:
    token = Signer(PRIVATE).sign(ACTOR, "desk")
    assert Verifier(PUBLIC, "desk").verify(token) == ACTOR


def test_somebody_in_hundreds_of_teams_is_believed_with_a_token_of_modest_size() -> None:
    teams = tuple(Membership(new_id(), role) for role in ("core", "expert") for _ in range(500))
    busy = replace(ACTOR, memberships=teams)
    token = Signer(PRIVATE).sign(busy, "desk")
    assert Verifier(PUBLIC, "desk").verify(token) == busy
    assert len(token) < 36_000


def test_an_expired_token_is_kept_no_longer() -> None:
    verifier, moment = Verifier(PUBLIC, "desk"), time.time()
    seen = WeakSet([verifier.verify(Signer(PRIVATE).sign(ACTOR, "desk"))])
    with travel(moment + MAX_AGE_SECONDS + 1):
        kept = verifier.verify(Signer(PRIVATE).sign(ACTOR, "desk"))
    gc.collect()
    assert set(seen) == set()
    assert kept == ACTOR


def test_a_forged_control_token_is_accepted_so_that_the_refusals_below_mean_something() -> None:
    assert Verifier(PUBLIC, "desk").verify(forge()).has("admin")


FORGED_AT = int(time.time())
"""When the tokens below are refused: none of them because it has run out meanwhile."""
PUBLIC_AS_SECRET = OctKey.import_key(PUBLIC.encode())
REFUSED = {
    "nothing": "",
    "garbage": "a.b.c",
    "no algorithm": unsigned("none"),
    "no algorithm, capitals": unsigned("NONE"),
    "public key as HMAC secret": forge(header={"alg": "HS256"}, key=PUBLIC_AS_SECRET),
    "another key": forge(key=OKPKey.generate_key("Ed25519")),
    "another service": forge(claims={"aud": "clients"}),
    "several services": forge(claims={"aud": ["desk", "clients"]}),
    "another issuer": forge(claims={"iss": "elsewhere"}),
    "another type": forge(header={"typ": "JWT"}),
    "key by address": forge(header={"jku": "https://attacker.example/keys"}),
    "key inside": forge(header={"jwk": json.loads(PUBLIC)}),
    "hostile key id": forge(header={"kid": "../../dev/null"}),
    "certificate address": forge(header={"x5u": "https://attacker.example/cert"}),
    "expired": forge(claims={"iat": int(time.time()) - 90, "exp": int(time.time()) - 30}),
    "too long a life": forge(claims={"exp": int(time.time()) + 3600}),
    "a second too long a life": forge(claims={"iat": FORGED_AT, "exp": FORGED_AT + 61}),
    "from the future": forge(
        claims={"iat": int(time.time()) + 7200, "exp": int(time.time()) + 7250}
    ),
    "unknown side": forge(claims={"side": "root"}),
    "no subject": forge(claims={"sub": ""}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refuses(name: str) -> None:
    with travel(FORGED_AT), pytest.raises(Unauthenticated):
        Verifier(PUBLIC, "desk").verify(REFUSED[name])


def test_a_verified_token_dies_with_its_time_even_when_cached() -> None:
    verifier = Verifier(PUBLIC, "desk")
    token = Signer(PRIVATE).sign(ACTOR, "desk")
    verifier.verify(token)
    with travel(time.time() + MAX_AGE_SECONDS + 1), pytest.raises(Unauthenticated):
        verifier.verify(token)


def test_labels_follow_side_roles_and_memberships() -> None:
    assert ACTOR.labels == {"client", "core"}
    manager = replace(ACTOR, side=Side.FIRM, roles=frozenset({"agent"}), memberships=())
    assert manager.labels == {"firm", "agent"}
