"""Who comes with a request: credentials turned into an actor, believed for seconds.

The forward path asks the database only when it does not remember the credential. What it remembers
it believes for `believed` seconds, so that a revocation holds everywhere within that time, and at
once in the process that revoked.
"""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple
from uuid import UUID

from cachetools import TLRUCache

from gateway.identity.tokens import AccessTokens, digest
from gateway.memberships.rules import memberships_of
from gateway.sessions import store
from gateway.sessions.actions import csrf_token
from gateway.sessions.rules import MissingCsrfToken
from shared.contracts.engagements import MemberState
from shared.contracts.gateway import UserState
from shared.database import Database
from shared.errors import NotFound, Problem, Unauthenticated
from shared.events import moved_type
from shared.identity import Actor, Importer, Side, Signer

COOKIE: Final = b"rapport_session"
_REMEMBERED: Final = 20_000
_TOKEN_SECONDS: Final = 30.0
_MOVES: Final = (moved_type(UserState), moved_type(MemberState))
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NOBODY: Final = Actor(UUID(int=0), "", Side.CLIENT)
"""Somebody who need not sign in; a service gives them what their own proof opens, and no more."""


@dataclass(slots=True)
class Caller:
    """An authenticated caller; `until` is when the session must be asked for again."""

    actor: Actor
    session_id: UUID
    kind: str
    subject: str
    csrf: str | None
    until: float
    tokens: dict[str, tuple[float, str]] = field(default_factory=dict)


class Credential(NamedTuple):
    """What a caller shows, and where: the same bytes are never good in the other place."""

    value: bytes
    by_cookie: bool


