"""Declared reads: a resource says what may be read, this package serves it.

A feature writes one `Listing` and one `Detail` in its `readings.py`; both become plain
Starlette routes (no FastAPI dependency machinery on the way), their OpenAPI 3.1 operations
come from the same specification, and PostgreSQL builds the JSON that goes out untouched.

Worked example, `services/desk/cases/readings.py`:

    from shared.audience import EVERYONE, FIRM
    from shared.identity import Actor, Side
    from shared.reading import (
        ANY_OF, HAS, RANGE, Can, Column, Condition, Detail, Listing, Reference, Scope, Search,
        instant, money, reference,
    )

    def own_or_all(actor: Actor) -> Scope:
        \"\"\"The firm reads every case, a client-side person their own.\"\"\"
        if actor.side is Side.FIRM:
            return Scope.everything()
        return Scope(
            "c.requester_id = :actor_id AND c.client_id = :actor_client_id"
        )

    COLUMNS = (
        Column("id", "c.id", UUID, audience=EVERYONE, filters=ANY_OF),
        Column("number", "c.number", str, audience=EVERYONE, filters=ANY_OF, sortable=True),
        Column("status", "c.status", CaseStatus, audience=EVERYONE, filters=ANY_OF),
        Column("subject", "c.subject", str, audience=EVERYONE, filters=CONTAINS, sortable=True),
        reference("client", id="c.client_id", label="cl.name", audience=EVERYONE),
        Column("client_id", "c.client_id", UUID, audience=EVERYONE, filters=ANY_OF),
        Column("severity", "c.severity", int | None, audience=FIRM, filters=RANGE),
        money("cost", amount="c.cost_minor", currency="c.cost_currency", audience=FIRM),
        Column("tags", "c.tags", list[str], audience=FIRM, filters=HAS),
        Column("updated_at", "c.updated_at", datetime, audience=EVERYONE, filters=RANGE,
               sortable=True),
        Column("version", "c.version", int, audience=EVERYONE),
    )

    CASES = Listing(
        name="cases", path="/cases", item="Case", policy="case:list",
        source="cases c LEFT JOIN known_clients cl ON cl.id = c.client_id",
        columns=COLUMNS, scope=own_or_all, key="id", order="-updated_at", exclusions=True,
        conditions=(
            Condition("overdue", "(c.next_due_at < now()) IS TRUE = :value", bool, audience=FIRM),
        ),
        searches=(Search("c.search", audience=EVERYONE),),
    )
    CASE = CASES.detail(                        # /cases/{id}: the same rows and columns
        name="case", policy="case:view", summary="A case",
        version="c.version", alternative="number",
        can=(Can("close", rule=POLICY["case:close"], when="c.status = 'resolved'"),),
    )
    MESSAGES = Listing(
        name="case_messages", path="/cases/{case_id}/messages", item="Message", ...,
        parents=(Parent("case_id", "m.case_id", CASE),),    # a case out of sight answers 404
    )

Exports read the same listing without pages: `async for row in stream_listing(CASES,
runtime.database, actor, request.scope["query_string"])` yields dicts by public name.

`GET /cases?status=open,assigned&severity.gte=3&overdue=true&q=华信&sort=-updated_at,number
&fields=id,number&limit=20&total=true&cursor=...`

Filters are `name=value` for equality (repeated or comma-separated where ANY_OF is allowed) and
`name.operator=value` for `gte`, `lte`, `after`, `before`, `null`, `contains` and `has`.
NULL sorts as the greatest value in both directions. A column whose audience does not admit the
caller is unknown to them in `fields`, filters, sorts, search and exports alike.

Writes answer with the same detail, read inside their transaction: `shared/answering.py`.

SQL texts of a specification are constants of the program; values arrive as binds only. The
names `:actor_id` and `:actor_client_id` may be used in every one of them.
"""

from shared.reading.exports import stream_listing
from shared.reading.routes import ReadingsRoute, mount
from shared.reading.specification import (
    ANY_OF,
    CONTAINS,
    EXACT,
    HAS,
    NULL,
    RANGE,
    Can,
    Column,
    Condition,
    Detail,
    Listing,
    Op,
    Parent,
    Scope,
    Search,
)
from shared.reading.values import Money, Reference, instant, money, reference

__all__ = [
    "ANY_OF",
    "CONTAINS",
    "EXACT",
    "HAS",
    "NULL",
    "RANGE",
    "Can",
    "Column",
    "Condition",
    "Detail",
    "Listing",
    "Money",
    "Op",
    "Parent",
    "ReadingsRoute",
    "Reference",
    "Scope",
    "Search",
    "instant",
    "money",
    "mount",
    "reference",
    "stream_listing",
]
