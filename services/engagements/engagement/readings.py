"""What may be read of engagements, and by whom."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.engagements.engagement.rules import ADMITS, EngagementStatus
from services.engagements.engagement.store import engagement_scope
from services.engagements.members.rules import STAFFS, MemberRole
from services.engagements.policy import POLICY
from shared.audience import EVERYONE, FIRM
from shared.reading import (
    ANY_OF,
    NULL,
    RANGE,
    Can,
    Column,
    Condition,
    Listing,
    Parent,
    Search,
    reference,
)
from shared.steps import StepText, step_columns, steps_of

SOURCE = (
    "engagements e LEFT JOIN client_refs k ON k.id = e.client_id "
    "LEFT JOIN members fm ON fm.engagement_id = e.id AND fm.role = 'consulting_pm' "
    "AND fm.status = 'live' "
    "LEFT JOIN members cm ON cm.engagement_id = e.id AND cm.role = 'client_pm' "
    "AND cm.status = 'live'"
)
LIVE = "e.status NOT IN ('closed', 'cancelled')"


def admitted(act: str) -> str:
    """The condition that the engagement `e` admits an act now: `ADMITS`, for the database."""
    statuses = ", ".join(f"'{status}'" for status in sorted(ADMITS[act]))
    return f"e.status IN ({statuses})"


def can(act: str, when: str) -> Can:
    """What a reader may do to a record: `act`, `when` its own state and the reader's place fit."""
    return Can(_name(act), rule=POLICY[act], when=f"{when} AND {admitted(act)}")


def _name(act: str) -> str:
    return act.partition(":")[2].replace("-", "_")


HOLDS = (
    "EXISTS (SELECT 1 FROM members h WHERE h.engagement_id = e.id AND h.user_id = :actor_id"
    " AND h.status = 'live' AND h.role IN ({roles}))"
)
LEADS = "(oversees() OR " + HOLDS.format(roles="'director', 'consulting_pm'") + ")"


def may_staff(role: str) -> str:
    """The condition that the reader may fill, change or end a place in `role`: `STAFFS`."""
    by_client = ", ".join(f"'{name}'" for name in sorted(STAFFS[MemberRole.CLIENT_PM]))
    return f"({LEADS} OR ({role} IN ({by_client}) AND {HOLDS.format(roles=_CLIENT_PM)}))"


_CLIENT_PM = "'client_pm'"
_ROLES = ", ".join(f"'{role}'" for role in MemberRole)
STAFFED = f"ARRAY(SELECT r FROM unnest(ARRAY[{_ROLES}]) AS r WHERE {may_staff('r')})"
REOPENED = (
    "CASE WHEN e.plan_confirmed_consulting_at IS NULL OR e.plan_confirmed_client_at IS NULL THEN"
    " (SELECT json_build_object('at', t.at, 'by', t.actor_name, 'text', t.text)"
    " FROM engagement_steps t WHERE t.engagement_id = e.id AND t.kind = 'plan_reopened'"
    " ORDER BY t.position DESC LIMIT 1) END"
)
CONFIRMED = (
    "(e.plan_confirmed_consulting_at IS NOT NULL AND e.plan_confirmed_client_at IS NOT NULL)"
)
CONFIRMABLE = (
    "((e.plan_confirmed_client_at IS NULL AND cm.user_id = :actor_id)"
    " OR (e.plan_confirmed_consulting_at IS NULL AND fm.user_id = :actor_id))"
)
MY_ROLES = (
    "ARRAY(SELECT h.role FROM members h WHERE h.engagement_id = e.id AND h.user_id = :actor_id"
    " AND h.status = 'live' ORDER BY h.role)"
)


class Reopened(BaseModel):
    """Why plan and team are to be confirmed again: what changed, when and by whom."""

    at: datetime
    by: str
    text: StepText


class EngagementReference(BaseModel):
    """The engagement a record belongs to, as a reader knows it."""

    id: UUID
    number: str
    title: str
    status: EngagementStatus


ENGAGEMENT_REFERENCE = (
    "json_build_object('id', e.id, 'number', e.number, 'title', e.title, 'status', e.status)"
)