class Callers:
    """Authenticates requests and mints the tokens that tell the services."""

    def __init__(
        self, database: Database, access: AccessTokens, signer: Signer, *, believed: float
    ) -> None:
        self._database = database
        self._access = access
        self._signer = signer
        self._believed = believed
        self._known: TLRUCache[Credential, Caller] = TLRUCache(
            _REMEMBERED, ttu=lambda _, caller, now: caller.until, timer=time.time
        )
        self._nobody = Caller(_NOBODY, _NOBODY.user_id, "none", "nobody", None, until=0)
        self._asking: dict[Credential, asyncio.Future[Caller]] = {}

    async def of(self, authorization: bytes | None, cookie: bytes | None) -> Caller | None:
        """The caller of a request, None when it carries no credential.

        Raises `Unauthenticated` (401) for a credential that is not, or no longer, good.
        """
        given = authorization or session_cookie(cookie)
        if not given:
            return None
        credential = Credential(given, by_cookie=not authorization)
        return self._known.get(credential) or await self._ask(credential)

    async def again(self, caller: Caller) -> Caller:
        """The caller as they are now, asked afresh. Raises `Unauthenticated` (401) once it is over.

        Whether what they showed would let them in anew is not asked: it did when they began.
        """
        actor = await self.still(caller.session_id)
        if actor is None:
            raise Unauthenticated()
        return replace(caller, actor=actor, tokens={})

    def check_csrf(self, caller: Caller, method: str, given: bytes | None) -> None:
        """Raise `MissingCsrfToken` (403) when a browser's unsafe request lacks its token."""
        if caller.csrf is None or method in _SAFE:
            return
        if not hmac.compare_digest(caller.csrf.encode(), given or b""):
            raise MissingCsrfToken()

    def token_for(self, caller: Caller, service: str) -> str:
        """The signed token that tells `service` who acts; reused for 30 seconds."""
        now = time.time()
        minted = caller.tokens.get(service)
        if minted is not None and minted[0] > now:
            return minted[1]
        token = self._signer.sign(caller.actor, service)
        caller.tokens[service] = (now + _TOKEN_SECONDS, token)
        return token

    def token_for_nobody(self, service: str) -> str:
        """The signed token of a caller without an identity."""
        return self.token_for(self._nobody, service)

    async def history_token(self, caller: Caller, service: str, person_id: UUID | None) -> str:
        """A token that acts as `person_id` (or the caller) while the caller imports history.

        Raises `NotFound` (404) for an unknown person.
        """
        importer = Importer(caller.actor.user_id, caller.actor.name)
        actor = caller.actor
        if person_id is not None:
            row = await store.person(self._database.worker_pool(), person_id)
            if row is None:
                raise NotFound()
            actor = replace(_actor(row), session_id=caller.actor.session_id)
        return self._signer.sign(replace(actor, importer=importer), service)

    def forget(self, session_id: UUID) -> None:
        """Stop believing a session, at once in this process."""
        self._drop(lambda caller: caller.session_id == session_id)

    def forget_user(self, user_id: UUID) -> None:
        """Stop believing every session of a person."""
        self._drop(lambda caller: caller.actor.user_id == user_id)

    def hear_of_move(self, type_: str, people: Collection[UUID]) -> None:
        """Ask anew who people are once they, or their places in teams, went to another client."""
        if type_ in _MOVES:
            self._drop(lambda caller: caller.actor.user_id in people)

    async def still(self, session_id: UUID) -> Actor | None:
        """The actor of a session as it is now, asked afresh; None when it is over."""
        row = await self._live(session_id)
        return None if row is None else _actor(row)

    def _drop(self, gone: Callable[[Caller], bool]) -> None:
        for credential in [key for key, caller in self._known.items() if gone(caller)]:
            self._known.pop(credential, None)
        # Who is being asked for was read before, perhaps: that answer is not kept, and whoever
        # comes from now on asks anew.
        self._asking.clear()

    async def _ask(self, credential: Credential) -> Caller:
        """Of many requests with one credential, one asks and all get its answer."""
        asking = self._asking.get(credential)
        if asking is not None:
            return await asyncio.shield(asking)
        asking = asyncio.get_running_loop().create_future()
        self._asking[credential] = asking
        try:
            ask = self._by_cookie if credential.by_cookie else self._by_bearer
            caller = await ask(credential.value)
            if self._asking.get(credential) is asking:
                self._known[credential] = caller
            asking.set_result(caller)
            return caller
        except BaseException as error:
            self._known.pop(credential, None)
            # Whoever waits gets a 401 or 5xx of its own; a cancelled first asker harms nobody.
            asking.set_exception(error if isinstance(error, Exception) else Problem())
            asking.exception()
            raise
        finally:
            if self._asking.get(credential) is asking:
                del self._asking[credential]

    async def _by_bearer(self, authorization: bytes) -> Caller:
        scheme, _, token = authorization.partition(b" ")
        if scheme.lower() != b"bearer" or not token.isascii():
            raise Unauthenticated()
        claims = self._access.read(token.decode().strip())
        row = await self._live(claims.session_id)
        if row is None:
            raise Unauthenticated()
        return self._caller(row, expires=claims.expires, csrf=None)

    async def _by_cookie(self, cookie: bytes) -> Caller:
        identifier, _, secret = cookie.decode("latin-1").partition(".")
        try:
            session_id = UUID(identifier)
        except ValueError as error:
            raise Unauthenticated() from error
        row = await self._live(session_id)
        if row is None or row["secret_hash"] is None:
            raise Unauthenticated()
        if not hmac.compare_digest(bytes(row["secret_hash"]), digest(secret)):
            raise Unauthenticated()
        expires = row["expires_at"].timestamp()
        return self._caller(row, expires=expires, csrf=csrf_token(secret))

    async def _live(self, session_id: UUID) -> Any:
        return await store.live_session(
            self._database.worker_pool(), session_id, self._database.clock()
        )

    def _caller(self, row: Any, *, expires: float, csrf: str | None) -> Caller:
        return Caller(
            actor=_actor(row),
            session_id=row["session_id"],
            kind=row["kind"],
            subject=str(row["session_id"]),
            csrf=csrf,
            until=min(time.time() + self._believed, expires),
        )


def _actor(row: Any) -> Actor:
    name = row["name"] if row["key_name"] is None else f"{row['name']} ({row['key_name']})"
    return Actor(
        user_id=row["id"],
        name=name,
        side=Side(row["side"]),
        roles=frozenset(row["roles"]),
        client_id=row["client_id"],
        memberships=memberships_of(row["memberships"]),
        scopes=None if row["scopes"] is None else frozenset(row["scopes"]),
        session_id=str(row["session_id"]),
        language=row["language"],
    )


def session_cookie(header: bytes | None) -> bytes | None:
    """The value of the session cookie; of several the first."""
    if not header or COOKIE not in header:
        return None
    for part in header.split(b";"):
        name, _, value = part.strip().partition(b"=")
        if name == COOKIE:
            return value
    return None
