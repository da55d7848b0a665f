"""What may be read of personal responses; anonymous ones are read as scores of groups alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from services.surveys.campaigns.rules import ClientRole
from services.surveys.forms.readings import the_firms
from services.surveys.forms.rules import SurveyKind
from shared.audience import FIRM
from shared.reading import ANY_OF, NULL, RANGE, Column, Listing, reference

SOURCE = (
    "survey_responses r JOIN surveys s ON s.id = r.survey_id"
    " LEFT JOIN client_refs k ON k.id = r.client_id"
)
COLUMNS = (
    Column("id", "r.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("survey_key", "s.key", str, audience=FIRM),
    Column("kind", "r.kind", SurveyKind, audience=FIRM, filters=ANY_OF),
    Column("score", "r.score", int, audience=FIRM, filters=RANGE),
    Column("low", "r.low", bool, audience=FIRM, filters=ANY_OF),
    reference("client", id="r.client_id", label="k.name", audience=FIRM, required=True),
    Column("client_id", "r.client_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("engagement_id", "r.engagement_id", UUID | None, audience=FIRM, filters=ANY_OF | NULL),
    Column("phase_id", "r.phase_id", UUID | None, audience=FIRM, filters=ANY_OF),
    Column("case_id", "r.case_id", UUID | None, audience=FIRM, filters=ANY_OF | NULL),
    Column(
        "subject",
        "r.subject",
        str,
        audience=FIRM,
        description="The number of the case or engagement.",
    ),
    reference("person", id="r.person_id", label="r.person_name", audience=FIRM, required=True),
    Column("person_id", "r.person_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("role", "r.role", ClientRole | None, audience=FIRM, filters=ANY_OF),
    Column("comment", "r.comment", str | None, audience=FIRM),
    Column("owner_id", "r.owner_id", UUID | None, audience=FIRM, filters=ANY_OF),
    Column("answered_at", "r.answered_at", datetime, audience=FIRM, filters=RANGE, sortable=True),
    Column("historical", "r.historical", bool, audience=FIRM),
)

RESPONSES = Listing(
    name="responses",
    path="/responses",
    item="Response",
    policy="response:list",
    summary="Personal responses, newest first",
    source=SOURCE,
    columns=COLUMNS,
    scope=the_firms,
    order="-answered_at",
    exclusions=True,
)

RESPONSE = RESPONSES.detail(
    name="response",
    policy="response:view",
    summary="A personal response",
    more=(Column("answers", "r.answers", dict[str, Any], audience=FIRM),),
)
