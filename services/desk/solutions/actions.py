"""Writes on solutions: offer, accept, decline, take back, and start what was chosen."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import actions as case_actions
from services.desk.cases import rules as case_rules
from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.promises.actions import keep_by_act
from services.desk.promises.rules import Act
from services.desk.solutions import rules, store
from services.desk.solutions.rules import SolutionStatus
from services.desk.solutions.schemas import SolutionIn
from services.desk.solutions.tables import Solution
from shared.contracts import desk as events
from shared.database import context_of
from shared.ids import new_id


async def offer_solution(session: AsyncSession, body: SolutionIn, zone: ZoneInfo) -> Solution:
    """Offer the requester an alternative, up to four at once, once the need is confirmed.

    Raises `NeedNotConfirmed`, `TooManyOnOffer`, `AlreadyAccepted`, `IllegalCaseStep` (409).
    Emits `SolutionOffered`.
    """
    case = await cases.lock_named_case(session, body.case_id)
    case_rules.require_live(CaseStatus(case.status))
    if case.need_confirmed_at is None:
        raise rules.NeedNotConfirmed()
    await require_none_accepted(session, case)
    if len(await _on_offer(session, case)) >= rules.MOST_ON_OFFER:
        raise rules.TooManyOnOffer(most=rules.MOST_ON_OFFER)
    case.status = rules.after_offer(CaseStatus(case.status))
    solution = _new_solution(session, case, body)
    await keep_by_act(session, case, Act.OFFERED, zone)
    record(session, case, "solution_offered", title=solution.title)
    await announce(session, case, events.SolutionOffered, "solution:offer", child=solution)
    return solution


async def require_none_accepted(session: AsyncSession, case: Case) -> None:
    """Raise `AlreadyAccepted` (409) where the case's round has its solution."""
    if await store.of_round(session, case.id, case.round, SolutionStatus.ACCEPTED):
        raise rules.AlreadyAccepted()


async def accept_solution(session: AsyncSession, solution_id: UUID) -> Solution:
    """The requester chooses one; the others on offer become not chosen.

    Raises `SolutionSettled` (409). Emits `SolutionAccepted`.
    """
    case, solution = await cases.with_case(session, Solution, solution_id)
    now = context_of(session).now
    solution.status = rules.settle(SolutionStatus(solution.status), SolutionStatus.ACCEPTED)
    solution.decided_at = now
    for other in await _on_offer(session, case):
        other.status = rules.settle(SolutionStatus(other.status), SolutionStatus.NOT_CHOSEN)
        other.decided_at = now
    case.status = case_rules.become(CaseStatus(case.status), CaseStatus.SOLUTION_ACCEPTED)
    record(session, case, "solution_accepted", title=solution.title)
    await announce(session, case, events.SolutionAccepted, "solution:accept", child=solution)
    return solution


async def decline_solution(session: AsyncSession, solution_id: UUID, *, reason: str) -> Solution:
    """The requester refuses one and says why; another can then be offered.

    Raises `SolutionSettled` (409). Emits `SolutionDeclined`.
    """
    case, solution = await cases.with_case(session, Solution, solution_id)
    solution.status = rules.settle(SolutionStatus(solution.status), SolutionStatus.DECLINED)
    solution.decided_at, solution.decline_reason = context_of(session).now, reason
    await _study_again(session, case)
    record(session, case, "solution_declined", title=solution.title, reason=reason)
    await announce(session, case, events.SolutionDeclined, "solution:decline", child=solution)
    return solution


async def withdraw_solution(session: AsyncSession, solution_id: UUID) -> Solution:
    """The firm takes an offer back. Raises `SolutionSettled` (409). Emits `SolutionWithdrawn`."""
    case, solution = await cases.with_case(session, Solution, solution_id)
    solution.status = rules.settle(SolutionStatus(solution.status), SolutionStatus.WITHDRAWN)
    solution.decided_at = context_of(session).now
    await _study_again(session, case)
    record(session, case, "solution_withdrawn", title=solution.title)
    await announce(session, case, events.SolutionWithdrawn, "solution:withdraw", child=solution)
    return solution


async def start_case(session: AsyncSession, case_id: UUID) -> None:
    """Start work: to study an assigned or reopened case, or to carry out what was accepted.

    Raises `SolutionNotAccepted`, `IllegalCaseStep` (409). Emits `CaseStarted`.
    """
    case = await cases.lock_case(session, case_id)
    if case.status == CaseStatus.SOLUTION_OFFERED:
        raise rules.SolutionNotAccepted()
    await case_actions.start_work(session, case)


async def end_offers(session: AsyncSession, case: Case) -> None:
    """Close what is still on offer when the requester withdraws the case; the caller announces."""
    for solution in await _on_offer(session, case):
        solution.status = rules.settle(SolutionStatus(solution.status), SolutionStatus.NOT_CHOSEN)
        solution.decided_at = context_of(session).now


async def _on_offer(session: AsyncSession, case: Case) -> list[Solution]:
    return await store.of_round(session, case.id, case.round, SolutionStatus.OFFERED)


async def _study_again(session: AsyncSession, case: Case) -> None:
    if not await _on_offer(session, case):
        case.status = case_rules.become(CaseStatus(case.status), CaseStatus.IN_PROGRESS)


def _new_solution(session: AsyncSession, case: Case, body: SolutionIn) -> Solution:
    context = context_of(session)
    solution = Solution(
        id=new_id(),
        case_id=case.id,
        client_id=case.client_id,
        requester_id=case.requester_id,
        round=case.round,
        title=body.title,
        description=body.description,
        cost_minor=body.cost.amount_minor if body.cost else None,
        cost_currency=body.cost.currency if body.cost else None,
        duration_days=body.duration_days,
        risk=body.risk,
        status=SolutionStatus.OFFERED,
        offered_by=context.actor.user_id,
        offered_by_name=context.actor.name,
        offered_at=context.now,
    )
    session.add(solution)
    return solution
