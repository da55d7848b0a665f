"""What may be read of a conversation: messages by both sides, notes by the firm."""

from datetime import datetime
from uuid import UUID

from services.desk.cases.readings import CASE
from services.desk.cases.store import case_scope
from shared.audience import EVERYONE, FIRM
from shared.identity import Actor, Side
from shared.reading import Column, Listing, Parent, Scope, reference

MESSAGES = Listing(
    name="case_messages",
    path="/cases/{case_id}/messages",
    item="Message",
    policy="message:list",
    summary="What both sides said",
    source="case_messages m JOIN cases c ON c.id = m.case_id",
    parents=(Parent("case_id", "m.case_id", CASE),),
    columns=(
        Column("id", "m.id", UUID, audience=EVERYONE),
        Column("case_id", "m.case_id", UUID, audience=EVERYONE),
        reference("author", id="m.author_id", label="m.author_name", audience=EVERYONE),
        Column("author_name", "m.author_name", str, audience=EVERYONE),
        Column("author_side", "m.author_side", Side, audience=EVERYONE),
        Column("body", "m.body", str, audience=EVERYONE),
        Column("created_at", "m.created_at", datetime, audience=EVERYONE, sortable=True),
    ),
    scope=case_scope,
    order="created_at",
    exclusions=True,
)

MESSAGE = MESSAGES.detail(
    name="case_message",
    item="Message",
    policy="message:list",
    summary="A message",
)


def firm_scope(actor: Actor) -> Scope:
    """Notes are the firm's: no client-side caller reaches any."""
    return Scope.nothing() if actor.side is Side.CLIENT else case_scope(actor)


NOTES = Listing(
    name="case_notes",
    path="/cases/{case_id}/notes",
    item="Note",
    policy="note:list",
    summary="Internal notes",
    source="case_notes n JOIN cases c ON c.id = n.case_id",
    parents=(Parent("case_id", "n.case_id", CASE),),
    columns=(
        Column("id", "n.id", UUID, audience=FIRM),
        Column("case_id", "n.case_id", UUID, audience=FIRM),
        reference("author", id="n.author_id", label="n.author_name", audience=FIRM, required=True),
        Column("body", "n.body", str, audience=FIRM),
        Column("created_at", "n.created_at", datetime, audience=FIRM, sortable=True),
    ),
    scope=firm_scope,
    order="created_at",
    exclusions=True,
)

NOTE = NOTES.detail(
    name="case_note",
    item="Note",
    policy="note:list",
    summary="An internal note",
)
