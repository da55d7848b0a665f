"""What may be read of contact persons."""

from datetime import datetime
from uuid import UUID

from services.clients.contacts.rules import Channel, DecisionRole
from services.clients.policy import POLICY
from services.clients.registry.readings import LIVE, every_client
from shared.audience import FIRM
from shared.reading import (
    ANY_OF,
    Can,
    Column,
    Condition,
    Listing,
    Search,
    reference,
)

SOURCE = "contacts p JOIN clients c ON c.id = p.client_id"

COLUMNS = (
    Column("id", "p.id", UUID, audience=FIRM, filters=ANY_OF),
    reference("client", id="p.client_id", label="c.legal_name", audience=FIRM, required=True),
    Column("client_id", "p.client_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("name", "p.name", str, audience=FIRM, sortable=True),
    Column("title", "p.title", str | None, audience=FIRM),
    Column("department", "p.department", str | None, audience=FIRM),
    Column("mobile", "p.mobile", str | None, audience=FIRM, filters=ANY_OF),
    Column("phone", "p.phone", str | None, audience=FIRM),
    Column("email", "p.email", str | None, audience=FIRM),
    Column("wechat", "p.wechat", str | None, audience=FIRM),
    Column("decision_role", "p.decision_role", DecisionRole | None, audience=FIRM),
    Column("preferred_channel", "p.preferred_channel", Channel | None, audience=FIRM),
    Column("do_not_contact", "p.do_not_contact", bool, audience=FIRM),
    Column("do_not_contact_reason", "p.do_not_contact_reason", str | None, audience=FIRM),
    Column("notes", "p.notes", str | None, audience=FIRM),
    Column("archived_at", "p.archived_at", datetime | None, audience=FIRM),
    Column("created_at", "p.created_at", datetime, audience=FIRM),
    Column("updated_at", "p.updated_at", datetime, audience=FIRM, sortable=True),
    Column("version", "p.version", int, audience=FIRM),
)

CONTACTS = Listing(
    name="contacts",
    path="/contacts",
    item="Contact",
    policy="contact:list",
    summary="Contact persons",
    source=SOURCE,
    columns=COLUMNS,
    scope=every_client,
    order="name",
    conditions=(
        Condition(
            "archived",
            "(p.archived_at IS NOT NULL) = :value",
            bool,
            audience=FIRM,
            default=False,
        ),
    ),
    searches=(Search("p.search", audience=FIRM),),
)

AT_WORK = f"p.archived_at IS NULL AND {LIVE}"

CONTACT = CONTACTS.detail(
    name="contact",
    policy="contact:view",
    summary="A contact person",
    version="p.version",
    can=(
        Can("edit", rule=POLICY["contact:edit"], when=AT_WORK),
        Can("archive", rule=POLICY["contact:archive"], when=AT_WORK),
    ),
)
