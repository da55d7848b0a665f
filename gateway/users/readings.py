"""What may be read of people, and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from gateway.policy import POLICY
from gateway.users.rules import UserStatus
from gateway.users.store import LIVE_CLIENT
from shared.audience import EVERYONE, FIRM
from shared.identity import Actor, FirmRole, Side
from shared.reading import (
    ANY_OF,
    CONTAINS,
    HAS,
    RANGE,
    Can,
    Column,
    Listing,
    Scope,
    Search,
    reference,
)


def own_or_all(actor: Actor) -> Scope:
    """The firm sees everyone, a client-side person themselves."""
    if actor.side is Side.CLIENT:
        return Scope("u.id = :actor_id")
    return Scope.everything()


SOURCE: Final = f"users u LEFT JOIN client_refs k ON k.id = {LIVE_CLIENT}"

_THERE: Final = "u.email IS NOT NULL"
"""Not erased: of the erased nothing is left to act on."""

LANGUAGE_TAG: Final = "CASE u.language WHEN 'zh' THEN 'zh-CN' ELSE 'en' END"

COLUMNS: Final = (
    Column("id", "u.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column(
        "email", "u.email", str | None, audience=EVERYONE, filters=ANY_OF | CONTAINS, sortable=True
    ),
    Column(
        "name",
        "u.name",
        str,
        audience=EVERYONE,
        filters=CONTAINS,
        sortable=True,
        sort_sql="u.sort_name",
    ),
    Column("side", "u.side", Literal["firm", "client"], audience=EVERYONE, filters=ANY_OF),
    Column("roles", "u.roles", list[FirmRole], audience=EVERYONE, filters=HAS),
    reference("client", id=LIVE_CLIENT, label="k.name", audience=EVERYONE),
    Column("client_id", LIVE_CLIENT, UUID | None, audience=EVERYONE, filters=ANY_OF),
    Column("title", "u.title", str | None, audience=EVERYONE),
    Column("language", LANGUAGE_TAG, Literal["zh-CN", "en"], audience=EVERYONE),
    Column("status", "u.status", UserStatus, audience=EVERYONE, filters=ANY_OF),
    Column("last_seen_at", "u.last_seen_at", datetime | None, audience=FIRM),
    Column("created_at", "u.created_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("updated_at", "u.updated_at", datetime, audience=EVERYONE),
    Column("version", "u.version", int, audience=EVERYONE),
)

USERS: Final = Listing(
    name="users",
    path="/users",
    item="User",
    policy="user:list",
    source=SOURCE,
    columns=COLUMNS,
    scope=own_or_all,
    order="name",
    searches=(Search("u.search", audience=FIRM),),
    summary="People who can sign in, of both sides",
)
USER: Final = USERS.detail(
    name="user",
    policy="user:view",
    version="u.version",
    can=(
        Can("edit", rule=POLICY["user:edit"], when=_THERE),
        Can("invite", rule=POLICY["user:invite"], when=f"{_THERE} AND u.status = 'invited'"),
        Can(
            "deactivate",
            rule=POLICY["user:deactivate"],
            when=f"{_THERE} AND u.status <> 'deactivated'",
        ),
        Can(
            "activate",
            rule=POLICY["user:activate"],
            when=f"{_THERE} AND u.status = 'deactivated'",
        ),
    ),
    summary="One person",
)
