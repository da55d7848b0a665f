"""What may be read of contact records."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.clients.interactions.rules import InteractionKind
from services.clients.policy import POLICY
from services.clients.registry.readings import LIVE, every_client
from shared.audience import FIRM
from shared.reading import (
    ANY_OF,
    HAS,
    RANGE,
    Can,
    Column,
    Condition,
    Listing,
    Reference,
    instant,
    reference,
)


class AmendmentOut(BaseModel):
    """An addition to a locked record."""

    id: UUID
    at: datetime
    by_name: str
    summary: str
    reason: str


CONTACTS = (
    "(SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name),"
    " '[]') FROM contacts p WHERE p.id = ANY (i.contact_ids))"
)
PARTICIPANTS = (
    "(SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name),"
    " '[]') FROM user_refs u WHERE u.id = ANY (i.participant_ids))"
)
AMENDMENTS = (
    "(SELECT coalesce(json_agg(json_build_object('id', m.id, 'at', "
    f"{instant('m.at')}, 'by_name', m.by_name, 'summary', m.summary, 'reason', m.reason)"
    " ORDER BY m.at), '[]') FROM interaction_amendments m WHERE m.interaction_id = i.id)"
)
SOURCE = "interactions i JOIN clients c ON c.id = i.client_id"

COLUMNS = (
    Column("id", "i.id", UUID, audience=FIRM, filters=ANY_OF),
    reference("client", id="i.client_id", label="c.legal_name", audience=FIRM, required=True),
    Column("client_id", "i.client_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("kind", "i.kind", InteractionKind, audience=FIRM, filters=ANY_OF),
    Column("occurred_at", "i.occurred_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("contacts", CONTACTS, list[Reference], audience=FIRM),
    Column("contact_ids", "i.contact_ids", list[UUID], audience=FIRM, filters=HAS),
    Column("participants", PARTICIPANTS, list[Reference], audience=FIRM),
    Column("participant_ids", "i.participant_ids", list[UUID], audience=FIRM),
    Column("summary", "i.summary", str, audience=FIRM),
    Column("intent", "i.intent", int | None, audience=FIRM, filters=RANGE),
    Column("next_step", "i.next_step", str | None, audience=FIRM),
    Column("next_step_on", "i.next_step_on", date | None, audience=FIRM, filters=RANGE),
    reference("author", id="i.author_id", label="i.author_name", audience=FIRM, required=True),
    Column("author_id", "i.author_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("historical", "i.historical", bool, audience=FIRM),
    Column("locked_at", "i.locked_at", datetime, audience=FIRM),
    Column("amendments", AMENDMENTS, list[AmendmentOut], audience=FIRM),
    Column("created_at", "i.created_at", datetime, audience=FIRM),
    Column("updated_at", "i.updated_at", datetime, audience=FIRM),
    Column("version", "i.version", int, audience=FIRM),
)

INTERACTIONS = Listing(
    name="interactions",
    path="/interactions",
    item="Interaction",
    policy="interaction:list",
    summary="Contact records, newest first",
    source=SOURCE,
    columns=COLUMNS,
    scope=every_client,
    order="-occurred_at",
    conditions=(
        Condition(
            "mine",
            "(i.author_id = :actor_id) = :value",
            bool,
            audience=FIRM,
            description="Records the caller wrote.",
        ),
    ),
)

INTERACTION = INTERACTIONS.detail(
    name="interaction",
    policy="interaction:view",
    summary="A contact record",
    version="i.version",
    can=(
        Can("edit", rule=POLICY["interaction:edit"], when=f"i.locked_at > now() AND {LIVE}"),
        Can("amend", rule=POLICY["interaction:amend"], when=f"i.locked_at <= now() AND {LIVE}"),
    ),
)
