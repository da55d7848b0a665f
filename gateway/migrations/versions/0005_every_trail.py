"""The audit trails of all services side by side, and who must not see what is said of which record.

Nobody reads a service's own trail by way of the door any more, the door's included.
"""

from alembic import op

from shared.migrating import secure

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SERVICE = "gateway"
TRAIL = """
CREATE TABLE audit_trail (
    service text NOT NULL, seq bigint NOT NULL, id uuid NOT NULL, at timestamptz NOT NULL,
    actor_id uuid NOT NULL, actor_name text, actor_side text NOT NULL, action text NOT NULL,
    subject_kind text NOT NULL, subject_id uuid NOT NULL, request_id text NOT NULL,
    before jsonb, after jsonb, people uuid[] NOT NULL,
    PRIMARY KEY (service, seq)
);
CREATE INDEX audit_trail_at ON audit_trail (at, id);
CREATE INDEX audit_trail_actor ON audit_trail (actor_id, at, id);
CREATE INDEX audit_trail_subject ON audit_trail (subject_id, at, id);
CREATE INDEX audit_trail_action ON audit_trail (action, at, id);
CREATE INDEX audit_trail_service ON audit_trail (service, at, id);
CREATE INDEX audit_trail_request ON audit_trail (request_id);
CREATE INDEX audit_trail_people ON audit_trail USING gin (people);
CREATE TABLE record_exclusions (
    record_id uuid NOT NULL, user_id uuid NOT NULL, PRIMARY KEY (user_id, record_id)
);
CREATE INDEX record_exclusions_record ON record_exclusions (record_id)
"""
SAID_OF_OTHERS = (
    "NOT EXISTS (SELECT 1 FROM record_exclusions x"
    " WHERE x.user_id = rapport_user() AND x.record_id = subject_id)"
)


def upgrade() -> None:
    """Make the tables, put up the walls, close the old way."""
    for statement in TRAIL.split(";"):
        op.execute(statement)
    secure(
        SERVICE, "record_exclusions", client=None, firm="user_id = rapport_user()",
        firm_rights="SELECT",
    )  # fmt: skip
    secure(SERVICE, "audit_trail", client=None, firm=SAID_OF_OTHERS, firm_rights="SELECT")
    op.execute("DROP POLICY audit_read_firm ON audit")
    op.execute("REVOKE SELECT ON audit FROM gateway_firm")


def downgrade() -> None:
    """Back to the door's own trail."""
    op.execute("GRANT SELECT ON audit TO gateway_firm")
    op.execute("CREATE POLICY audit_read_firm ON audit FOR SELECT TO gateway_firm USING (true)")
    op.execute("DROP TABLE audit_trail")
    op.execute("DROP TABLE record_exclusions")
