"""What may be read of clients, and by whom."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.clients.policy import POLICY
from services.clients.registry.rules import Grade, Stage
from services.clients.way import WAY
from shared.audience import FIRM
from shared.identity import Actor
from shared.reading import (
    ANY_OF,
    HAS,
    NULL,
    RANGE,
    Can,
    Column,
    Condition,
    Listing,
    Scope,
    Search,
    instant,
    money,
    reference,
)

SOURCE = "clients c LEFT JOIN user_refs o ON o.id = c.owner_id"
OPEN_CASES = "(SELECT count(*) FROM case_refs k WHERE k.client_id = c.id AND k.live)"


def every_client(actor: Actor) -> Scope:
    """The firm reads every client; the client side none."""
    return Scope.everything() if actor.is_firm else Scope.nothing()


def standing_clients(actor: Actor) -> Scope:
    """Every client but those that became part of another one: of these the firm reads that one."""
    return Scope("c.merged_into_id IS NULL") if actor.is_firm else Scope.nothing()


KEPT = (
    WAY.format(key="{column} = :key")
    + " SELECT {column} FROM way WHERE merged_into_id IS NULL AND step > 0"
)
"""The client that one became part of, through merges of merges."""
MERGED = f"""
    (SELECT json_agg(json_build_object('id', s.id, 'number', s.number,
        'legal_name', s.legal_name, 'merged_at', {instant("m.merged_at")}) ORDER BY m.id DESC)
     FROM client_merges m JOIN clients s ON s.id = m.source_id
     WHERE m.kept_id = c.id AND m.split_at IS NULL)
