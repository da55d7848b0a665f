"""The gateway's own working parts, handed to its routes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from gateway.identity.passwords import Passwords
from gateway.identity.tokens import AccessTokens
from gateway.sessions.callers import Callers
from gateway.settings import GatewaySettings
from shared.database import Database
from shared.identity import SYSTEM, Signer
from shared.limits import SharedLimiter


@dataclass
class Parts:
    """What signing in needs beyond a session."""

    settings: GatewaySettings
    database: Database
    passwords: Passwords
    access: AccessTokens
    callers: Callers
    limiter: SharedLimiter


def make_parts(settings: GatewaySettings, database: Database) -> Parts:
    """The parts of one process."""
    access = AccessTokens(settings.identity_private_key)
    return Parts(
        settings=settings,
        database=database,
        passwords=Passwords(demo=settings.demo),
        access=access,
        callers=Callers(
            database,
            access,
            Signer(settings.identity_private_key),
            believed=settings.live_revocation_seconds,
        ),
        limiter=SharedLimiter(database),
    )


# A coroutine although it waits for nothing: FastAPI hands plain functions to a thread.
async def get_parts(request: Request) -> Parts:
    """The parts of the process that answers the request."""
    parts: Parts = request.app.state.parts
    return parts


PartsDep = Annotated[Parts, Depends(get_parts)]

OUTSIDER = SYSTEM
"""On whose behalf sign-in works: nobody is signed in yet, so Rapport itself does."""
