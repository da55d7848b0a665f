"""When a person first could sign in: a deactivated one who came before needs no invitation."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everyone who has a password has come."""
    op.execute("ALTER TABLE users ADD COLUMN came_at timestamptz")
    op.execute(
        "UPDATE users u SET came_at = c.changed_at FROM credentials c WHERE c.user_id = u.id"
    )
    op.execute("GRANT SELECT (came_at) ON users TO gateway_client")


def downgrade() -> None:
    """Forget it again."""
    op.execute("ALTER TABLE users DROP COLUMN came_at")
