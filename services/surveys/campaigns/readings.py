"""What may be read of campaigns."""

from datetime import datetime
from uuid import UUID

from services.surveys.campaigns.rules import ClientRole, Trigger
from services.surveys.forms.readings import the_firms
from services.surveys.policy import POLICY
from shared.audience import FIRM
from shared.reading import ANY_OF, Can, Column, Listing

COLUMNS = (
    Column("id", "c.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("key", "c.key", str, audience=FIRM, filters=ANY_OF),
    Column("trigger", "c.trigger", Trigger, audience=FIRM, filters=ANY_OF),
    Column("survey_key", "c.survey_key", str, audience=FIRM),
    Column("roles", "c.roles", list[ClientRole], audience=FIRM),
    Column("anonymous", "c.anonymous", bool, audience=FIRM),
    Column("active", "c.active", bool, audience=FIRM),
    Column("open_days", "c.open_days", int, audience=FIRM),
    Column("reminders", "c.reminders", int, audience=FIRM),
    Column("reminder_days", "c.reminder_days", int, audience=FIRM),
    Column("fatigue_days", "c.fatigue_days", int, audience=FIRM),
    Column("low_at_most", "c.low_at_most", int, audience=FIRM),
    Column("updated_at", "c.updated_at", datetime, audience=FIRM),
    Column("version", "c.version", int, audience=FIRM),
)

CAMPAIGNS = Listing(
    name="campaigns",
    path="/campaigns",
    item="Campaign",
    policy="campaign:list",
    summary="Which form goes to whom, when",
    source="campaigns c",
    columns=COLUMNS,
    scope=the_firms,
)

CAMPAIGN = CAMPAIGNS.detail(
    name="campaign",
    policy="campaign:view",
    summary="A campaign",
    version="c.version",
    can=(Can("edit", rule=POLICY["campaign:edit"]),),
)
