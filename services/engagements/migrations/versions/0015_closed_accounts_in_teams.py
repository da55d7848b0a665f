"""Nothing is given to whose account is closed, also where somebody of the client gives it."""

from alembic import op

from shared.privileges import definer_function

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BODY = """SELECT EXISTS (SELECT 1 FROM user_refs u JOIN members m ON m.user_id = u.id
    WHERE u.id = p_user AND u.deactivated AND m.engagement_id = p_engagement
    AND engagement_in_reach(p_engagement))"""
SIGNATURE = "account_closed(p_engagement uuid, p_user uuid)"


def upgrade() -> None:
    """Tell whoever is on a team that, who may otherwise not read how an account stands."""
    for statement in definer_function(SIGNATURE, BODY, returns="boolean"):
        op.execute(statement.replace("{service}", "engagements"))
