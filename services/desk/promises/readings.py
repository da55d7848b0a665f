"""What may be read of promises."""

from datetime import datetime
from uuid import UUID

from services.desk.cases.readings import CASE_REFERENCE, CaseReference
from services.desk.cases.store import case_scope, stands_still_sql
from services.desk.policy import POLICY
from services.desk.promises.rules import PromiseKind, PromiseStatus
from shared.audience import EVERYONE
from shared.reading import ANY_OF, NULL, RANGE, Can, Column, Listing, reference

SOURCE = "promises p JOIN cases c ON c.id = p.case_id"
_PAUSED = stands_still_sql(status="c.status", promise="p.kind")
_OPEN = f"p.status = 'made' AND (p.due_at > now() OR {_PAUSED})"

COLUMNS = (
    Column("id", "p.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case_id", "p.case_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("case", CASE_REFERENCE, CaseReference, audience=EVERYONE),
    Column("client_id", "p.client_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("kind", "p.kind", PromiseKind, audience=EVERYONE, filters=ANY_OF),
    Column("text", "p.text", str | None, audience=EVERYONE),
    Column("due_at", "p.due_at", datetime, audience=EVERYONE, filters=RANGE, sortable=True),
    Column("status", "p.status", PromiseStatus, audience=EVERYONE, filters=ANY_OF),
    Column(
        "paused",
        f"(p.status = 'made' AND {_PAUSED})",
        bool,
        audience=EVERYONE,
        description="Its clock stands still while the client is waited for.",
    ),
    reference("made_by", id="p.made_by", label="p.made_by_name", audience=EVERYONE, required=True),
    Column("made_by_id", "p.made_by", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("made_at", "p.made_at", datetime, audience=EVERYONE),
    Column("settled_at", "p.settled_at", datetime | None, audience=EVERYONE, filters=RANGE),
    Column("note", "p.note", str | None, audience=EVERYONE),
    Column("reason", "p.reason", str | None, audience=EVERYONE),
    Column("replaces_id", "p.replaces_id", UUID | None, audience=EVERYONE, filters=ANY_OF | NULL),
    Column("version", "p.version", int, audience=EVERYONE),
)

PROMISES = Listing(
    name="promises",
    path="/promises",
    item="Promise",
    policy="promise:list",
    summary="Promises by time due",
    source=SOURCE,
    columns=COLUMNS,
    scope=case_scope,
    order="due_at",
    exclusions=True,
)

PROMISE = PROMISES.detail(
    name="promise",
    policy="promise:view",
    summary="A promise",
    version="p.version",
    can=(
        Can("keep", rule=POLICY["promise:keep"], when=_OPEN),
        Can("renegotiate", rule=POLICY["promise:renegotiate"], when=_OPEN),
    ),
)
