"""Looking at a survey by its link, keeping partial answers, submitting once."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.answers import store
from services.surveys.answers.drafts import seal, unseal
from services.surveys.forms.rules import check_answers
from services.surveys.forms.store import form as read_form
from services.surveys.refs.store import Person
from services.surveys.responses.actions import record_anonymously, record_response
from services.surveys.rounds.rules import InvitationStatus, NoSuchLink, become, token_hash
from services.surveys.rounds.store import read_round
from shared.database import context_of


async def look(session: AsyncSession, token: str) -> tuple[Any, Any, Any]:
    """Link, round and form. Raises `NoSuchLink` (404), the same for every reason."""
    return await _open(session, token, lock=False)


async def keep(session: AsyncSession, token: str, answers: Mapping[str, Any]) -> None:
    """Keep partial answers with the link, over those kept before.

    Raises `NoSuchLink` (404), 422 naming what does not fit.
    """
    hashed = token_hash(token)
    link = await store.lock_draft(session, hashed, context_of(session).now)
    if link is None:
        raise NoSuchLink()
    check_answers(link["questions"], answers, complete=False)
    await store.keep_draft(session, hashed, seal(token, _merged(token, link["draft"], answers)))


async def submit(
    session: AsyncSession, token: str, answers: Mapping[str, Any], zone: ZoneInfo
) -> None:
    """Submit once, what was kept before included; the link opens nothing from then on.

    A personal answer emits `ResponseSubmitted`; an anonymous one leaves neither event nor audit
    entry. Raises `NoSuchLink` (404), 422 naming what is missing.
    """
    link, round_, form = await _open(session, token, lock=True)
    given = _merged(token, link.draft, answers)
    check_answers(form.questions, given, complete=True)
    await store.spend(session, link.hash)
    if round_.anonymous:
        await record_anonymously(
            session, round_=round_, form=form, role=link.role, answers=given, zone=zone
        )
        return
    await _record_by_name(session, link.invitation_id, round_, form, given)


async def _record_by_name(
    session: AsyncSession, invitation_id: UUID, round_: Any, form: Any, answers: Mapping[str, Any]
) -> None:
    invitation = await store.lock_invitation(session, invitation_id)
    if invitation is None:
        raise NoSuchLink()
    answered = become(InvitationStatus(invitation.status), InvitationStatus.ANSWERED)
    now = context_of(session).now
    await store.set_answered(session, invitation.id, answered, now)
    person = Person(
        invitation.person_id,
        invitation.person_name,
        invitation.language,
        email=None,
        role=invitation.role,
    )
    await record_response(
        session,
        round_=round_,
        form=form,
        person=person,
        invitation_id=invitation.id,
        answers=answers,
        at=now,
    )


async def _open(session: AsyncSession, token: str, *, lock: bool) -> tuple[Any, Any, Any]:
    link = await store.find_token(session, token_hash(token), context_of(session).now, lock=lock)
    if link is None:
        raise NoSuchLink()
    round_ = await read_round(session, link.round_id)
    return link, round_, await read_form(session, round_.survey_id)


def _merged(token: str, draft: str | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    kept = unseal(token, draft)
    return {key: value for key, value in {**kept, **answers}.items() if value is not None}
