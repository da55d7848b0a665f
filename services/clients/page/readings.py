"""The timeline as a list, and the cases of a client."""

from datetime import datetime
from uuid import UUID

from services.clients.page.store import TITLE_TEXTS
from services.clients.reach import known_entries
from services.clients.registry.readings import CLIENT
from services.clients.timeline.schemas import Sentence
from shared.audience import FIRM
from shared.reading import ANY_OF, RANGE, Column, Listing, Parent

ENTRY = "id, client_id, at, source, kind, record_id, record_number, title, actor_id, actor_name"
NOBODY = "'{}'::uuid[]"
ALL_ROLES = f"'{{}}'::text[] AS roles, {NOBODY} AS firm_users"
SOURCE = (
    f"(SELECT {ENTRY}, sentence, {NOBODY} AS excluded, {ALL_ROLES} FROM own_entries UNION ALL"
    f" SELECT {ENTRY}, sentence, excluded, {ALL_ROLES} FROM case_entries UNION ALL"
    f" SELECT {ENTRY}, sentence, excluded, roles, firm_users FROM engagement_entries UNION ALL"
    f" SELECT {ENTRY}, sentence, excluded, roles, firm_users FROM survey_entries) t"
)


TIMELINE = Listing(
    name="timeline",
    path="/clients/{client_id}/timeline",
    item="TimelineEntry",
    policy="timeline:list",
    summary="Everything that happened with a client, newest first",
    source=SOURCE,
    scope=known_entries,
    exclusions=True,
    order="-at",
    parents=(Parent("client_id", "t.client_id", CLIENT),),
    columns=(
        Column("id", "t.id", UUID, audience=FIRM),
        Column("at", "t.at", datetime, audience=FIRM, filters=RANGE, sortable=True),
        Column("source", "t.source", str, audience=FIRM, filters=ANY_OF),
        Column("kind", "t.kind", str, audience=FIRM, filters=ANY_OF),
        Column("record_id", "t.record_id", UUID, audience=FIRM),
        Column("record_number", "t.record_number", str | None, audience=FIRM),
        Column("title", "t.title", str, audience=FIRM),
        Column("title_texts", TITLE_TEXTS, Sentence | None, audience=FIRM),
        Column("actor_id", "t.actor_id", UUID | None, audience=FIRM),
        Column("actor_name", "t.actor_name", str, audience=FIRM),
        Column("sentence", "t.sentence", Sentence, audience=FIRM),
    ),
)