"""


class MergedClient(BaseModel):
    """A client that became part of this one."""

    id: UUID
    number: str
    legal_name: str
    merged_at: datetime


def _due(name: str, order: str, description: str) -> Column:
    """A due day; clients without a cadence come last."""
    return Column(
        name,
        f"c.{name}",
        date | None,
        audience=FIRM,
        filters=RANGE | NULL,
        sortable=True,
        sort_sql=order,
        sort_type=date,
        description=description,
    )


COLUMNS = (
    Column("id", "c.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("number", "c.number", str, audience=FIRM, filters=ANY_OF, sortable=True),
    Column("legal_name", "c.legal_name", str, audience=FIRM, sortable=True),
    Column("short_name", "c.short_name", str | None, audience=FIRM),
    Column("aliases", "c.aliases", list[str], audience=FIRM),
    Column("credit_code", "c.credit_code", str | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("province", "c.province", str | None, audience=FIRM, filters=ANY_OF),
    Column("city", "c.city", str | None, audience=FIRM, filters=ANY_OF),
    Column("industry", "c.industry", str | None, audience=FIRM, filters=ANY_OF),
    Column("main_products", "c.main_products", list[str], audience=FIRM),
    Column("employees", "c.employees", int | None, audience=FIRM, filters=RANGE),
    money("revenue", amount="c.revenue_minor", currency="c.revenue_currency", audience=FIRM),
    Column("website", "c.website", str | None, audience=FIRM),
    Column("phone", "c.phone", str | None, audience=FIRM),
    Column("email_domain", "c.email_domain", str | None, audience=FIRM),
    Column("source", "c.source", str | None, audience=FIRM, filters=ANY_OF),
    Column("stage", "c.stage", Stage, audience=FIRM, filters=ANY_OF, sortable=True),
    reference("owner", id="c.owner_id", label="o.name", audience=FIRM),
    Column("owner_id", "c.owner_id", UUID | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("owner_name", "coalesce(o.name, c.owner_name)", str | None, audience=FIRM),
    Column("tags", "c.tags", list[str], audience=FIRM, filters=HAS),
    Column("strength", "c.strength", int | None, audience=FIRM, filters=RANGE),
    Column("likelihood", "c.likelihood", int | None, audience=FIRM, filters=RANGE),
    money(
        "contract_total",
        amount="c.contract_total_minor",
        currency="c.contract_total_currency",
        audience=FIRM,
    ),
    Column("first_contact_on", "c.first_contact_on", date | None, audience=FIRM, filters=RANGE),
    Column(
        "last_contact_at",
        "c.last_contact_at",
        datetime | None,
        audience=FIRM,
        filters=RANGE | NULL,
        sortable=True,
        sort_sql="coalesce(c.last_contact_at, TIMESTAMPTZ '-infinity')",
        sort_type=datetime,
    ),
    Column("grade", "c.grade", Grade | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("last_call_on", "c.last_call_on", date | None, audience=FIRM, filters=RANGE | NULL),
    Column("last_visit_on", "c.last_visit_on", date | None, audience=FIRM, filters=RANGE | NULL),
    _due("next_call_on", "c.call_order", "The day the next call is due by the grade's cadence."),
    _due("next_visit_on", "c.visit_order", "The day the next visit is due."),
    _due("next_due_on", "c.due_order", "The earlier of the two."),
    Column("open_cases", OPEN_CASES, int, audience=FIRM),
    Column("contacts_count", "c.contacts_count", int, audience=FIRM),
    Column("archived_at", "c.archived_at", datetime | None, audience=FIRM),
    Column("created_at", "c.created_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("updated_at", "c.updated_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("version", "c.version", int, audience=FIRM),
)

DETAILS = (
    Column("grade_reason", "c.grade_reason", str | None, audience=FIRM),
    Column("graded_on", "c.graded_on", date | None, audience=FIRM),
    Column("call_days", "c.call_days", int | None, audience=FIRM),
    Column("visit_days", "c.visit_days", int | None, audience=FIRM),
    Column("notes", "c.notes", str | None, audience=FIRM),
    Column("import_id", "c.import_id", UUID | None, audience=FIRM),
    Column(
        "merged_clients",
        f"coalesce({MERGED}, '[]')",
        list[MergedClient],
        audience=FIRM,
        description="Clients that became part of this one, the last first; only that can be split.",
    ),
)

CLIENTS = Listing(
    name="clients",
    path="/clients",
    item="Client",
    policy="client:list",
    summary="Clients",
    source=SOURCE,
    columns=COLUMNS,
    scope=standing_clients,
    order="-updated_at",
    exclusions=True,
    conditions=(
        Condition(
            "archived",
            "(c.archived_at IS NOT NULL) = :value",
            bool,
            audience=FIRM,
            default=False,
            description="Archived clients instead of those at work.",
        ),
        Condition(
            "mine",
            "(c.owner_id IS NOT DISTINCT FROM :actor_id) = :value",
            bool,
            audience=FIRM,
            description="Clients whose owner is the caller.",
        ),
        Condition(
            "due_before",
            "c.due_order < :value",
            date,
            audience=FIRM,
            description="Clients to be called or visited before this day; today asks for overdue.",
        ),
    ),
    searches=(Search("c.search", audience=FIRM),),
)

LIVE = "c.archived_at IS NULL"

CLIENT = CLIENTS.detail(
    name="client",
    policy="client:view",
    summary="A client",
    more=DETAILS,
    version="c.version",
    alternative="number",
    moved=KEPT.format(column="id"),
    moved_alternative=KEPT.format(column="number"),
    can=(
        Can("edit", rule=POLICY["client:edit"], when=LIVE),
        Can("stage", rule=POLICY["client:stage"], when=LIVE),
        Can("grade", rule=POLICY["client:grade"], when=LIVE),
        Can("archive", rule=POLICY["client:archive"], when=LIVE),
        Can("restore", rule=POLICY["client:archive"], when="c.archived_at IS NOT NULL"),
        Can("merge", rule=POLICY["client:merge"], when=LIVE),
        Can(
            "split",
            rule=POLICY["client:split"],
            when="EXISTS (SELECT FROM client_merges m WHERE m.kept_id = c.id"
            " AND m.split_at IS NULL)",
        ),
        Can("add_contact", rule=POLICY["contact:create"], when=LIVE),
        Can("add_interaction", rule=POLICY["interaction:create"], when=LIVE),
        Can("add_opportunity", rule=POLICY["opportunity:create"], when=LIVE),
    ),
)
