"""Engagements: projections, the engagement with its history, the joint team.

Reach is by membership, never by client alone: `my_engagements()` names the live ones of the acting
person and every table asks it; partners, administrators and client managers see all. Client-side
people read only the columns granted here.
"""

from alembic import op

from services.engagements.migrations.tables_0001 import statements
from shared.migrating import create_shared_tables, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERVICE = "engagements"
MINE = "{column} IN (SELECT x FROM my_engagements() x)"
CLIENT = "client_id = rapport_client() AND " + MINE
FIRM = "(SELECT oversees()) OR " + MINE

ENGAGEMENT_COLUMNS = (
    "id", "number", "client_id", "title", "objectives", "status", "status_reason", "template",
    "small", "domains", "starts_on", "latest_phase_id", "plan_confirmed_consulting_at",
    "plan_confirmed_client_at", "activated_at", "closed_at", "search", "historical",
    "created_by", "created_at", "updated_at", "version",
)  # fmt: skip


def upgrade() -> None:
    """Create everything of the engagement and its team, and who may reach it."""
    create_shared_tables(SERVICE)
    for statement in statements():
        op.execute(statement)
    secure(
        SERVICE,
        "client_refs",
        client="id = rapport_client()",
        client_columns=("id", "number", "name", "short_name", "archived"),
        firm_rights="SELECT",
    )
    secure(
        SERVICE,
        "user_refs",
        client="side = 'firm' OR id = rapport_user()",
        client_columns=("id", "name", "side"),
        firm_rights="SELECT",
    )
    secure(
        SERVICE,
        "engagements",
        client=CLIENT.format(column="id"),
        firm=FIRM.format(column="id"),
        client_columns=ENGAGEMENT_COLUMNS,
        client_writes=("UPDATE (plan_confirmed_client_at, updated_at, version)",),
        firm_rights="SELECT, UPDATE",
    )
    # Whoever drafts an engagement is not on its team yet; a policy of its own lets them begin.
    op.execute(f"GRANT INSERT ON engagements TO {SERVICE}_firm")
    op.execute(
        f"CREATE POLICY firm_drafts ON engagements FOR INSERT TO {SERVICE}_firm"
        " WITH CHECK (rapport_side() = 'firm' AND status = 'draft'"
        " AND created_by = rapport_user())"
    )
    secure(SERVICE, "engagement_numbers", client=None, firm="false", firm_rights="SELECT")
    _secure_parts()


def _secure_parts() -> None:
    firm = FIRM.format(column="engagement_id")
    client = CLIENT.format(column="engagement_id")
    secure(
        SERVICE,
        "engagement_steps",
        client=f"{client} AND NOT firm_only",
        firm=firm,
        client_writes=("INSERT",),
        firm_rights="SELECT, INSERT",
    )
    secure(
        SERVICE,
        "members",
        client=client,
        firm=firm,
        firm_rights="SELECT, INSERT, UPDATE",
    )
    # The first members of a draft are entered by whoever drafted it.
    op.execute(
        "CREATE FUNCTION drafted_by_me(wanted uuid) RETURNS boolean LANGUAGE sql STABLE"
        " SECURITY DEFINER SET search_path = public AS $$ SELECT EXISTS (SELECT 1 FROM engagements"
        " WHERE id = wanted AND created_by = rapport_user() AND status = 'draft') $$"
    )
    op.execute("REVOKE ALL ON FUNCTION drafted_by_me(uuid) FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION drafted_by_me(uuid) TO {SERVICE}_firm")
    op.execute(
        f"CREATE POLICY firm_staffs_drafts ON members FOR INSERT TO {SERVICE}_firm"
        " WITH CHECK (rapport_side() = 'firm' AND drafted_by_me(engagement_id))"
    )
