"""A low score opens a case, once, for whoever of the firm looks after it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases.actions import keep_from
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseKind, CaseStatus, Channel, Priority, after_assignment
from services.desk.cases.store import lock_case_of_source
from services.desk.cases.tables import Case
from services.desk.feedback import rules, store
from services.desk.history.store import record
from services.desk.intake.actions import Origin, enter_case
from services.desk.intake.schemas import CaseIn
from services.desk.policy import HANDLERS
from shared.contracts import desk as events
from shared.contracts.surveys import ResponseState, RoundState
from shared.events import Envelope
from shared.identity import SYSTEM_ID
from shared.refs import known_client, known_user
from shared.sentences import Texts
from shared.writing import write_out

Handler = Callable[[AsyncSession, Any], Awaitable[None]]


def following_up_answers(zone: ZoneInfo) -> Handler:
    """The handler that opens a case for a person's low score; numbered in the firm's `zone`.

    For every event: the newest may but say the answer again, and opens nothing.
    """

    async def open_case_for_answer(
        session: AsyncSession, envelope: Envelope[ResponseState]
    ) -> None:
        state = envelope.state
        if not state.low or state.historical or not _fresh(envelope):
            return
        excluded = await store.claim(session, state.id, state.visibility.excluded)
        if excluded is None:
            return
        person = await known_user(session, state.person_id)
        client = await known_client(session, state.client_id)
        origin = _origin(state, rules.description_of(state))
        body = CaseIn(
            kind=CaseKind.COMPLAINT,
            subject=origin.subject_texts[person.language],
            description=origin.description_texts[person.language],
            priority=Priority.HIGH if state.role == "executive" else Priority.NORMAL,
            channel=Channel.SURVEY,
            about_user_ids=sorted(excluded),
        )
        party = (client, person.id, person.language)
        case = await enter_case(session, body, party, zone, origin=origin)
        await _hand_over(session, case, state.owner_id)

    return open_case_for_answer


def following_up_rounds(zone: ZoneInfo) -> Handler:
    """The handler that opens a case for a low anonymous round: nobody's, so nobody is named.

    For every event, as for answers.
    """

    async def open_case_for_round(session: AsyncSession, envelope: Envelope[RoundState]) -> None:
        state = envelope.state
        if not state.low or not _fresh(envelope):
            return
        excluded = await store.claim(session, state.id, state.visibility.excluded)
        if excluded is None:
            return
        client = await known_client(session, state.client_id)
        origin = _origin(state, rules.anonymous_description(state))
        body = CaseIn(
            kind=CaseKind.COMPLAINT,
            subject=origin.subject_texts[rules.ANONYMOUS_LANGUAGE],
            description=origin.description_texts[rules.ANONYMOUS_LANGUAGE],
            channel=Channel.SURVEY,
            about_user_ids=sorted(excluded),
        )
        party = (client, SYSTEM_ID, rules.ANONYMOUS_LANGUAGE)
        case = await enter_case(session, body, party, zone, origin=origin)
        await _hand_over(session, case, state.owner_id)

    return open_case_for_round


def _origin(state: ResponseState | RoundState, description: Texts) -> Origin:
    """What opens the case. A case has one requester, so an anonymous round never leads to one."""
    anonymous = isinstance(state, RoundState) and state.anonymous
    return Origin(
        source_id=state.id,
        subject_texts=rules.subject_of(state),
        description_texts=description,
        asked_case_id=None if anonymous else state.case_id,
        asked_engagement_id=state.engagement_id,
    )


async def follow_reach(
    session: AsyncSession, envelope: Envelope[ResponseState] | Envelope[RoundState]
) -> None:
    """Keep the case from whom its source is kept from now; whoever else it is about stays so.

    Remembered for a case that opens later. Emits `CaseAboutChanged`.
    """
    state = envelope.state
    if not state.low:
        return
    now = frozenset(state.visibility.excluded)
    before = await store.inherit(session, state.id, now)
    if before is None or before == now:
        return
    case = await lock_case_of_source(session, state.id)
    await keep_from(session, case, rules.about_now(case.about_user_ids, before, now))


def _fresh(envelope: Envelope[Any]) -> bool:
    """Neither imported history nor a state told again."""
    return not envelope.historical and not envelope.again


async def _hand_over(session: AsyncSession, case: Case, owner_id: UUID | None) -> None:
    """Give the case to its owner. Emits `CaseAssigned`.

    Without one who may work on it, it waits for dispatch: a director of an engagement may be a
    consultant by account, whom the desk admits to no case's work.
    """
    if owner_id is None or owner_id in case.about_user_ids:
        return
    owner = await known_user(session, owner_id)
    if not (owner.active and owner.side == "firm" and HANDLERS.roles.intersection(owner.roles)):
        return
    await write_out(session)
    case.assignee_id, case.status = owner.id, after_assignment(CaseStatus(case.status))
    record(session, case, "assigned", person_id=owner.id, assignee=owner.name)
    await announce(session, case, events.CaseAssigned, "case:assign")
