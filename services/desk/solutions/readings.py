"""What may be read of solutions."""

from datetime import datetime
from uuid import UUID

from services.desk.cases.readings import CASE_REFERENCE, CaseReference
from services.desk.cases.store import case_scope
from services.desk.policy import POLICY
from services.desk.solutions.rules import Risk, SolutionStatus
from shared.audience import EVERYONE
from shared.reading import ANY_OF, Can, Column, Listing, money, reference

SOURCE = "solutions o JOIN cases c ON c.id = o.case_id"

COLUMNS = (
    Column("id", "o.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case_id", "o.case_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case", CASE_REFERENCE, CaseReference, audience=EVERYONE),
    Column("title", "o.title", str, audience=EVERYONE),
    Column("description", "o.description", str, audience=EVERYONE),
    money("cost", amount="o.cost_minor", currency="o.cost_currency", audience=EVERYONE),
    Column("duration_days", "o.duration_days", int | None, audience=EVERYONE),
    Column("risk", "o.risk", Risk | None, audience=EVERYONE, filters=ANY_OF),
    Column("status", "o.status", SolutionStatus, audience=EVERYONE, filters=ANY_OF),
    Column(
        "before_reopening",
        "o.round < c.round",
        bool,
        audience=EVERYONE,
        description="Of the time before the case was reopened: it no longer counts.",
    ),
    reference(
        "offered_by", id="o.offered_by", label="o.offered_by_name", audience=EVERYONE, required=True
    ),
    Column("offered_at", "o.offered_at", datetime, audience=EVERYONE, sortable=True),
    Column("decided_at", "o.decided_at", datetime | None, audience=EVERYONE),
    Column("decline_reason", "o.decline_reason", str | None, audience=EVERYONE),
    Column("version", "o.version", int, audience=EVERYONE),
)

SOLUTIONS = Listing(
    name="solutions",
    path="/solutions",
    item="Solution",
    policy="solution:list",
    summary="Solutions, oldest first",
    source=SOURCE,
    columns=COLUMNS,
    scope=case_scope,
    order="offered_at",
    exclusions=True,
)

_OFFERED = "o.status = 'offered'"

SOLUTION = SOLUTIONS.detail(
    name="solution",
    policy="solution:view",
    summary="A solution",
    version="o.version",
    can=(
        Can("accept", rule=POLICY["solution:accept"], when=_OFFERED),
        Can("decline", rule=POLICY["solution:decline"], when=_OFFERED),
        Can("withdraw", rule=POLICY["solution:withdraw"], when=_OFFERED),
    ),
)
