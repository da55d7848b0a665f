"""What the firm may read of bypasses."""

from datetime import datetime
from uuid import UUID

from services.engagements.channel.rules import Occasion, Rule
from services.engagements.engagement.readings import ENGAGEMENT
from services.engagements.stakeholders.readings import firm_scope
from shared.audience import FIRM
from shared.reading import Column, Listing, Parent, reference

SOURCE = "bypasses b JOIN engagements e ON e.id = b.engagement_id"
COLUMNS = (
    Column("id", "b.id", UUID, audience=FIRM),
    Column("engagement_id", "b.engagement_id", UUID, audience=FIRM),
    Column("user_id", "b.user_id", UUID | None, audience=FIRM),
    Column("contact_id", "b.contact_id", UUID | None, audience=FIRM),
    Column("person_name", "b.person_name", str, audience=FIRM),
    Column("occasion", "b.occasion", Occasion, audience=FIRM),
    Column("rule", "b.rule", Rule, audience=FIRM),
    Column("reason", "b.reason", str, audience=FIRM),
    reference("by", id="b.by_id", label="b.by_name", audience=FIRM, required=True),
    Column("at", "b.at", datetime, audience=FIRM, sortable=True),
)
PARENTS = (Parent("engagement_id", "b.engagement_id", ENGAGEMENT),)
BYPASSES = Listing(
    name="bypasses",
    path="/engagements/{engagement_id}/bypasses",
    item="Bypass",
    policy="bypass:list",
    summary="When a channel was bypassed and why, latest first",
    source=SOURCE,
    parents=PARENTS,
    columns=COLUMNS,
    scope=firm_scope,
    order="-at",
    exclusions=True,
)
BYPASS = BYPASSES.detail(
    name="bypass",
    policy="bypass:list",
    summary="A bypass",
)
