"""Writes on the need: the agent restates it, the requester confirms or corrects it."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import rules as case_rules
from services.desk.cases import store as cases
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.needs import rules
from services.desk.solutions.actions import require_none_accepted
from services.desk.waiting.actions import resume
from shared.contracts import desk as events
from shared.database import context_of


async def restate_need(session: AsyncSession, case_id: UUID, *, text: str) -> None:
    """Put the need into the firm's words, for the requester to confirm; replaces an earlier one.

    Raises `NotRestatable`, `AlreadyAccepted` (409). Emits `NeedRestated`.
    """
    case = await cases.lock_case(session, case_id)
    await _require_studied(session, case)
    case.restated_need, case.need_confirmed_at, case.need_comment = text, None, None
    case.status = case_rules.after_firm_contact(CaseStatus(case.status))
    record(session, case, "restated", text=text)
    await announce(session, case, events.NeedRestated, "case:restate")


async def confirm_need(
    session: AsyncSession, case_id: UUID, *, confirmed: bool, comment: str | None, zone: ZoneInfo
) -> None:
    """The requester says whether the restated need is right, and if not, what is.

    Takes a waiting case up again. Raises `NeedNotRestated`, `NotRestatable`, `AlreadyAccepted`
    (409), `CorrectionNeedsComment` (422). Emits `NeedConfirmed` or `NeedCorrected`.
    """
    case = await cases.lock_case(session, case_id)
    await _require_studied(session, case)
    if case.restated_need is None or case.need_confirmed_at is not None:
        raise rules.NeedNotRestated()
    if not confirmed and comment is None:
        raise rules.CorrectionNeedsComment()
    case.need_comment = comment
    await resume(session, case, zone)
    if confirmed:
        case.need_confirmed_at = context_of(session).now
        record(session, case, "need_confirmed")
        await announce(session, case, events.NeedConfirmed, "case:confirm-need")
    else:
        case.restated_need = None
        record(session, case, "need_corrected", comment=comment or "")
        await announce(session, case, events.NeedCorrected, "case:confirm-need")


async def _require_studied(session: AsyncSession, case: Case) -> None:
    rules.require_restatable(CaseStatus(case.status))
    await require_none_accepted(session, case)
