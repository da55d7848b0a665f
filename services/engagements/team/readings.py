"""What may be read of the joint team."""

from datetime import date, datetime
from uuid import UUID

from services.engagements.engagement.readings import (
    ENGAGEMENT_REFERENCE,
    EngagementReference,
    can,
    may_staff,
)
from services.engagements.engagement.store import engagement_scope
from services.engagements.members.rules import MemberRole, MemberStatus
from shared.audience import EVERYONE
from shared.reading import ANY_OF, HAS, Column, Listing, reference

SOURCE = "members m JOIN engagements e ON e.id = m.engagement_id"

COLUMNS = (
    Column("id", "m.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement_id", "m.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=EVERYONE),
    reference("user", id="m.user_id", label="m.name", audience=EVERYONE, required=True),
    Column("user_id", "m.user_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("side", "m.side", str, audience=EVERYONE, filters=ANY_OF),
    Column("role", "m.role", MemberRole, audience=EVERYONE, filters=ANY_OF),
    Column("domains", "m.domains", list[str], audience=EVERYONE, filters=HAS),
    Column("answers_to", "m.answers_to", UUID | None, audience=EVERYONE, filters=ANY_OF),
    Column("starts_on", "m.starts_on", date, audience=EVERYONE, sortable=True),
    Column("ends_on", "m.ends_on", date | None, audience=EVERYONE),
    Column("status", "m.status", MemberStatus, audience=EVERYONE, filters=ANY_OF),
    Column("created_at", "m.created_at", datetime, audience=EVERYONE),
    Column("version", "m.version", int, audience=EVERYONE),
)

MEMBERS = Listing(
    name="members",
    path="/members",
    item="Member",
    policy="member:list",
    summary="Places in joint teams, planned, live and ended",
    source=SOURCE,
    columns=COLUMNS,
    scope=engagement_scope,
    order="starts_on",
    exclusions=True,
)

_STAFFER = f"m.status <> 'ended' AND {may_staff('m.role')}"

MEMBER = MEMBERS.detail(
    name="member",
    policy="member:view",
    summary="A place in a joint team",
    version="m.version",
    can=(can("member:edit", _STAFFER), can("member:end", _STAFFER)),
)
