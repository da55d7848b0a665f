"""Writing a response: under a name with its event, or anonymously without a trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.surveys.forms.rules import comment_of, main_score
from services.surveys.refs.store import Person, responsible
from services.surveys.responses import rules, store
from shared import audit
from shared.contracts.surveys import ResponseSubmitted
from shared.database import context_of
from shared.ids import new_id
from shared.outbox import emit


async def record_response(
    session: AsyncSession,
    *,
    round_: Any,
    form: Any,
    person: Person,
    invitation_id: UUID | None,
    answers: Mapping[str, Any],
    at: datetime,
) -> UUID:
    """Keep a personal response; a low score names who of the firm looks after it.

    Emits `ResponseSubmitted`.
    """
    score = main_score(form.main, answers)
    low = rules.is_low(score, round_.low_at_most)
    told = {"score": score, "low": low}
    response_id = new_id()
    columns = {
        **_asked(round_, form),
        **_answering(person),
        "id": response_id,
        "invitation_id": invitation_id,
        "answers": dict(answers),
        **told,
        "owner_id": await _owner(session, round_, person) if low else None,
        "comment": comment_of(form.questions, answers),
        "answered_at": at,
        "historical": context_of(session).historical,
    }
    await store.keep_response(session, columns)
    about = ("response", response_id)
    await audit.record(session, "answer:give", about, after=told, about=[person.id])
    state = await store.state_of(session, columns, survey_key=form.key, survey_version=form.version)
    await emit(session, ResponseSubmitted(state=state))
    return response_id


async def _owner(session: AsyncSession, round_: Any, person: Person) -> UUID | None:
    people = await responsible(session, round_.client_id, round_.engagement_id)
    return rules.owner_for(person.role, people)


def _answering(person: Person) -> dict[str, Any]:
    return {
        "person_id": person.id,
        "person_name": person.name,
        "role": person.role,
        "language": person.language,
    }


def _asked(round_: Any, form: Any) -> dict[str, Any]:
    names = ("client_id", "engagement_id", "phase_id", "case_id", "subject")
    return {
        "round_id": round_.id,
        "survey_id": form.id,
        "kind": form.kind,
        "excluded": list(round_.excluded),
        **{name: getattr(round_, name) for name in names},
    }


async def record_anonymously(
    session: AsyncSession,
    *,
    round_: Any,
    form: Any,
    role: str | None,
    answers: Mapping[str, Any],
    zone: ZoneInfo,
) -> None:
    """Keep an answer that leads back to nobody: no event, no audit entry, no time of its own.

    The week kept is that of the round. The answer's would name whoever was alone to answer in it.
    """
    opened_on = round_.opened_at.astimezone(zone).date()
    await store.keep_anonymous(
        session,
        {
            "round_id": round_.id,
            "week": rules.week_of(opened_on),
            "role": role,
            "answers": dict(answers),
            "score": main_score(form.main, answers),
            "comment": comment_of(form.questions, answers),
        },
    )
