"""A broken promise is overdue until the client hears; the inbox begins with what waits for us."""

from typing import Final

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

DUE: Final = """\
ALTER TABLE cases ALTER COLUMN due_order SET EXPRESSION AS (coalesce(least(
    overdue_since,
    CASE WHEN status <> 'waiting_client' OR next_promise_kind = 'callback' THEN next_due_at END,
    CASE WHEN assignee_id IS NULL
              AND status NOT IN ('waiting_client', 'resolved', 'closed', 'withdrawn')
         THEN created_at END),
    TIMESTAMPTZ '9999-12-31 00:00:00+00'))
"""
BROKEN: Final = """\
UPDATE cases c SET overdue_since = (
    SELECT min(p.due_at) FROM promises p
    WHERE p.case_id = c.id AND p.status = 'broken'
      AND NOT EXISTS (SELECT 1 FROM promises q WHERE q.case_id = c.id
          AND (q.made_at > p.due_at OR (q.status = 'kept' AND q.settled_at > p.due_at)))
      AND NOT EXISTS (SELECT 1 FROM case_messages m WHERE m.case_id = c.id
          AND m.author_side = 'firm' AND m.created_at > p.due_at))
WHERE c.status NOT IN ('waiting_client', 'resolved', 'closed', 'withdrawn')
"""


def upgrade() -> None:
    """Order cases by what waits longest: word after a broken promise, a taker, the next promise."""
    op.execute("ALTER TABLE cases ADD COLUMN overdue_since timestamptz")
    op.execute("GRANT SELECT (overdue_since), UPDATE (overdue_since) ON cases TO desk_client")
    op.execute(DUE)
    op.execute(BROKEN)
