"""What waits for the reader: reviews, decisions, comments, tasks, key nodes, plans to confirm."""

from datetime import date
from typing import Literal
from uuid import UUID

from services.engagements.deliverables.rules import SILENCE
from services.engagements.engagement.readings import ENGAGEMENT_REFERENCE, EngagementReference
from services.engagements.engagement.store import engagement_scope
from services.engagements.work.readings import Titled
from shared.audience import EVERYONE
from shared.identity import Actor
from shared.reading import ANY_OF, RANGE, Column, Listing, Scope

Kind = Literal[
    "deliverable_draft",
    "deliverable_comment",
    "deliverable_check",
    "deliverable_decide",
    "deliverable_rollout",
    "task",
    "key_node",
    "plan",
]


def own_scope(actor: Actor) -> Scope:
    """What waits for the reader alone, of engagements in reach."""
    engagement = engagement_scope(actor)
    return Scope(f"w.user_id = :actor_id AND {engagement.sql}", engagement.params)


WAITING = Listing(
    name="waiting",
    path="/waiting",
    item="WaitingItem",
    policy="waiting:list",
    summary="What waits for the caller, by day due",
    source="waiting_items w JOIN engagements e ON e.id = w.engagement_id",
    columns=(
        Column("id", "w.id", UUID, audience=EVERYONE, filters=ANY_OF),
        Column("kind", "w.kind", Kind, audience=EVERYONE, filters=ANY_OF),
        Column("engagement_id", "w.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
        Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=EVERYONE),
        Column("title", "w.title", Titled, audience=EVERYONE),
        Column("record_id", "w.record_id", UUID, audience=EVERYONE),
        Column(
            "due_on",
            "w.due_on",
            date,
            audience=EVERYONE,
            filters=RANGE,
            sortable=True,
            description=SILENCE,
        ),
    ),
    scope=own_scope,
    order="due_on",
    exclusions=True,
)
