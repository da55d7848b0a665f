"""The desk: projections, cases with their history, promises, conversation, solutions, follow-ups.

Whoever a case is about is kept from it by row security: `excluded_cases()` names the cases the
acting person is excluded from, and every table of a case asks it. Client-side people have their
own cases only, and of those only the columns granted here.
"""

from alembic import op

from services.desk.migrations.tables_0001 import statements
from shared.migrating import create_shared_tables, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OWN = "requester_id = rapport_user() AND client_id = rapport_client()"
NOT_EXCLUDED = "{column} NOT IN (SELECT x FROM excluded_cases() x)"

CASE_COLUMNS = (
    "id", "number", "kind", "subject", "description", "remedy_sought", "status", "interrupted",
    "round", "client_id", "requester_id", "assignee_id", "channel", "language",
    "acknowledged_at", "restated_need", "need_comment", "need_confirmed_at", "next_promise_id",
    "next_promise_kind", "next_due_at", "due_order", "waiting_since", "resolution", "resolved_at",
    "closed_at", "historical", "created_by", "created_at", "updated_at", "version",
)  # fmt: skip
CASE_WRITES = (
    "status, interrupted, round, restated_need, need_comment, need_confirmed_at, "
    "next_promise_id, next_promise_kind, next_due_at, waiting_since, resolved_at, closed_at, "
    "updated_at, version"
)
FOLLOW_UP_COLUMNS = (
    "id", "case_id", "client_id", "requester_id", "round", "due_on", "status", "satisfied",
    "score", "reopened", "recorded_by_name", "recorded_at", "created_at", "version",
)  # fmt: skip


def upgrade() -> None:
    """Create everything the desk stores, and who may reach it."""
    create_shared_tables("desk")
    for statement in statements():
        op.execute(statement)
    _secure_refs()
    _secure_cases()
    _secure_children()


def _secure_refs() -> None:
    secure(
        "desk",
        "client_refs",
        client="id = rapport_client()",
        client_columns=("id", "number", "name", "short_name", "archived"),
        firm_rights="SELECT",
    )
    secure(
        "desk",
        "user_refs",
        client="side = 'firm' OR id = rapport_user()",
        client_columns=("id", "name", "side"),
        firm_rights="SELECT",
    )


def _secure_cases() -> None:
    secure(
        "desk",
        "cases",
        client=OWN,
        firm=NOT_EXCLUDED.format(column="id"),
        client_columns=CASE_COLUMNS,
        client_writes=("INSERT", f"UPDATE ({CASE_WRITES})"),
        firm_rights="SELECT, INSERT, UPDATE",
    )
    by_case = NOT_EXCLUDED.format(column="case_id")
    secure(
        "desk", "case_exclusions", client=None, firm=by_case, firm_rights="SELECT, INSERT, DELETE"
    )
    secure("desk", "case_numbers", client=None, firm="false", firm_rights="SELECT")
    secure(
        "desk",
        "case_pauses",
        client=OWN,
        firm=by_case,
        client_writes=("INSERT",),
        client_columns=("id", "case_id", "client_id", "requester_id", "act", "at"),
        firm_rights="SELECT, INSERT",
    )
    secure(
        "desk",
        "case_search",
        client=OWN,
        firm=by_case,
        client_columns=("case_id",),
        client_writes=("INSERT",),
        firm_rights="SELECT (case_id), INSERT, UPDATE",
    )
    secure(
        "desk",
        "case_steps",
        client=f"{OWN} AND NOT firm_only",
        firm=by_case,
        client_writes=("INSERT",),
        firm_rights="SELECT, INSERT",
    )


def _secure_children() -> None:
    by_case = NOT_EXCLUDED.format(column="case_id")
    secure(
        "desk",
        "promises",
        client=OWN,
        firm=by_case,
        firm_rights="SELECT, INSERT, UPDATE",
        client_writes=("UPDATE (status, due_at, settled_at, version)",),
    )
    secure(
        "desk",
        "case_messages",
        client=OWN,
        firm=by_case,
        client_writes=("INSERT",),
        firm_rights="SELECT, INSERT",
    )
    secure("desk", "case_notes", client=None, firm=by_case, firm_rights="SELECT, INSERT")
    secure(
        "desk",
        "solutions",
        client=OWN,
        firm=by_case,
        firm_rights="SELECT, INSERT, UPDATE",
        client_writes=("UPDATE (status, decided_at, decline_reason, version)",),
    )
    secure(
        "desk",
        "follow_ups",
        client=OWN,
        firm=by_case,
        client_columns=FOLLOW_UP_COLUMNS,
        client_writes=("UPDATE (status, waive_reason, version)",),
        firm_rights="SELECT, INSERT, UPDATE",
    )
