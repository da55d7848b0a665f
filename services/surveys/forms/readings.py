"""What may be read of forms."""

from datetime import datetime
from uuid import UUID

from services.surveys.forms.rules import Question, SurveyKind, Words
from shared.audience import FIRM
from shared.identity import Actor
from shared.reading import ANY_OF, Column, Listing, Scope


def the_firms(actor: Actor) -> Scope:
    """The firm reads it, the client side does not."""
    return Scope.everything() if actor.is_firm else Scope.nothing()


COLUMNS = (
    Column("id", "s.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("key", "s.key", str, audience=FIRM, filters=ANY_OF),
    Column("version", "s.version", int, audience=FIRM),
    Column("kind", "s.kind", SurveyKind, audience=FIRM, filters=ANY_OF),
    Column("title", "s.title", Words, audience=FIRM),
    Column("intro", "s.intro", Words, audience=FIRM),
    Column("questions", "s.questions", list[Question], audience=FIRM),
    Column("created_at", "s.created_at", datetime, audience=FIRM),
)

SURVEYS = Listing(
    name="surveys",
    path="/surveys",
    item="Survey",
    policy="survey:list",
    summary="Forms with all their versions",
    source="surveys s",
    columns=COLUMNS,
    scope=the_firms,
)

SURVEY = SURVEYS.detail(
    name="survey",
    policy="survey:view",
    summary="A version of a form",
)
