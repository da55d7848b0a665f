"""An import tells what applying would do; only rows repeated in the file count as repeated."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FILL = """UPDATE imports SET duplicates = greatest(duplicates - known, 0), forecast =
    CASE WHEN status = 'ready' THEN jsonb_build_object(
        'credit_code', found.rows, 'legal_name', found.rows, 'number', found.rows) END
    FROM (SELECT id, jsonb_build_object('new', greatest(ready - known, 0), 'similar', alike,
                                        'known', known, 'unclear', 0) AS rows FROM imports) found
    WHERE found.id = imports.id"""


def upgrade() -> None:
    """Add the column; files already checked are forecast by their counts, whatever the key."""
    op.execute("ALTER TABLE imports ADD COLUMN forecast jsonb")
    op.execute(FILL)


def downgrade() -> None:
    """Count known rows as repeated again."""
    op.execute("UPDATE imports SET duplicates = duplicates + known")
    op.execute("ALTER TABLE imports DROP COLUMN forecast")
