"""One search over everything: what it answers, and to whom."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from shared.audience import EVERYONE, FIRM
from shared.identity import Actor, Side
from shared.reading import ANY_OF, Column, Listing, Scope, Search, reference
from shared.steps import StepText


def may_find(actor: Actor) -> Scope:
    """The firm but those excluded; of the client side only those listed, while they are there.

    Where an entry names roles, of the firm only their holders and those listed.
    """
    if actor.side is Side.CLIENT:
        return Scope("s.client_users @> ARRAY[:actor_id] AND s.client_id = :actor_client_id")
    return Scope(
        "NOT (s.excluded @> ARRAY[:actor_id]) AND (s.roles = '{}' OR s.roles && :held::text[]"
        " OR s.firm_users @> ARRAY[:actor_id])",
        {"held": sorted(actor.roles)},
    )


MINE: Final = (
    "coalesce(s.owner_id = :actor_id OR k.owner_id = :actor_id"
    " OR s.firm_users @> ARRAY[:actor_id] OR EXISTS (SELECT 1 FROM memberships m"
    " WHERE m.user_id = :actor_id AND m.client_id = s.client_id AND m.live), false)"
)
"""Owned, assigned or worked on by the actor: the record, or the client it belongs to."""

SEARCH: Final = Listing(
    name="search",
    path="/search",
    item="Finding",
    policy="search:list",
    source="search_entries s LEFT JOIN client_refs k ON k.id = s.client_id",
    columns=(
        Column("id", "s.id", UUID, audience=EVERYONE, filters=ANY_OF),
        Column(
            "kind",
            "s.kind",
            Literal["client", "contact", "case", "engagement"],
            audience=EVERYONE,
            filters=ANY_OF,
        ),
        Column("title", "s.title", str, audience=EVERYONE),
        Column(
            "title_texts",
            "s.title_texts",
            StepText | None,
            audience=EVERYONE,
            description="The title in both languages where Rapport itself wrote it.",
        ),
        Column("subtitle", "s.subtitle", str | None, audience=EVERYONE),
        reference("client", id="s.client_id", label="k.name", audience=EVERYONE),
        Column(
            "mine",
            MINE,
            bool,
            audience=FIRM,
            description="The caller answers for it or its client, or is on a team there.",
        ),
        Column("updated_at", "s.updated_at", datetime, audience=EVERYONE, sortable=True),
    ),
    scope=may_find,
    exclusions=True,
    order="-updated_at",
    searches=(Search("s.search", audience=EVERYONE),),
    maximum=50,
    summary="Find clients, people, cases and engagements by name, number, pinyin or initials",
)
