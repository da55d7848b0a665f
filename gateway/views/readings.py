"""What may be read of saved views: one's own, and those one is offered."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from gateway.policy import POLICY
from gateway.views.rules import ViewAudience
from shared.audience import EVERYONE, FIRM
from shared.identity import Actor, FirmRole, Side
from shared.reading import ANY_OF, Can, Column, Listing, Scope, reference


def own_or_offered(actor: Actor) -> Scope:
    """One's own and public ones; the firm also what is shared with it or with a role one holds."""
    if actor.side is Side.CLIENT:
        return Scope("(v.owner_id = :actor_id OR v.audience = 'public')")
    return Scope(
        "(v.owner_id = :actor_id OR v.audience = 'public' OR (v.audience = 'team'"
        " AND (v.role IS NULL OR v.role = ANY(:held::text[]) OR 'admin' = ANY(:held::text[]))))",
        {"held": sorted(actor.roles)},
    )


_SOURCE: Final = "views v LEFT JOIN users u ON u.id = v.owner_id"
_MINE: Final = "(v.owner_id = :actor_id)"
_DEFAULT: Final = (
    "EXISTS (SELECT 1 FROM view_defaults d WHERE d.view_id = v.id AND d.user_id = :actor_id)"
)
_COLUMNS: Final = (
    Column("id", "v.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("collection", "v.collection", str, audience=EVERYONE, filters=ANY_OF),
    Column("name", "v.name", str, audience=EVERYONE, sortable=True),
    Column("address", "v.address", str, audience=EVERYONE),
    Column("audience", "v.audience", ViewAudience, audience=EVERYONE, filters=ANY_OF),
    Column("role", "v.role", FirmRole | None, audience=FIRM),
    reference("owner", id="v.owner_id", label="u.name", audience=FIRM, required=True),
    Column("mine", _MINE, bool, audience=EVERYONE, description="The caller keeps it."),
    Column("default", _DEFAULT, bool, audience=EVERYONE, description="The caller begins with it."),
    Column("updated_at", "v.updated_at", datetime, audience=EVERYONE),
    Column("version", "v.version", int, audience=EVERYONE),
)
VIEWS: Final = Listing(
    name="views", path="/views", item="View", policy="view:list", source=_SOURCE,
    columns=_COLUMNS, scope=own_or_offered, order="name", exclusions=True,
    summary="Saved views of lists",
)  # fmt: skip
_ADMIN: Final = "EXISTS (SELECT 1 FROM users a WHERE a.id = :actor_id AND 'admin' = ANY(a.roles))"
_CHANGES: Final = f"({_MINE} OR (v.audience <> 'personal' AND {_ADMIN}))"
VIEW: Final = VIEWS.detail(
    name="view",
    policy="view:view",
    version="v.version",
    can=(
        Can("edit", rule=POLICY["view:edit"], when=_CHANGES),
        Can("delete", rule=POLICY["view:delete"], when=_CHANGES),
        Can("default", rule=POLICY["view:default"]),
    ),
    summary="One saved view",
)  # fmt: skip
