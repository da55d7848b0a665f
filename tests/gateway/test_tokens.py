"""Forged and confused tokens are refused, at the door and by a service reached directly."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey, RSAKey

from gateway.identity.tokens import AccessTokens
from gateway.sessions.callers import Caller, Callers
from shared.database import Database, Dsns
from shared.errors import Unauthenticated
from shared.identity import Actor, Side, Signer
from tests.gateway.echo import PRIVATE_KEY, PUBLIC_KEY
from tests.gateway.support import Gateway
from tests.support.services import firm

KEY = OKPKey.import_key(json.loads(PRIVATE_KEY))
OTHER = OKPKey.generate_key("Ed25519", private=True)


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _claims(**changes: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "iss": "rapport-gateway", "aud": "rapport", "sub": str(uuid4()), "sid": str(uuid4()),
        "iat": now, "exp": now + 900,
    }  # fmt: skip
    return {k: v for k, v in (claims | changes).items() if v is not None}


def _signed(header: dict[str, Any], claims: dict[str, Any], key: OKPKey = KEY) -> str:
    body = f"{_part(header)}.{_part(claims)}"
    secret = key.get_op_key("sign")
    assert isinstance(secret, Ed25519PrivateKey)
    signature = secret.sign(body.encode())
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _hmac_with_the_public_key(public: bytes) -> str:
    body = f"{_part({'alg': 'HS256', 'typ': 'at+jwt'})}.{_part(_claims())}"
    signature = hmac.new(public, body.encode(), hashlib.sha256).digest()
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _by(algorithm: str, key: Any) -> str:
    header = {"alg": algorithm, "typ": "at+jwt"}
    return jwt.encode(header, _claims(), key, algorithms=[algorithm])


GOOD = {"alg": "Ed25519", "typ": "at+jwt"}
RAW_PUBLIC = base64.urlsafe_b64decode(json.loads(PUBLIC_KEY)["x"] + "==")
FORGERIES: dict[str, Callable[[], str]] = {
    "none": lambda: f"{_part({'alg': 'none', 'typ': 'at+jwt'})}.{_part(_claims())}.",
    "None in capitals": lambda: f"{_part({'alg': 'NONE', 'typ': 'at+jwt'})}.{_part(_claims())}.",
    "no signature": lambda: _signed(GOOD, _claims()).rsplit(".", 1)[0] + ".",
    "hmac with the public key's text": lambda: _hmac_with_the_public_key(PUBLIC_KEY.encode()),
    "hmac with the public key's bytes": lambda: _hmac_with_the_public_key(RAW_PUBLIC),
    "hmac with a weak secret": lambda: _by("HS256", OctKey.import_key("secret" * 6)),
    "rsa": lambda: _by("RS256", RSAKey.generate_key(2048)),
    "another key": lambda: _signed(GOOD, _claims(), OTHER),
    "another key, embedded": lambda: _signed(
        GOOD | {"jwk": OTHER.as_dict(private=False)}, _claims(), OTHER
    ),
    "jku": lambda: _signed(GOOD | {"jku": "https://evil.example/keys"}, _claims(), OTHER),
    "x5u": lambda: _signed(GOOD | {"x5u": "https://evil.example/cert"}, _claims(), OTHER),
    "kid as a path": lambda: _signed(GOOD | {"kid": "../../dev/null"}, _claims()),
    "kid as sql": lambda: _signed(GOOD | {"kid": "x' UNION SELECT 'k"}, _claims()),
    "crit": lambda: _signed(GOOD | {"crit": ["b64"], "b64": False}, _claims()),
    "wrong audience": lambda: _signed(GOOD, _claims(aud="clients")),
    "many audiences": lambda: _signed(GOOD, _claims(aud=["rapport", "clients"])),
    "wrong issuer": lambda: _signed(GOOD, _claims(iss="someone")),
    "wrong type": lambda: _signed(GOOD | {"typ": "JWT"}, _claims()),
    "a service's type": lambda: _signed(GOOD | {"typ": "rapport+jwt"}, _claims()),
    "expired": lambda: _signed(GOOD, _claims(iat=1, exp=2)),
    "no expiry": lambda: _signed(GOOD, _claims(exp=None)),
    "expiry as text": lambda: _signed(GOOD, _claims(exp="never")),
    "from the future": lambda: _signed(GOOD, _claims(iat=int(time.time()) + 600)),
    "session as a path": lambda: _signed(GOOD, _claims(sid="../x")),
    "unknown session": lambda: _signed(GOOD, _claims()),
    "a service's token": lambda: Signer(PRIVATE_KEY).sign(
        Actor(user_id=uuid4(), name="x", side=Side.FIRM), "gateway"
    ),
    "garbage": lambda: "a.b.c",
    "endless": lambda: "a" * 5_000,
}


@pytest.mark.parametrize("name", [n for n in FORGERIES if n != "unknown session"])
def test_a_forged_access_token_is_refused(name: str) -> None:
    with pytest.raises(Unauthenticated):
        AccessTokens(PRIVATE_KEY).read(FORGERIES[name]())


def test_our_own_token_is_read() -> None:
    session_id = uuid4()
    tokens = AccessTokens(PRIVATE_KEY)
    assert tokens.read(tokens.issue(session_id, uuid4())).session_id == session_id


async def test_every_forgery_is_a_401_at_the_door(gateway: Gateway) -> None:
    async with gateway.client() as client:
        for name, forge in FORGERIES.items():
            for path in ("/api/v1/clients", "/api/v1/me"):
                answer = await client.get(path, headers={"Authorization": f"Bearer {forge()}"})
                assert answer.status_code == 401, name
        for value in ("Basic YTpi", "Bearer", "Bearer x y", "Digest x"):
            answer = await client.get("/api/v1/me", headers={"Authorization": value})
            assert answer.status_code == 401, value
        forged = f"rapport_session={uuid4()}.{'x' * 43}"
        assert (await client.get("/api/v1/me", headers={"Cookie": forged})).status_code == 401
    assert gateway.echo.received == []


def test_a_service_is_told_who_acts_by_one_token_for_half_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database = Database(Dsns("", "", "", ""))
    callers = Callers(database, AccessTokens(PRIVATE_KEY), Signer(PRIVATE_KEY), believed=60)
    now = time.time()
    caller = Caller(firm("Lead"), uuid4(), "token", "lead", csrf=None, until=now + 600)
    monkeypatch.setattr(time, "time", lambda: now)
    first = callers.token_for(caller, "desk")
    assert callers.token_for(caller, "clients") != first
    monkeypatch.setattr(time, "time", lambda: now + 29)
    assert callers.token_for(caller, "desk") == first
    monkeypatch.setattr(time, "time", lambda: now + 31)
    second = callers.token_for(caller, "desk")
    assert second != first
    assert callers.token_for(caller, "desk") == second


async def test_what_was_read_before_a_revocation_is_not_believed_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    callers = Callers(
        Database(Dsns("", "", "", "")), AccessTokens(PRIVATE_KEY), Signer(PRIVATE_KEY), believed=60
    )
    caller = Caller(firm("Lead"), uuid4(), "token", "lead", csrf=None, until=time.time() + 600)
    read, goes_on, asked = asyncio.Event(), asyncio.Event(), 0

    async def ask(_: bytes) -> Caller:
        nonlocal asked
        asked += 1
        read.set()
        await goes_on.wait()
        return caller

    monkeypatch.setattr(callers, "_by_bearer", ask)
    before = asyncio.create_task(callers.of(b"Bearer x", None))
    await read.wait()
    callers.forget(caller.session_id)
    after = asyncio.create_task(callers.of(b"Bearer x", None))
    await asyncio.sleep(0)
    goes_on.set()
    assert await before is caller
    assert await after is caller
    assert asked == 2, "whoever comes after the revocation asks anew"
    assert await callers.of(b"Bearer x", None) is caller
    assert asked == 2


async def test_a_token_for_one_service_is_refused_by_another(gateway: Gateway) -> None:
    async with await gateway.signed_in("manager@firm.example") as client:
        headers = dict((await client.get("/api/v1/clients")).json()["headers"])
    token = headers["rapport-identity"]
    async with gateway.client() as client:
        answer = await client.get("/api/v1/me", headers={"Rapport-Identity": token})
    assert answer.status_code == 401
