"""The audit trail, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.audience import ADMIN
from shared.identity import Actor
from shared.reading import ANY_OF, RANGE, Column, Listing, Scope


def _all(_: Actor) -> Scope:
    return Scope.everything()


AUDIT: Final = Listing(
    name="audit",
    path="/audit",
    item="AuditEntry",
    policy="audit:list",
    source="audit a",
    columns=(
        Column("id", "a.id", UUID, audience=ADMIN, sortable=True),
        Column("at", "a.at", datetime, audience=ADMIN, filters=RANGE),
        Column("actor_id", "a.actor_id", UUID, audience=ADMIN, filters=ANY_OF),
        Column("actor_name", "a.actor_name", str | None, audience=ADMIN),
        Column("actor_side", "a.actor_side", str, audience=ADMIN, filters=ANY_OF),
        Column("action", "a.action", str, audience=ADMIN, filters=ANY_OF),
        Column("subject_kind", "a.subject_kind", str, audience=ADMIN, filters=ANY_OF),
        Column("subject_id", "a.subject_id", UUID, audience=ADMIN, filters=ANY_OF),
        Column("request_id", "a.request_id", str, audience=ADMIN, filters=ANY_OF),
        Column("before", "a.before", dict[str, Any] | None, audience=ADMIN),
        Column("after", "a.after", dict[str, Any] | None, audience=ADMIN),
        Column("sealed", "a.seq IS NOT NULL", bool, audience=ADMIN),
    ),
    scope=_all,
    order="-id",
    summary="Who did what at the door, newest first",
)
