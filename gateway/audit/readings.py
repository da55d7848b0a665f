"""What administrators read of the gathered trail."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.audience import ADMIN
from shared.identity import Actor
from shared.reading import ANY_OF, RANGE, Column, Listing, Scope


def said_of_others(_: Actor) -> Scope:
    """Everything but what was done with records that are about the reader."""
    return Scope(
        "NOT EXISTS (SELECT 1 FROM record_exclusions x"
        " WHERE x.user_id = :actor_id AND x.record_id = a.subject_id)"
    )


_NAME: Final = """CASE a.subject_kind
    WHEN 'user' THEN (SELECT u.name FROM users u WHERE u.id = a.subject_id)
    WHEN 'key' THEN (SELECT k.name FROM api_keys k WHERE k.id = a.subject_id)
    WHEN 'opportunity' THEN (SELECT n.after ->> 'title' FROM audit_trail n
        WHERE n.subject_id = a.subject_id AND n.after ? 'title' ORDER BY n.at DESC LIMIT 1)
    WHEN 'import' THEN (SELECT n.after ->> 'file_name' FROM audit_trail n
        WHERE n.subject_id = a.subject_id AND n.after ? 'file_name' ORDER BY n.at DESC LIMIT 1)
    ELSE (SELECT e.title FROM search_entries e WHERE e.id = a.subject_id) END"""
"""What the door itself knows: its own people and keys, what search finds, what the trail said."""

AUDIT: Final = Listing(
    name="audit",
    path="/audit",
    item="AuditEntry",
    policy="audit:list",
    source="audit_trail a",
    columns=(
        Column("id", "a.id", UUID, audience=ADMIN),
        Column("service", "a.service", str, audience=ADMIN, filters=ANY_OF),
        Column("seq", "a.seq", int, audience=ADMIN, description="Its place in the service's seal"),
        Column("at", "a.at", datetime, audience=ADMIN, filters=RANGE, sortable=True),
        Column("actor_id", "a.actor_id", UUID, audience=ADMIN, filters=ANY_OF),
        Column("actor_name", "a.actor_name", str | None, audience=ADMIN),
        Column("actor_side", "a.actor_side", str, audience=ADMIN, filters=ANY_OF),
        Column("action", "a.action", str, audience=ADMIN, filters=ANY_OF),
        Column("subject_kind", "a.subject_kind", str, audience=ADMIN, filters=ANY_OF),
        Column("subject_id", "a.subject_id", UUID, audience=ADMIN, filters=ANY_OF),
        Column(
            "subject_name",
            _NAME,
            str | None,
            audience=ADMIN,
            description="The record's name as it is now, where the gateway knows it",
        ),
        Column("request_id", "a.request_id", str, audience=ADMIN, filters=ANY_OF),
        Column("before", "a.before", dict[str, Any] | None, audience=ADMIN),
        Column("after", "a.after", dict[str, Any] | None, audience=ADMIN),
    ),
    scope=said_of_others,
    exclusions=True,
    order="-at",
    summary="Who did what to which record, in every service, newest first",
    description="Rows come here sealed, a moment after the act; the seal is walked in the service.",
)
