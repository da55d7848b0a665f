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
