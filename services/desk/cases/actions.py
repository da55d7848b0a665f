"""Writes on a case itself: open, correct, assign, say whom it is about, start."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import rules, store
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus
from services.desk.cases.schemas import AboutIn, AssignIn, CasePatch
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.history.wording import fields_named
from shared import refs as clients
from shared.contracts import desk as events
from shared.contracts.clients import ClientState
from shared.database import context_of
from shared.errors import Field, Unprocessable
from shared.events import Envelope
from shared.naming import named_at
from shared.refs import known_user
from shared.text import search_vector_lexemes


async def change_case(session: AsyncSession, case: Case, patch: CasePatch) -> None:
    """Correct fields of a live case; the version was checked by the caller.

    Raises `CaseNotLive` (409). Emits `CaseChanged`.
    """
    rules.require_live(CaseStatus(case.status))
    _refuse_null(patch)
    changed = sorted(
        name for name in patch.model_fields_set if getattr(case, name) != getattr(patch, name)
    )
    if not changed:
        return
    for name in changed:
        setattr(case, name, getattr(patch, name))
    # What somebody wrote instead of Rapport's own words stands in their language alone.
    for name in {"subject", "description"}.intersection(changed):
        setattr(case, f"{name}_texts", None)
    record(session, case, "changed", fields=fields_named(changed))
    if "subject" in changed:
        await store.reindex_case(session, case.id, words_of(case))
    await announce(session, case, events.CaseChanged, "case:edit")


def _refuse_null(patch: CasePatch) -> None:
    required = patch.model_fields_set - {"remedy_sought", "severity"}
    empty = sorted(name for name in required if getattr(patch, name) is None)
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )


async def assign_case(session: AsyncSession, case_id: UUID, body: AssignIn) -> None:
    """Give the case to an active agent it is not about, or take it back (None).

    Raises `NotAssignable` (422), `CaseNotLive`, `AssignedMeanwhile`, `GivenBackMeanwhile` (409).
    Emits `CaseAssigned`.
    """
    case = await store.lock_case(session, case_id)
    assignee_id = body.assignee_id
    if "instead_of" in body.model_fields_set:
        await _check_unmoved(session, case, {body.instead_of, assignee_id})
    if assignee_id is None:
        await _take_back(session, case)
        return
    target = rules.after_assignment(CaseStatus(case.status))
    with named_at("/assignee_id"):
        user = await known_user(session, assignee_id)
        about = case.about_user_ids
        rules.check_assignee(user.id, roles=user.roles, active=user.active, about=about)
    if case.assignee_id == user.id:
        return
    case.assignee_id, case.status = user.id, target
    record(session, case, "assigned", person_id=user.id, assignee=user.name)
    await announce(session, case, events.CaseAssigned, "case:assign")


async def _check_unmoved(session: AsyncSession, case: Case, fine: set[UUID | None]) -> None:
    """Raise `AssignedMeanwhile`, `GivenBackMeanwhile` (409) unless one of these has the case."""
    if case.assignee_id in fine:
        return
    if case.assignee_id is None:
        raise rules.GivenBackMeanwhile()
    raise rules.AssignedMeanwhile(holder=(await known_user(session, case.assignee_id)).name)


async def _take_back(session: AsyncSession, case: Case) -> None:
    rules.require_live(CaseStatus(case.status))
    if case.assignee_id is not None:
        await leave(session, case)


async def leave(session: AsyncSession, case: Case) -> None:
    """Take a live case from whoever has it. Emits `CaseAssigned`."""
    unassign(case)
    record(session, case, "unassigned")
    await announce(session, case, events.CaseAssigned, "case:assign")


def unassign(case: Case) -> None:
    """Leave the case with nobody; one not yet in work waits for dispatch again."""
    case.assignee_id = None
    if case.status == CaseStatus.ASSIGNED:
        case.status = rules.become(CaseStatus.ASSIGNED, CaseStatus.OPEN)


async def set_about(session: AsyncSession, case_id: UUID, body: AboutIn) -> None:
    """Say whom the case is about; they can no longer see, handle or close it.

    An assignee among them loses the case. Raises `NotAbout` (422), `NamedMeanwhile` (409). Emits
    `CaseAboutChanged`.
    """
    case = await store.lock_case(session, case_id)
    now, wanted = set(case.about_user_ids), set(body.user_ids)
    # Asked again, an act that is done is no conflict.
    if body.instead_of is not None and now not in (set(body.instead_of), wanted):
        raise rules.NamedMeanwhile()
    await check_about(session, body.user_ids, "/user_ids")
    await keep_from(session, case, wanted)


async def keep_from(session: AsyncSession, case: Case, user_ids: set[UUID]) -> None:
    """Let these people, and nobody else, be whom a case in reach is about.

    An assignee among them loses the case. Emits `CaseAboutChanged` where something changed.
    """
    wanted = sorted(user_ids)
    if wanted == sorted(case.about_user_ids):
        return
    if case.assignee_id in wanted:
        unassign(case)
        await session.flush()
    case.about_user_ids = wanted
    await store.set_exclusions(session, case)
    record(session, case, "about_changed")
    await announce(session, case, events.CaseAboutChanged, "case:about")


async def check_about(session: AsyncSession, user_ids: list[UUID], pointer: str) -> None:
    """Raise `NotAbout`, `NotKnownYet` (422) unless all are people of the firm, and not the actor.

    They say who of the list that the body has at `pointer` it is.
    """
    for place, user_id in enumerate(user_ids):
        with named_at(f"{pointer}/{place}"):
            await _check_one(session, user_id)


async def _check_one(session: AsyncSession, user_id: UUID) -> None:
    if user_id == context_of(session).actor.user_id:
        # Who is complained about does not write the record of it: a colleague does.
        raise rules.NotAbout(reason_en="ask a colleague to record it", reason_zh="请由同事登记")
    if (await known_user(session, user_id)).side != "firm":
        raise rules.NotAbout(reason_en="this is a client-side person", reason_zh="此人属于客户方")


async def start_work(session: AsyncSession, case: Case) -> None:
    """Put an assigned, reopened or accepted case in work. Raises `IllegalCaseStep` (409).

    Emits `CaseStarted`.
    """
    case.status = rules.become(CaseStatus(case.status), CaseStatus.IN_PROGRESS)
    record(session, case, "started")
    await announce(session, case, events.CaseStarted, "case:start")


def words_of(case: Case) -> list[str]:
    """The lexemes a case is found by: its number and subject."""
    return search_vector_lexemes(case.number, case.subject, *(case.subject_texts or {}).values())


async def take_over_client(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Remember a client, and find its cases by the name it has now."""
    await clients.take_over_client(session, envelope)
    await store.reindex_client(
        session,
        envelope.state.id,
        client_words(envelope.state.legal_name, envelope.state.short_name),
    )


async def find_by_client(session: AsyncSession, client_id: UUID) -> None:
    """Let the cases that came to a client be found by its name."""
    names = await store.client_names(session, client_id)
    if names is not None:
        await store.reindex_client(session, client_id, client_words(*names))


def client_words(name: str, short_name: str | None) -> list[str]:
    """The lexemes of a client by which its cases are found."""
    return search_vector_lexemes(name, short_name)
