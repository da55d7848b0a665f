"""Surveys: forms and campaigns as data, rounds, invitations, tokens, responses.

Client-side people read their own invitations alone. What the case of a round is about keeps from
whoever the case is about, by row security. Tokens and anonymous answers are the worker's alone.
"""

import json
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from services.surveys.migrations.forms_0001 import CAMPAIGNS, FORMS
from services.surveys.migrations.tables_0001 import REACH, SCRIPTS
from shared.migrating import create_shared_tables, secure

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SERVICE = "surveys"
OWN = "person_id = rapport_user() AND client_id = rapport_client()"
NOT_EXCLUDED = "NOT (rapport_user() = ANY (excluded)) AND rapport_user() IS NOT NULL"
IN_REACH = (
    f"{NOT_EXCLUDED} AND (engagement_id IS NULL OR (SELECT oversees())"
    " OR engagement_id IN (SELECT x FROM my_engagements() x))"
)
INVITATION_COLUMNS = (
    "id", "round_id", "survey_id", "client_id", "engagement_id", "person_id", "person_name",
    "role", "language", "anonymous", "subject", "status", "created_at", "closes_at", "answered_at",
)  # fmt: skip
FORM = sa.text(
    "INSERT INTO surveys (id, key, version, kind, main, title, intro, questions, created_at)"
    " VALUES (:id, :key, 1, :kind, :main, CAST(:title AS jsonb), CAST(:intro AS jsonb),"
    " CAST(:questions AS jsonb), now())"
)
CAMPAIGN = sa.text(
    "INSERT INTO campaigns (id, key, trigger, survey_key, roles, anonymous, open_days, reminders,"
    " reminder_days, fatigue_days, low_at_most, updated_at) VALUES (:id, :key, :trigger,"
    " :survey_key, :roles, :anonymous, :open_days, :reminders, :reminder_days, :fatigue_days,"
    " :low_at_most, now())"
)


def upgrade() -> None:
    """Create everything surveys store, who may reach it, and what is shipped."""
    create_shared_tables(SERVICE)
    for script in SCRIPTS:
        for statement in script.split(";"):
            if statement.strip():
                op.execute(statement)
    for statement in REACH:
        op.execute(statement)
    for table in ("user_refs", "client_refs", "member_refs"):
        secure(SERVICE, table, client=None, firm_rights="SELECT")
    secure(SERVICE, "engagement_refs", client=None, firm=NOT_EXCLUDED, firm_rights="SELECT")
    secure(SERVICE, "surveys", client="rapport_side() = 'client'", firm_rights="SELECT, INSERT")
    secure(SERVICE, "campaigns", client=None, firm_rights="SELECT, UPDATE")
    secure(SERVICE, "survey_rounds", client=None, firm=IN_REACH, firm_rights="SELECT")
    secure(
        SERVICE,
        "survey_invitations",
        client=OWN,
        client_columns=INVITATION_COLUMNS,
        firm=IN_REACH,
        firm_rights="SELECT",
    )
    secure(SERVICE, "survey_responses", client=None, firm=IN_REACH, firm_rights="SELECT")
    for table in ("survey_tokens", "anonymous_responses"):
        secure(SERVICE, table, client=None, firm="false", firm_rights="SELECT")
    _ship()


def _ship() -> None:
    for form in FORMS:
        texts = {name: json.dumps(form[name]) for name in ("title", "intro", "questions")}
        plain = {name: form[name] for name in ("key", "kind", "main")}
        op.execute(FORM.bindparams(id=uuid4(), **plain, **texts))
    for campaign in CAMPAIGNS:
        op.execute(CAMPAIGN.bindparams(id=uuid4(), **campaign))
