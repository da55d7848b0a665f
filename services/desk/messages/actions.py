"""Writes in the conversation: public messages of both sides, internal notes of the firm."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import rules as case_rules
from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.messages.rules import acknowledgement
from services.desk.messages.tables import Message, Note
from services.desk.promises.actions import keep_by_act
from services.desk.promises.rules import Act
from services.desk.waiting.actions import resume
from shared.contracts import desk as events
from shared.database import context_of
from shared.identity import Side
from shared.ids import new_id
from shared.writing import append, rows_of

_MESSAGES = rows_of(Message)


async def post_message(
    session: AsyncSession, case_id: UUID, *, body: str, zone: ZoneInfo
) -> Message:
    """Say something both sides read.

    The firm's word keeps an open promise of a first response or an update and puts the case in
    work; the client side's word takes a waiting case up again. Raises `CaseNotLive` (409) on a
    withdrawn or closed case. Emits `CaseReplied`.
    """
    case = await cases.lock_case(session, case_id)
    if case.status in {CaseStatus.CLOSED, CaseStatus.WITHDRAWN}:
        raise case_rules.over(CaseStatus(case.status))
    actor = context_of(session).actor
    message = _message(
        session,
        case,
        author_id=actor.user_id,
        author_name=actor.name,
        side=actor.side,
        body=body,
    )
    record(session, case, "replied")
    if actor.side is Side.CLIENT:
        await resume(session, case, zone)
    else:
        await keep_by_act(session, case, Act.REPLIED, zone)
        case.status = case_rules.after_firm_contact(CaseStatus(case.status))
    await announce(session, case, events.CaseReplied, "message:post", child=message)
    return message


async def add_note(session: AsyncSession, case_id: UUID, *, body: str) -> Note:
    """Keep something for the firm alone; nothing of it travels in an event. Emits `CaseNoted`."""
    case = await cases.lock_case(session, case_id)
    context = context_of(session)
    note = Note(
        id=new_id(),
        case_id=case.id,
        requester_id=case.requester_id,
        author_id=context.actor.user_id,
        author_name=context.actor.name,
        body=body,
        created_at=context.now,
    )
    session.add(note)
    record(session, case, "noted")
    await announce(session, case, events.CaseNoted, "note:add")
    return note


def acknowledge(session: AsyncSession, case: Case) -> None:
    """Tell the requester at once, in their language, that it arrived and what happens next."""
    body = acknowledgement(case.language, case.number)
    _message(session, case, author_id=None, author_name="Rapport", side=Side.SYSTEM, body=body)


def _message(
    session: AsyncSession,
    case: Case,
    *,
    author_id: UUID | None,
    author_name: str,
    side: Side,
    body: str,
) -> Message:
    message = Message(
        id=new_id(),
        case_id=case.id,
        client_id=case.client_id,
        requester_id=case.requester_id,
        author_id=author_id,
        author_name=author_name,
        author_side=side,
        body=body,
        created_at=context_of(session).now,
    )
    append(session, _MESSAGES, message)
    return message
