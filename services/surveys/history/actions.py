"""Entering answers given before Rapport was here; nothing is sent and no clock starts."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.campaigns.store import campaign_by_key
from services.surveys.forms.rules import check_answers
from services.surveys.forms.store import newest_form
from services.surveys.history.schemas import ResponseIn
from services.surveys.refs.store import Person, excluded_from, foreign, person
from services.surveys.responses import store as responses
from services.surveys.responses.actions import record_response
from services.surveys.responses.rules import entered_before
from services.surveys.rounds import store as rounds
from services.surveys.rounds.actions import round_columns
from services.surveys.rounds.rules import Cause
from shared.errors import Field, Unprocessable
from shared.naming import named_at
from shared.refs import standing_client


async def import_response(session: AsyncSession, body: ResponseIn, at: datetime) -> UUID:
    """Keep an answer given at `at`, in the round of its case or phase, which is closed.

    Whoever its case is about does not see it. Entered again it is the one that is there: it commits
    before the answer of the call is kept, which may be lost in between. Raises 422 for an unknown
    campaign, a missing cause, what belongs to another client, answers that do not fit,
    `NotKnownYet` (422) for an unknown client, person, case or engagement, `AnsweredOtherwise`
    (409). Emits `ResponseSubmitted`.
    """
    campaign = await campaign_by_key(session, body.campaign)
    form = await newest_form(session, campaign.survey_key) if campaign else None
    source = body.case_id or body.phase_id
    if campaign is None or form is None or source is None:
        name = "campaign" if campaign is None else "case_id"
        raise Unprocessable(errors=[Field(f"/{name}", en="is not known", zh="未知")])
    body = await _of_one_client(session, body)
    given = {key: value for key, value in body.answers.items() if value is not None}
    check_answers(form.questions, given, complete=True)
    who, excluded = await _named(session, body)
    columns = round_columns(session, campaign, form, _cause(body, source, excluded))
    columns |= {"anonymous": False, "closes_at": at + timedelta(days=campaign.open_days)}
    if await rounds.open_round(session, columns):
        await rounds.close_round(session, columns["id"], columns["closes_at"], low=False)
    round_id = await rounds.round_of(session, campaign.id, source)
    assert round_id is not None
    round_ = await rounds.read_round(session, round_id, lock=True)
    kept = await responses.own_answer(session, round_id, who.id)
    if kept is not None:
        return entered_before(kept, given, at)
    asked = max(round_.invited, body.invited or 0, await rounds.answered(session, round_id) + 1)
    await rounds.set_invited(session, round_id, asked)
    return await record_response(
        session, round_=round_, form=form, person=who, invitation_id=None, answers=given, at=at
    )


async def _named(session: AsyncSession, body: ResponseIn) -> tuple[Person, tuple[UUID, ...]]:
    """Who answered, and whom of the firm the case is kept from. Raises `NotKnownYet` (422)."""
    with named_at("/person_id"):
        who = replace(await person(session, body.person_id), role=body.role)
    with named_at("/case_id"):
        excluded = await excluded_from(session, body.case_id) if body.case_id else ()
    return who, excluded


async def _of_one_client(session: AsyncSession, body: ResponseIn) -> ResponseIn:
    """The answer, of the client that stands for the one it names.

    Raises 422 for what belongs to another client, `NotKnownYet` (422) for what is unknown.
    """
    standing = await standing_client(session, body.client_id)
    body = body.model_copy(update={"client_id": standing})
    names = ("client_id", "person_id", "case_id", "engagement_id", "phase_id")
    wrong = await foreign(session, {name: getattr(body, name) for name in names})
    if wrong:
        words = {"en": "is not of this client", "zh": "不属于该客户"}
        raise Unprocessable(errors=[Field(f"/{name}", **words) for name in wrong])
    return body


def _cause(body: ResponseIn, source_id: UUID, excluded: tuple[UUID, ...]) -> Cause:
    """What the answer was asked about, and whom of the firm it is kept from."""
    return Cause(
        source_id=source_id,
        client_id=body.client_id,
        subject=body.subject,
        engagement_id=body.engagement_id,
        phase_id=body.phase_id,
        phase_title=body.phase_title.model_dump() if body.phase_title else None,
        case_id=body.case_id,
        excluded=excluded,
    )
