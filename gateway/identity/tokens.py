"""Secrets and access tokens.

An access token is a JWT of the gateway for itself: one algorithm, one type, one audience, the key
that is configured and no other. It names a session; whether that session lives is looked up.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from shared.errors import Unauthenticated
from shared.identity import ALGORITHM
from shared.ids import new_id

TYPE: Final = "at+jwt"
ISSUER: Final = "rapport-gateway"
AUDIENCE: Final = "rapport"
ACCESS_SECONDS: Final = 900
_LONGEST: Final = 2_000


def new_secret() -> str:
    """A fresh secret of 256 bits, fit for headers, cookies and addresses."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """What is stored of a secret: enough to recognise it, nothing to recover it from."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True)
class AccessClaims:
    """What an access token says: the session it stands for, and until when (Unix seconds)."""

    session_id: UUID
    expires: float


class AccessTokens:
    """Issues and reads access tokens."""

    def __init__(self, private_key: str) -> None:
        self._key = OKPKey.import_key(json.loads(private_key))

    seconds: Final = ACCESS_SECONDS

    def issue(self, session_id: UUID, user_id: UUID) -> str:
        """A token for the session, valid for `ACCESS_SECONDS`."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(user_id),
            "sid": str(session_id),
            "jti": str(new_id()),
            "iat": now,
            "exp": now + ACCESS_SECONDS,
        }
        header = {"alg": ALGORITHM, "typ": TYPE}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def read(self, token: str) -> AccessClaims:
        """The claims of a valid token. Raises `Unauthenticated` (401) for anything else."""
        if len(token) > _LONGEST:
            raise Unauthenticated()
        try:
            decoded = jwt.decode(token, self._key, algorithms=[ALGORITHM])
            # jku, jwk, x5u, crit and kid are not followed but refused: none of ours has them.
            if decoded.header != {"alg": ALGORITHM, "typ": TYPE}:
                raise Unauthenticated()
            claims, now = decoded.claims, time.time()
            valid = (
                claims["iss"] == ISSUER
                and claims["aud"] == AUDIENCE
                and int(claims["iat"]) <= now + 5
                and int(claims["exp"]) > now
            )
            if not valid:
                raise Unauthenticated()
            return AccessClaims(UUID(claims["sid"]), float(claims["exp"]))
        except (JoseError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Unauthenticated() from error
