"""What may be read of opportunities."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.clients.opportunities.rules import OpportunityStage
from services.clients.policy import POLICY
from services.clients.registry.readings import LIVE, every_client
from shared.audience import FIRM
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
    money,
    reference,
)


class StageStay(BaseModel):
    """A stage the opportunity was in; `seconds` counts to now while it is there."""

    stage: OpportunityStage
    entered_at: datetime
    left_at: datetime | None
    seconds: int
    by_name: str
    reason: str | None


SOURCE = (
    "opportunities p JOIN clients c ON c.id = p.client_id"
    " LEFT JOIN user_refs o ON o.id = p.owner_id"
)
OPEN = "p.stage NOT IN ('won', 'lost')"
STAYS = f"""
    (SELECT json_agg(json_build_object(
        'stage', m.stage, 'entered_at', {instant("m.at")}, 'left_at', {instant("m.left_at")},
        'seconds', floor(extract(epoch FROM coalesce(m.left_at,
            CASE WHEN {OPEN} THEN greatest(now(), m.at) ELSE m.at END) - m.at))::bigint,
        'by_name', m.by_name, 'reason', m.reason) ORDER BY m.position)
     FROM (SELECT w.*, lead(w.at) OVER (ORDER BY w.position) AS left_at
           FROM opportunity_moves w WHERE w.opportunity_id = p.id) m)
"""

COLUMNS = (
    Column("id", "p.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("number", "p.number", str, audience=FIRM, filters=ANY_OF),
    Column("title", "p.title", str, audience=FIRM),
    reference("client", id="p.client_id", label="c.legal_name", audience=FIRM, required=True),
    Column("client_id", "p.client_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("stage", "p.stage", OpportunityStage, audience=FIRM, filters=ANY_OF),
    Column("stage_since", "p.stage_since", datetime, audience=FIRM),
    money(
        "amount",
        amount="p.amount_minor",
        currency="p.amount_currency",
        audience=FIRM,
    ),
    Column("probability", "p.probability", int, audience=FIRM, filters=RANGE),
    Column(
        "close_on",
        "p.close_on",
        date | None,
        audience=FIRM,
        filters=RANGE | NULL,
        sortable=True,
        sort_sql="p.close_order",
        sort_type=date,
        description="The day the client is expected to decide.",
    ),
    Column("competitor", "p.competitor", str | None, audience=FIRM),
    Column("loss_reason", "p.loss_reason", str | None, audience=FIRM),
    Column("template", "p.template", str | None, audience=FIRM),
    reference("owner", id="p.owner_id", label="coalesce(o.name, p.owner_name)", audience=FIRM),
    Column("owner_id", "p.owner_id", UUID | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("opened_at", "p.opened_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("closed_at", "p.closed_at", datetime | None, audience=FIRM, filters=RANGE | NULL),
    Column("historical", "p.historical", bool, audience=FIRM),
    Column("updated_at", "p.updated_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("version", "p.version", int, audience=FIRM),
)

DETAILS = (
    Column("notes", "p.notes", str | None, audience=FIRM),
    Column("stages", STAYS, list[StageStay], audience=FIRM),
)

OPPORTUNITIES = Listing(
    name="opportunities",
    path="/opportunities",
    item="Opportunity",
    policy="opportunity:list",
    summary="Opportunities",
    source=SOURCE,
    columns=COLUMNS,
    scope=every_client,
    order="-updated_at",
    conditions=(
        Condition(
            "open",
            f"({OPEN}) = :value",
            bool,
            audience=FIRM,
            description="Those neither won nor lost.",
        ),
        Condition(
            "mine",
            "(p.owner_id IS NOT DISTINCT FROM :actor_id) = :value",
            bool,
            audience=FIRM,
            description="Opportunities the caller owns.",
        ),
    ),
    searches=(Search("p.search", audience=FIRM),),
)

OPPORTUNITY = OPPORTUNITIES.detail(
    name="opportunity",
    policy="opportunity:view",
    summary="An opportunity with its way through the stages",
    more=DETAILS,
    version="p.version",
    alternative="number",
    can=(
        Can("edit", rule=POLICY["opportunity:edit"], when=f"{OPEN} AND {LIVE}"),
        Can("move", rule=POLICY["opportunity:move"], when=f"p.stage <> 'won' AND {LIVE}"),
    ),
)
