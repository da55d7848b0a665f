"""What may be read of follow-ups."""

from datetime import date, datetime
from uuid import UUID

from services.desk.cases.readings import CASE_REFERENCE, CaseReference
from services.desk.cases.store import case_scope
from services.desk.followups.rules import FollowUpStatus
from services.desk.policy import POLICY
from shared.audience import EVERYONE, FIRM
from shared.reading import ANY_OF, RANGE, Can, Column, Condition, Listing

SOURCE = "follow_ups f JOIN cases c ON c.id = f.case_id"

COLUMNS = (
    Column("id", "f.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case_id", "f.case_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case", CASE_REFERENCE, CaseReference, audience=EVERYONE),
    Column("due_on", "f.due_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("status", "f.status", FollowUpStatus, audience=EVERYONE, filters=ANY_OF),
    Column("satisfied", "f.satisfied", bool | None, audience=EVERYONE),
    Column("score", "f.score", int | None, audience=EVERYONE),
    Column("notes", "f.notes", str | None, audience=FIRM),
    Column("waive_reason", "f.waive_reason", str | None, audience=FIRM),
    Column("reopened", "f.reopened", bool, audience=EVERYONE),
    Column("recorded_by_name", "f.recorded_by_name", str | None, audience=EVERYONE),
    Column("recorded_at", "f.recorded_at", datetime | None, audience=EVERYONE),
    Column("created_at", "f.created_at", datetime, audience=EVERYONE),
    Column("version", "f.version", int, audience=EVERYONE),
)

FOLLOW_UPS = Listing(
    name="follow_ups",
    path="/follow-ups",
    item="FollowUp",
    policy="follow-up:list",
    summary="Follow-ups by day",
    source=SOURCE,
    columns=COLUMNS,
    scope=case_scope,
    order="due_on",
    exclusions=True,
    conditions=(
        Condition(
            "mine",
            "(c.assignee_id IS NOT NULL AND c.assignee_id = :actor_id) = :value",
            bool,
            audience=FIRM,
            description="Of cases assigned to the caller.",
        ),
    ),
)

_SCHEDULED = "f.status = 'scheduled'"

FOLLOW_UP = FOLLOW_UPS.detail(
    name="follow_up",
    policy="follow-up:view",
    summary="A follow-up",
    version="f.version",
    can=(
        Can("record", rule=POLICY["follow-up:record"], when=_SCHEDULED),
        Can("waive", rule=POLICY["follow-up:waive"], when=_SCHEDULED),
    ),
)
