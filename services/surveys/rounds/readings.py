"""Invitations: the firm's list of whom it asked, a person's own list of what waits for them."""

from datetime import datetime
from uuid import UUID

from services.surveys.campaigns.rules import ClientRole
from services.surveys.forms.rules import SurveyKind, Words
from services.surveys.rounds.rules import InvitationStatus, SparedBecause
from shared.audience import EVERYONE, FIRM
from shared.identity import Actor
from shared.reading import ANY_OF, NULL, RANGE, Column, Condition, Listing, Scope, reference


def own_or_the_firms(actor: Actor) -> Scope:
    """The firm reads all within reach; a client-side person their own."""
    if actor.is_firm:
        return Scope.everything()
    if actor.client_id is None:
        return Scope.nothing()
    return Scope(
        "i.person_id = :user AND i.client_id = :client",
        {"user": actor.user_id, "client": actor.client_id},
    )


COLUMNS = (
    Column("id", "i.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("title", "s.title", Words, audience=EVERYONE),
    Column("kind", "s.kind", SurveyKind, audience=EVERYONE),
    Column(
        "subject",
        "i.subject",
        str,
        audience=EVERYONE,
        description="The number of the case or engagement.",
    ),
    Column(
        "about",
        "i.about",
        Words | None,
        audience=EVERYONE,
        description="What the case was called; never kept with an anonymous invitation.",
    ),
    Column("anonymous", "i.anonymous", bool, audience=EVERYONE),
    Column(
        "status",
        "i.status",
        InvitationStatus,
        audience=EVERYONE,
        filters=ANY_OF,
        description="An anonymous invitation stays open until its round is closed.",
    ),
    Column("spared_because", "i.spared_because", SparedBecause | None, audience=FIRM),
    Column("client_id", "i.client_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column(
        "engagement_id", "i.engagement_id", UUID | None, audience=EVERYONE, filters=ANY_OF | NULL
    ),
    reference("person", id="i.person_id", label="i.person_name", audience=FIRM, required=True),
    Column("person_id", "i.person_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("role", "i.role", ClientRole | None, audience=FIRM, filters=ANY_OF),
    Column("round_id", "i.round_id", UUID, audience=FIRM, filters=ANY_OF),
    Column("reminders_sent", "i.reminders_sent", int, audience=FIRM),
    Column("created_at", "i.created_at", datetime, audience=EVERYONE, sortable=True),
    Column(
        "closes_at",
        "i.closes_at",
        datetime,
        audience=EVERYONE,
        filters=RANGE,
        sortable=True,
    ),
)

INVITATIONS = Listing(
    name="invitations",
    path="/invitations",
    item="Invitation",
    policy="invitation:list",
    summary="Invitations to surveys; a client-side person sees their own",
    source="survey_invitations i JOIN surveys s ON s.id = i.survey_id",
    columns=COLUMNS,
    scope=own_or_the_firms,
    order="-created_at",
    exclusions=True,
    conditions=(
        Condition(
            "waiting",
            "(i.status = 'open' AND i.closes_at > now()) = :value",
            bool,
            audience=EVERYONE,
            description="Invitations that can be answered now.",
        ),
    ),
)

INVITATION = INVITATIONS.detail(
    name="invitation",
    policy="invitation:list",
    summary="An invitation to a survey",
)
