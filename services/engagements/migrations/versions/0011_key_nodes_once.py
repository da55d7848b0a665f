"""A key node waits once for each person, whatever places they hold on the team."""

from typing import Final

from alembic import op

from services.engagements.migrations.tables_0005 import WAITING

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BY_PLACE: Final = """\
JOIN members m ON m.engagement_id = n.engagement_id AND m.status = 'live'
     AND m.role IN ('director', 'consulting_pm', 'client_pm', 'executive')
"""
BY_PERSON: Final = """\
JOIN (SELECT DISTINCT engagement_id, user_id FROM members WHERE status = 'live' AND role IN
     ('director', 'consulting_pm', 'consultant', 'expert', 'client_pm', 'executive'))
     AS m ON m.engagement_id = n.engagement_id
"""


def upgrade() -> None:
    """Whoever is director and project manager had it twice, on their list and in its count."""
    op.execute(WAITING.replace(BY_PLACE, BY_PERSON).strip().removesuffix(";"))
