"""What the firm may read of stakeholder profiles; for the client side none of it exists."""

from datetime import date, datetime
from uuid import UUID

from services.engagements.engagement.readings import (
    ENGAGEMENT_REFERENCE,
    HOLDS,
    EngagementReference,
    can,
)
from services.engagements.engagement.rules import RUNNING
from services.engagements.engagement.store import engagement_scope
from services.engagements.stakeholders.rules import Stance
from shared.audience import FIRM
from shared.identity import Actor, Side
from shared.reading import ANY_OF, RANGE, Column, Listing, Parent, Scope, reference


def firm_scope(actor: Actor) -> Scope:
    """Engagements in reach of the firm's people; nothing for anybody else."""
    return Scope.nothing() if actor.side is Side.CLIENT else engagement_scope(actor)


SOURCE = "stakeholders s JOIN engagements e ON e.id = s.engagement_id"
COLUMNS = (
    Column("id", "s.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("engagement_id", "s.engagement_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=FIRM),
    Column("user_id", "s.user_id", UUID | None, audience=FIRM, filters=ANY_OF),
    Column("contact_id", "s.contact_id", UUID | None, audience=FIRM, filters=ANY_OF),
    Column("name", "s.name", str, audience=FIRM),
    Column("title", "s.title", str | None, audience=FIRM),
    Column("influence", "s.influence", int, audience=FIRM, filters=ANY_OF, sortable=True),
    Column("interest", "s.interest", int, audience=FIRM, filters=ANY_OF),
    Column("stance_now", "s.stance_now", Stance, audience=FIRM, filters=ANY_OF),
    Column("stance_wanted", "s.stance_wanted", Stance, audience=FIRM, filters=ANY_OF),
    Column("traits", "s.traits", str | None, audience=FIRM),
    Column("motives", "s.motives", str | None, audience=FIRM),
    Column("concerns", "s.concerns", str | None, audience=FIRM),
    Column("approach", "s.approach", str | None, audience=FIRM),
    Column("created_at", "s.created_at", datetime, audience=FIRM),
    Column("updated_at", "s.updated_at", datetime, audience=FIRM, sortable=True),
    Column("version", "s.version", int, audience=FIRM),
)
_TEAM = f"(oversees() OR {HOLDS})".format(
    roles="'director', 'consulting_pm', 'consultant', 'expert'"
)
STAKEHOLDERS = Listing(
    name="stakeholders",
    path="/stakeholders",
    item="Stakeholder",
    policy="stakeholder:list",
    summary="Stakeholder profiles, most influential first",
    source=SOURCE,
    columns=COLUMNS,
    scope=firm_scope,
    order="-influence",
    exclusions=True,
)
STAKEHOLDER = STAKEHOLDERS.detail(
    name="stakeholder",
    policy="stakeholder:view",
    summary="A stakeholder profile",
    version="s.version",
    can=(
        can("stakeholder:edit", _TEAM),
        can("stakeholder:plan", _TEAM),
    ),
)

ACTION_COLUMNS = (
    Column("id", "a.id", UUID, audience=FIRM),
    Column("stakeholder_id", "a.stakeholder_id", UUID, audience=FIRM),
    Column("text", "a.text", str, audience=FIRM),
    reference("owner", id="a.owner_id", label="a.owner_name", audience=FIRM),
    Column("due_on", "a.due_on", date, audience=FIRM, sortable=True),
    Column("done_on", "a.done_on", date | None, audience=FIRM),
    Column("created_at", "a.created_at", datetime, audience=FIRM),
)
ACTIONS = Listing(
    name="stakeholder_actions",
    path="/stakeholders/{stakeholder_id}/actions",
    item="StakeholderAction",
    policy="stakeholder:view",
    summary="What the firm does about a stakeholder, by day due",
    source="stakeholder_actions a JOIN engagements e ON e.id = a.engagement_id",
    parents=(Parent("stakeholder_id", "a.stakeholder_id", STAKEHOLDER),),
    columns=ACTION_COLUMNS,
    scope=firm_scope,
    order="due_on",
    exclusions=True,
)
ACTION = ACTIONS.detail(
    name="stakeholder_action",
    policy="stakeholder:view",
    summary="An action about a stakeholder",
)


def own_scope(actor: Actor) -> Scope:
    """What the reader has still to do, on engagements that run."""
    firm = firm_scope(actor)
    running = ", ".join(f"'{status}'" for status in sorted(RUNNING))
    own = f"a.owner_id = :actor_id AND a.done_on IS NULL AND e.status IN ({running})"
    return Scope(f"{own} AND ({firm.sql})", firm.params)


OWN_ACTIONS = Listing(
    name="own_stakeholder_actions",
    path="/stakeholder-actions",
    item="OwnStakeholderAction",
    policy="stakeholder:list",
    summary="What the caller is still to do about stakeholders, by day due",
    source=(
        "stakeholder_actions a JOIN stakeholders s ON s.id = a.stakeholder_id"
        " JOIN engagements e ON e.id = a.engagement_id"
    ),
    columns=(
        Column("id", "a.id", UUID, audience=FIRM),
        reference("stakeholder", id="s.id", label="s.name", audience=FIRM, required=True),
        Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=FIRM),
        Column("text", "a.text", str, audience=FIRM),
        Column("due_on", "a.due_on", date, audience=FIRM, filters=RANGE, sortable=True),
    ),
    scope=own_scope,
    order="due_on",
    exclusions=True,
)
