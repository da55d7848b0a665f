"""What may be read of cases, and by whom."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.desk.cases.rules import CaseKind, CaseStatus, Channel, Priority, Severity
from services.desk.cases.store import case_scope, stands_still_sql
from services.desk.policy import POLICY
from shared.audience import EVERYONE, FIRM
from shared.reading import (
    ANY_OF,
    NULL,
    RANGE,
    Can,
    Column,
    Condition,
    Listing,
    Search,
    instant,
    reference,
)
from shared.steps import StepText

SOURCE = (
    "cases c LEFT JOIN client_refs k ON k.id = c.client_id "
    "LEFT JOIN user_refs r ON r.id = c.requester_id "
    "LEFT JOIN user_refs a ON a.id = c.assignee_id "
    "LEFT JOIN case_words s ON s.case_id = c.id"
)
NEED_AWAITED = "(c.restated_need IS NOT NULL AND c.need_confirmed_at IS NULL)"
DUE = "c.due_order"
"""When the case is due next: since a promise was broken, where the client has heard nothing after;
since it was opened, where nobody has it. What owes nothing, or waits for the client, comes last."""
STANDS_STILL = stands_still_sql(status="c.status", promise="c.next_promise_kind")
OVERDUE = (
    f"{DUE} < now() AND (c.overdue_since IS NOT NULL"
    f" OR (c.next_due_at IS NOT NULL AND c.next_due_at < now() AND NOT {STANDS_STILL}))"
)
LIVE = "c.status NOT IN ('resolved', 'closed', 'withdrawn')"


class CaseReference(BaseModel):
    """The case a record belongs to, as a reader knows it."""

    id: UUID
    number: str
    subject: str
    subject_texts: StepText | None
    status: CaseStatus


CASE_REFERENCE = (
    "json_build_object('id', c.id, 'number', c.number, 'subject', c.subject,"
    " 'subject_texts', c.subject_texts, 'status', c.status)"
)


class AskedCase(BaseModel):
    """The case that a survey asked about, for whoever may see it."""

    id: UUID
    number: str


# Row security leaves out a case that the reader may not see; of the client's people it is the
# requester of both.
ASKED_CASE = (
    "(SELECT json_build_object('id', w.id, 'number', w.number) FROM cases w"
    " WHERE w.id = c.asked_case_id AND w.requester_id = c.requester_id)"
)


class NextPromise(BaseModel):
    """The promise that is due next."""

    id: UUID
    due_at: datetime
    kind: str
    status: Literal["made"]
    paused: bool = Field(description="Its clock stands still while the client is waited for.")


NEXT_PROMISE = (
    "CASE WHEN c.next_promise_id IS NOT NULL THEN json_build_object('id', c.next_promise_id, "
    f"'due_at', {instant('c.next_due_at')}, 'kind', c.next_promise_kind, 'status', 'made',"
    f" 'paused', {STANDS_STILL}) END"
)

COLUMNS = (
    Column("id", "c.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("number", "c.number", str, audience=EVERYONE, filters=ANY_OF, sortable=True),
    Column("kind", "c.kind", CaseKind, audience=EVERYONE, filters=ANY_OF),
    Column("subject", "c.subject", str, audience=EVERYONE),
    Column(
        "subject_texts",
        "c.subject_texts",
        StepText | None,
        audience=EVERYONE,
        description="The subject in both languages where Rapport itself wrote it.",
    ),
    Column("remedy_sought", "c.remedy_sought", str | None, audience=EVERYONE),
    Column("priority", "c.priority", Priority, audience=FIRM, filters=ANY_OF),
    Column("severity", "c.severity", Severity | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("status", "c.status", CaseStatus, audience=EVERYONE, filters=ANY_OF),
    reference("client", id="c.client_id", label="k.name", audience=EVERYONE, required=True),
    Column("client_id", "c.client_id", UUID, audience=EVERYONE, filters=ANY_OF),
    reference("requester", id="c.requester_id", label="r.name", audience=EVERYONE, required=True),
    Column("requester_id", "c.requester_id", UUID, audience=EVERYONE, filters=ANY_OF),
    reference("assignee", id="c.assignee_id", label="a.name", audience=EVERYONE),
    Column("assignee_id", "c.assignee_id", UUID | None, audience=EVERYONE, filters=ANY_OF | NULL),
    Column("channel", "c.channel", Channel, audience=EVERYONE, filters=ANY_OF),
    Column("acknowledged_at", "c.acknowledged_at", datetime | None, audience=EVERYONE),
    Column("need_confirmed_at", "c.need_confirmed_at", datetime | None, audience=EVERYONE),
    Column("need_awaited", NEED_AWAITED, bool, audience=EVERYONE),
    Column("next_promise", NEXT_PROMISE, NextPromise | None, audience=EVERYONE),
    Column(
        "next_due_at",
        "c.next_due_at",
        datetime | None,
        audience=EVERYONE,
        filters=RANGE | NULL,
        sortable=True,
        sort_sql=DUE,
        sort_type=datetime,
    ),
    Column(
        "overdue_since",
        "c.overdue_since",
        datetime | None,
        audience=EVERYONE,
        description="When a promise was broken that the client has heard nothing after.",
    ),
    Column("resolved_at", "c.resolved_at", datetime | None, audience=EVERYONE, filters=RANGE),
    Column("closed_at", "c.closed_at", datetime | None, audience=EVERYONE, filters=RANGE),
    Column("created_at", "c.created_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("updated_at", "c.updated_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("version", "c.version", int, audience=EVERYONE),
)

DETAILS = (
    Column("description", "c.description", str, audience=EVERYONE),
    Column("description_texts", "c.description_texts", StepText | None, audience=EVERYONE),
    Column(
        "asked_case",
        ASKED_CASE,
        AskedCase | None,
        audience=EVERYONE,
        description="The case whose survey opened this one.",
    ),
    Column(
        "asked_engagement_id",
        "c.asked_engagement_id",
        UUID | None,
        audience=FIRM,
        description="The engagement whose survey opened this case.",
    ),
    Column(
        "about_user_ids",
        "c.about_user_ids",
        list[UUID],
        audience=FIRM,
        description="Whom the case is about; they neither see, handle nor close it.",
    ),
    Column("restated_need", "c.restated_need", str | None, audience=EVERYONE),
    Column("need_comment", "c.need_comment", str | None, audience=EVERYONE),
    Column("waiting_since", "c.waiting_since", datetime | None, audience=EVERYONE),
    Column("resolution", "c.resolution", str | None, audience=EVERYONE),
    Column("historical", "c.historical", bool, audience=EVERYONE),
)

CASES = Listing(
    name="cases",
    path="/cases",
    item="Case",
    policy="case:list",
    summary="Cases by next promise due, untaken ones by when they were opened",
    source=SOURCE,
    columns=COLUMNS,
    scope=case_scope,
    order="next_due_at",
    exclusions=True,
    conditions=(
        Condition(
            "mine",
            "(c.assignee_id IS NOT NULL AND c.assignee_id = :actor_id) = :value",
            bool,
            audience=FIRM,
            description="Cases assigned to the caller.",
        ),
        Condition(
            "unassigned",
            f"(c.assignee_id IS NULL AND {LIVE}) = :value",
            bool,
            audience=FIRM,
            description="Live cases that nobody has.",
        ),
        Condition("live", f"({LIVE}) = :value", bool, audience=EVERYONE),
        Condition(
            "overdue",
            f"({OVERDUE}) = :value",
            bool,
            audience=FIRM,
            description="Cases whose client was promised word by a time that passed, and has none.",
        ),
    ),
    searches=(Search("s.document", audience=EVERYONE),),
)

_ACCEPTED = (
    "EXISTS (SELECT 1 FROM solutions o WHERE o.case_id = c.id AND o.round = c.round"
    " AND o.status = 'accepted')"
)
_STUDIED = (
    f"(c.status IN ('assigned', 'in_progress', 'reopened', 'waiting_client') AND NOT {_ACCEPTED})"
)
_RESOLVABLE = "c.status IN ('assigned', 'in_progress', 'solution_accepted', 'reopened')"


def _can(action: str, when: str) -> Can:
    return Can(action.partition(":")[2], rule=POLICY[action], when=when)


CASE = CASES.detail(
    name="case",
    policy="case:view",
    summary="A case",
    more=DETAILS,
    version="c.version",
    alternative="number",
    can=(
        _can("case:edit", LIVE),
        _can("case:assign", LIVE),
        _can("case:about", "true"),
        _can("case:start", "c.status IN ('assigned', 'reopened', 'solution_accepted')"),
        _can(
            "case:wait",
            "c.status IN ('assigned', 'in_progress', 'solution_accepted', 'reopened')",
        ),
        _can("case:resume", "c.status = 'waiting_client'"),
        _can("case:restate", _STUDIED),
        _can(
            "case:confirm-need",
            f"c.restated_need IS NOT NULL AND c.need_confirmed_at IS NULL AND {_STUDIED}",
        ),
        _can("case:resolve", _RESOLVABLE),
        _can("case:close", "c.status = 'resolved'"),
        _can("case:reopen", "c.status IN ('resolved', 'closed')"),
        _can("case:withdraw", LIVE),
        Can("reply", rule=POLICY["message:post"], when="c.status NOT IN ('closed', 'withdrawn')"),
        Can("note", rule=POLICY["note:add"]),
        Can("promise", rule=POLICY["promise:make"], when=LIVE),
        Can(
            "offer",
            rule=POLICY["solution:offer"],
            when=f"c.need_confirmed_at IS NOT NULL AND NOT {_ACCEPTED} AND"
            " c.status IN ('assigned', 'in_progress', 'reopened', 'solution_offered')",
        ),
        Can(
            "follow_up",
            rule=POLICY["follow-up:plan"],
            when="c.status = 'resolved' AND (SELECT count(*) FROM follow_ups f "
            "WHERE f.case_id = c.id AND f.round = c.round) < 2",
        ),
    ),
)
