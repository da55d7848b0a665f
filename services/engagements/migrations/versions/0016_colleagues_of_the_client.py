"""Whoever staffs a client's side knows of all its people, and of each how the account stands."""

from alembic import op

from shared.privileges import definer_function

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

PEOPLE = """SELECT u.id, u.name, u.side, u.client_id, u.active, u.deactivated, u.language
    FROM user_refs u JOIN engagements e ON e.id = p_engagement AND e.client_id = u.client_id
    WHERE u.side = 'client' AND engagement_in_reach(p_engagement)
    AND (rapport_side() = 'firm' OR manages_for_client(p_engagement))"""
ROWS = (
    "TABLE (id uuid, name text, side text, client_id uuid, active boolean, deactivated boolean,"
    " language text)"
)


def upgrade() -> None:
    """Tell who was invited from whose account is closed, instead of knowing neither."""
    op.execute("DROP FUNCTION client_candidates(uuid)")
    for statement in definer_function("client_people(p_engagement uuid)", PEOPLE, returns=ROWS):
        op.execute(statement.replace("{service}", "engagements"))
