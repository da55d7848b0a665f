"""Opening a case: numbered, indexed, acknowledged at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.cases import rules, store
from services.desk.cases.actions import check_about, client_words, words_of
from services.desk.cases.announce import announce
from services.desk.cases.rules import CaseStatus, Channel
from services.desk.cases.tables import Case
from services.desk.history.store import record
from services.desk.intake.schemas import FIRM_FIELDS, CaseIn
from services.desk.messages.actions import acknowledge
from shared.contracts import desk as events
from shared.database import context_of
from shared.errors import Field, Forbidden, Unprocessable
from shared.history import occurred
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.naming import named_at
from shared.refs import KnownClient, known_client, known_user
from shared.sentences import Texts

Party = tuple[KnownClient, UUID, str]


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What opens a case by itself, the case's words in both languages, and what was asked about."""

    source_id: UUID
    subject_texts: Texts
    description_texts: Texts
    asked_case_id: UUID | None = None
    asked_engagement_id: UUID | None = None


async def open_case(session: AsyncSession, body: CaseIn, zone: ZoneInfo) -> Case:
    """Open a case for a client-side person and acknowledge it in the same breath.

    Numbered within the year of the firm's `zone`. Raises `NotRequester`, `NotAbout`, `NotKnownYet`
    (422). Emits `CaseOpened`.
    """
    party = await _requester(session, context_of(session).actor, body)
    return await enter_case(session, body, party, zone)


async def enter_case(
    session: AsyncSession,
    body: CaseIn,
    party: Party,
    zone: ZoneInfo,
    *,
    origin: Origin | None = None,
) -> Case:
    """Open a case for a `party` that is known: the client, its requester, their language.

    `origin` is the survey answer or anonymous round that opens it.

    Raises `NotAbout` (422). Emits `CaseOpened`.
    """
    context = context_of(session)
    client, requester_id, language = party
    opened_at = occurred(session, body.occurred_at)
    case = _new_case(context.actor, body, client.id, requester_id, opened_at)
    case.language, case.historical = language, context.historical
    for name, value in vars(origin).items() if origin else ():
        setattr(case, name, value)
    await check_about(session, body.about_user_ids, "/about_user_ids")
    year = opened_at.astimezone(zone).year
    case.number = rules.case_number(year, await store.next_number(session, year))
    store.add_case(session, case)
    named = client_words(client.name, client.short_name)
    store.index_case(session, case, words=words_of(case), client_words=named)
    subject = case.subject_texts or case.subject
    record(session, case, "opened", at=opened_at, case_kind=case.kind, subject=subject)
    record(session, case, "acknowledged", at=opened_at, number=case.number)
    acknowledge(session, case)
    if case.about_user_ids:
        await store.set_exclusions(session, case)
    await announce(session, case, events.CaseOpened, "case:open")
    return case


def _new_case(
    actor: Actor, body: CaseIn, client_id: UUID, requester_id: UUID, opened_at: datetime
) -> Case:
    portal = Channel.PORTAL if actor.side is Side.CLIENT else Channel.PHONE
    return Case(
        id=new_id(),
        number="",
        kind=body.kind,
        subject=body.subject,
        description=body.description,
        remedy_sought=body.remedy_sought,
        priority=body.priority,
        severity=body.severity,
        status=CaseStatus.OPEN,
        client_id=client_id,
        requester_id=requester_id,
        about_user_ids=sorted(set(body.about_user_ids)),
        channel=body.channel or portal,
        language=actor.language,
        acknowledged_at=opened_at,
        created_by=actor.user_id,
        created_at=opened_at,
        updated_at=opened_at,
    )


async def _requester(session: AsyncSession, actor: Actor, body: CaseIn) -> Party:
    if actor.side is Side.CLIENT:
        _refuse_firm_fields(actor, body)
        if actor.client_id is None:
            raise Forbidden()
        return await known_client(session, actor.client_id), actor.user_id, actor.language
    missing = [name for name in ("client_id", "requester_id") if getattr(body, name) is None]
    if missing or body.client_id is None or body.requester_id is None:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="is required", zh="必填") for name in missing]
        )
    with named_at("/client_id"):
        client = await known_client(session, body.client_id)
    with named_at("/requester_id"):
        requester = await known_user(session, body.requester_id)
    if requester.side != "client" or requester.client_id != client.id or not requester.active:
        raise rules.NotRequester(
            errors=[Field("/requester_id", en="not of this client", zh="不属于该客户")]
        )
    return client, requester.id, requester.language


def _refuse_firm_fields(actor: Actor, body: CaseIn) -> None:
    """What a client-side caller may not see does not exist for them, and they are themselves."""
    refused = sorted(body.model_fields_set & FIRM_FIELDS)
    if body.client_id not in (None, actor.client_id):
        refused.append("client_id")
    if body.requester_id not in (None, actor.user_id):
        refused.append("requester_id")
    if refused:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="not accepted here", zh="此处不可用") for name in refused]
        )