COLUMNS = (
    Column("id", "e.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column(
        "number",
        "e.number",
        str,
        audience=EVERYONE,
        filters=ANY_OF,
        sortable=True,
        sort_sql="e.number_order",
        sort_type=int,
    ),
    Column("title", "e.title", str, audience=EVERYONE),
    Column("status", "e.status", EngagementStatus, audience=EVERYONE, filters=ANY_OF),
    reference("client", id="e.client_id", label="k.name", audience=EVERYONE, required=True),
    Column("client_id", "e.client_id", UUID, audience=EVERYONE, filters=ANY_OF),
    reference("consulting_pm", id="fm.user_id", label="fm.name", audience=EVERYONE),
    reference("client_pm", id="cm.user_id", label="cm.name", audience=EVERYONE),
    Column("my_roles", MY_ROLES, list[MemberRole], audience=EVERYONE),
    Column("small", "e.small", bool, audience=EVERYONE),
    Column("starts_on", "e.starts_on", date, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("activated_at", "e.activated_at", datetime | None, audience=EVERYONE, filters=RANGE),
    Column("closed_at", "e.closed_at", datetime | None, audience=EVERYONE, filters=RANGE),
    Column("created_at", "e.created_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("updated_at", "e.updated_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("version", "e.version", int, audience=EVERYONE),
)

DETAILS = (
    Column("objectives", "e.objectives", str | None, audience=EVERYONE),
    Column("status_reason", "e.status_reason", str | None, audience=EVERYONE),
    Column("domains", "e.domains", list[str], audience=EVERYONE),
    Column("template", "e.template", str | None, audience=EVERYONE),
    Column("latest_phase_id", "e.latest_phase_id", UUID | None, audience=EVERYONE),
    Column(
        "plan_confirmed_consulting_at",
        "e.plan_confirmed_consulting_at",
        datetime | None,
        audience=EVERYONE,
    ),
    Column(
        "plan_confirmed_client_at", "e.plan_confirmed_client_at", datetime | None, audience=EVERYONE
    ),
    Column("reopened", REOPENED, Reopened | None, audience=EVERYONE),
    Column("staffs", STAFFED, list[MemberRole], audience=EVERYONE),
    Column("historical", "e.historical", bool, audience=EVERYONE),
)
FIRM_DETAILS = (
    Column("opportunity_id", "e.opportunity_id", UUID | None, audience=FIRM, filters=ANY_OF | NULL),
)

ENGAGEMENTS = Listing(
    name="engagements",
    path="/engagements",
    item="Engagement",
    policy="engagement:list",
    summary="Engagements, latest change first",
    source=SOURCE,
    columns=COLUMNS + FIRM_DETAILS,
    scope=engagement_scope,
    order="-updated_at",
    exclusions=True,
    conditions=(
        Condition("live", f"({LIVE}) = :value", bool, audience=EVERYONE),
        Condition(
            "mine",
            "(EXISTS (SELECT 1 FROM members h WHERE h.engagement_id = e.id AND h.user_id ="
            " :actor_id AND h.status = 'live')) = :value",
            bool,
            audience=EVERYONE,
            description="Engagements that the caller is a live member of.",
        ),
    ),
    searches=(Search("e.search", audience=EVERYONE),),
)


def _step(action: str, when: str) -> Can:
    return Can(_name(action), rule=POLICY[action], when=f"{when} AND {LEADS}")


ENGAGEMENT = ENGAGEMENTS.detail(
    name="engagement",
    policy="engagement:view",
    summary="An engagement",
    more=DETAILS,
    version="e.version",
    alternative="number",
    can=(
        can("engagement:edit", LEADS),
        _step("engagement:propose", "e.status = 'draft'"),
        _step("engagement:activate", f"e.status = 'proposed' AND {CONFIRMED}"),
        _step("engagement:hold", "e.status = 'active'"),
        _step("engagement:resume", "e.status IN ('on_hold', 'closing')"),
        _step("engagement:start-closing", "e.status = 'active'"),
        _step("engagement:close", "e.status = 'closing'"),
        _step("engagement:cancel", "e.status IN ('draft', 'proposed', 'active', 'on_hold')"),
        Can(
            "staff",
            rule=POLICY["member:add"],
            when=f"{admitted('member:add')} AND cardinality({STAFFED}) > 0",
        ),
        Can(
            "confirm_plan",
            rule=POLICY["plan:confirm"],
            when=f"{CONFIRMABLE} AND {admitted('plan:confirm')}",
        ),
    ),
)

STEPS = Listing(
    name="engagement_steps",
    path="/engagements/{engagement_id}/steps",
    item="EngagementStep",
    policy="engagement:view",
    summary="The history of an engagement",
    source="engagement_steps t JOIN engagements e ON e.id = t.engagement_id",
    parents=(Parent("engagement_id", "t.engagement_id", ENGAGEMENT),),
    columns=step_columns("engagement_id"),
    scope=steps_of(engagement_scope),
    order="at,position",
    exclusions=True,
)
