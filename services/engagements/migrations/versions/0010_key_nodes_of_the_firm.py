"""A key node waits for everybody of the firm on the team, not for those who lead alone."""

from typing import Final

from alembic import op

from services.engagements.migrations.tables_0005 import WAITING

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LEADS: Final = "m.role IN ('director', 'consulting_pm', 'client_pm', 'executive')"
CONCERNED: Final = (
    "m.role IN ('director', 'consulting_pm', 'consultant', 'expert', 'client_pm', 'executive')"
)


def upgrade() -> None:
    """Consultants and experts prepare and attend key nodes: they stand in their week too."""
    op.execute(WAITING.replace(LEADS, CONCERNED).strip().removesuffix(";"))
