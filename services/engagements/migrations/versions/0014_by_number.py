"""Engagements stand in the order of their numbers beyond the thousandth of a year, too."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep year and number as one that compares as numbers do."""
    op.execute(
        "ALTER TABLE engagements ADD COLUMN number_order bigint NOT NULL GENERATED ALWAYS AS"
        " (coalesce(CAST(substring(number FROM '^E-([0-9]{4})-') AS bigint), 0) * 1000000000"
        " + coalesce(CAST(substring(number FROM '[0-9]{1,9}$') AS bigint), 0)) STORED"
    )
    op.execute("GRANT SELECT (number_order) ON engagements TO engagements_client")
    op.execute("CREATE INDEX engagements_number_order ON engagements (number_order, id)")
