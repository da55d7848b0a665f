"""What may be read of API keys: everything but the secret, which nobody has."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.audience import ADMIN
from shared.identity import Actor
from shared.reading import ANY_OF, NULL, Column, Listing, Scope, reference


def _all(_: Actor) -> Scope:
    return Scope.everything()


_SOURCE: Final = "api_keys k JOIN users u ON u.id = k.user_id"
_COLUMNS: Final = (
    Column("id", "k.id", UUID, audience=ADMIN, filters=ANY_OF),
    Column("client_id", "'rk_' || replace(k.id::text, '-', '')", str, audience=ADMIN),
    Column("name", "k.name", str, audience=ADMIN, sortable=True),
    Column("scopes", "k.scopes", list[str], audience=ADMIN),
    reference("user", id="k.user_id", label="u.name", audience=ADMIN),
    Column("created_at", "k.created_at", datetime, audience=ADMIN, sortable=True),
    Column("expires_at", "k.expires_at", datetime | None, audience=ADMIN),
    Column("revoked_at", "k.revoked_at", datetime | None, audience=ADMIN, filters=NULL),
    Column("last_used_at", "k.last_used_at", datetime | None, audience=ADMIN),
)
KEYS: Final = Listing(
    name="api_keys", path="/api-keys", item="ApiKey", policy="key:list", source=_SOURCE,
    columns=_COLUMNS, scope=_all, order="-created_at", summary="API keys",
)  # fmt: skip
KEY: Final = KEYS.detail(
    name="api_key",
    policy="key:view",
    summary="One API key",
)  # fmt: skip
