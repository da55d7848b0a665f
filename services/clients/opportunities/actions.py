"""Writes on opportunities: open, change, move along the pipeline."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.opportunities import rules, store
from services.clients.opportunities.rules import CLOSED, OpportunityStage
from services.clients.opportunities.schemas import MoveIn, OpportunityIn, OpportunityPatch
from services.clients.opportunities.tables import Opportunity, OpportunityMove
from services.clients.refs.store import firm_name, owner_name
from services.clients.registry.actions import require_live
from services.clients.registry.store import lock_client, lock_clients, lock_named_client
from services.clients.registry.tables import Client
from services.clients.timeline.store import note
from shared import audit
from shared.contracts import clients as events
from shared.contracts.clients import OpportunityState
from shared.database import context_of
from shared.errors import Field, Unprocessable
from shared.events import Event
from shared.history import occurred
from shared.ids import new_id
from shared.naming import named_at
from shared.outbox import emit

_REQUIRED: Final = ("title", "probability")
_EVENTS: Final[dict[str, type[Event[OpportunityState]]]] = {
    "won": events.OpportunityWon,
    "lost": events.OpportunityLost,
}


async def open_opportunity(session: AsyncSession, body: OpportunityIn) -> Opportunity:
    """Write down an opportunity, numbered, owned by the caller unless somebody is named.

    Raises `NotFound` (404), `ClientArchived`, `BeginsClosed` (409) for a closed stage,
    `NotActive`, `NotKnownYet` (422) for an inactive or unknown owner. Emits `OpportunityOpened`.
    """
    context = context_of(session)
    if body.stage in CLOSED:
        raise rules.BeginsClosed(body.stage)
    client = await lock_named_client(session, body.client_id)
    require_live(client)
    at = occurred(session, body.occurred_at)
    opportunity = Opportunity(
        id=new_id(),
        number=await store.next_number(session),
        client_id=client.id,
        title=body.title,
        stage=body.stage,
        stage_since=at,
        probability=rules.probability_after(body.stage, body.probability),
        opened_at=at,
        historical=context.historical,
        created_by=context.actor.user_id,
        created_at=context.now,
        updated_at=context.now,
    )
    values = body.model_dump(exclude={"client_id", "title", "stage", "probability", "occurred_at"})
    if values["owner_id"] is None:
        values |= await _usual_owner(session, client)
    await _fill(session, opportunity, values)
    session.add(opportunity)
    await session.flush()
    _move(session, opportunity, at, reason=None)
    await _note(session, opportunity, "opened", at=at)
    await _announce(session, opportunity, client, events.OpportunityOpened, "create", before={})
    return opportunity


async def change_opportunity(
    session: AsyncSession, opportunity: Opportunity, body: OpportunityPatch
) -> None:
    """Change what the body names; the version was checked by the caller.

    Raises `OpportunityClosed`, `ClientArchived` (409), `NotActive`, `NotKnownYet` (422) for an
    inactive or unknown owner. Emits `OpportunityChanged`.
    """
    rules.require_open(OpportunityStage(opportunity.stage))
    client = await lock_client(session, opportunity.client_id)
    require_live(client)
    before = opportunity.model_dump(mode="json")
    values = body.model_dump(include=body.model_fields_set)
    _refuse_null(values)
    await _fill(session, opportunity, values)
    if opportunity.model_dump(mode="json") != before:
        await _announce(
            session, opportunity, client, events.OpportunityChanged, "edit", before=before
        )


async def leave_opportunities(session: AsyncSession, person_id: UUID) -> None:
    """Leave every open opportunity of a person without an owner. Emits `OpportunityChanged`."""
    held = await store.lock_open_of(session, person_id)
    ids = list({each.client_id for each in held})
    clients = await lock_clients(session, ids, archived=True)
    of = {client.id: client for client in clients}
    for opportunity in held:
        before = opportunity.model_dump(mode="json")
        opportunity.owner_id = opportunity.owner_name = None
        event = events.OpportunityChanged
        client = of[opportunity.client_id]
        await _announce(session, opportunity, client, event, "edit", before=before)


async def move_opportunity(session: AsyncSession, opportunity_id: UUID, body: MoveIn) -> None:
    """Move an opportunity along the pipeline, back, to its win or its loss.

    Raises `IllegalTransition`, `ClientArchived` (409), `LossReasonNeeded` (422). Emits
    `OpportunityStageMoved`, `OpportunityWon` (once in its life) or `OpportunityLost`.
    """
    opportunity = await store.lock_opportunity(session, opportunity_id)
    client = await lock_client(session, opportunity.client_id)
    require_live(client)
    before = opportunity.model_dump(mode="json")
    target = rules.move_to(OpportunityStage(opportunity.stage), body.stage, body.reason)
    at = occurred(session, body.occurred_at)
    if at < opportunity.stage_since:
        raise Unprocessable(
            errors=[
                Field("/occurred_at", en="before the stage it leaves", zh="早于当前阶段的开始时间")
            ]
        )
    opportunity.stage, opportunity.stage_since = target, at
    opportunity.probability = rules.probability_after(target, body.probability)
    opportunity.closed_at = at if target in CLOSED else None
    opportunity.loss_reason = body.reason if target is OpportunityStage.LOST else None
    opportunity.competitor = body.competitor or opportunity.competitor
    kind = str(target) if target in CLOSED else "moved"
    after = {"before": OpportunityStage(before["stage"]), "after": target, "reason": body.reason}
    event = _EVENTS.get(target, events.OpportunityStageMoved)
    await _announce(session, opportunity, client, event, "move", before=before)
    _move(session, opportunity, at, reason=body.reason)
    await _note(session, opportunity, kind, at=at, **after)


def _move(
    session: AsyncSession, opportunity: Opportunity, at: datetime, *, reason: str | None
) -> None:
    actor = context_of(session).actor
    session.add(
        OpportunityMove(
            id=new_id(),
            opportunity_id=opportunity.id,
            stage=opportunity.stage,
            at=at,
            by_id=actor.user_id,
            by_name=actor.name,
            reason=reason,
        )
    )


async def _note(
    session: AsyncSession, opportunity: Opportunity, kind: str, *, at: datetime, **params: Any
) -> None:
    await note(
        session,
        opportunity.client_id,
        source="opportunity",
        kind=kind,
        record_id=opportunity.id,
        record_number=opportunity.number,
        title=opportunity.title,
        at=at,
        subject=opportunity.title,
        **params,
    )


async def _announce(
    session: AsyncSession,
    opportunity: Opportunity,
    client: Client,
    event: type[Event[OpportunityState]],
    act: str,
    *,
    before: dict[str, Any],
) -> None:
    opportunity.updated_at = context_of(session).now
    await session.flush()
    await store.reindex(session, opportunity, client.legal_name)
    old, new = audit.changes(before, opportunity.model_dump(mode="json"))
    await audit.record(
        session, f"opportunity:{act}", ("opportunity", opportunity.id), before=old, after=new
    )
    await emit(session, event(state=store.state_of(opportunity)))


async def _fill(session: AsyncSession, opportunity: Opportunity, values: dict[str, Any]) -> None:
    if "amount" in values:
        amount = values.pop("amount") or {"amount_minor": None, "currency": None}
        opportunity.amount_minor = amount["amount_minor"]
        opportunity.amount_currency = amount["currency"]
    if "owner_id" in values and "owner_name" not in values:
        values["owner_name"] = await _owner_name(session, values["owner_id"])
    for name, value in values.items():
        setattr(opportunity, name, value)


async def _usual_owner(session: AsyncSession, client: Client) -> dict[str, Any]:
    """Whose an opportunity is that names nobody: the client's owner's, else the caller's."""
    owner_id = client.owner_id or context_of(session).actor.user_id
    return {"owner_id": owner_id, "owner_name": await firm_name(session, owner_id, "owner")}


async def _owner_name(session: AsyncSession, owner_id: UUID | None) -> str | None:
    """The name of who is to own it; of the past, people who left since were owners too."""
    if owner_id is None:
        return None
    if context_of(session).historical:
        with named_at("/owner_id"):
            return await firm_name(session, owner_id, "owner")
    return await owner_name(session, owner_id, "/owner_id")


def _refuse_null(values: dict[str, Any]) -> None:
    empty = [name for name in _REQUIRED if name in values and values[name] is None]
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )
