"""Writes on clients: register, change, move along the lifecycle, archive."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.duplicates.rules import DuplicateClient, Marks, domains, reasons
from services.clients.duplicates.store import candidates, take_turns
from services.clients.engagements.store import live_engagements
from services.clients.refs.store import owner_name
from services.clients.registry import rules, store
from services.clients.registry.rules import Stage
from services.clients.registry.schemas import ClientIn, ClientPatch, StageIn
from services.clients.registry.tables import Client
from services.clients.timeline.store import note
from shared import audit
from shared.contracts import clients as events
from shared.contracts.clients import ClientState
from shared.database import context_of
from shared.errors import Field, Unprocessable
from shared.events import Event
from shared.ids import new_id
from shared.outbox import emit

_MONEY: Final = frozenset({"revenue", "contract_total"})


async def register_client(session: AsyncSession, body: ClientIn) -> Client:
    """Put a client in the registry, numbered.

    Raises `DuplicateClient` (409) with the candidates unless the caller confirmed that it is
    another organisation, `NotKnownYet`, `NotActive` (422) for the owner. Emits `ClientRegistered`.
    """
    context = context_of(session)
    columns = await _columns(session, body.model_dump(exclude={"confirm_distinct_from"}))
    client = Client(
        **columns,
        **rules.derived(columns),
        id=new_id(),
        number="",
        created_by=context.actor.user_id,
        created_at=context.now,
        updated_at=context.now,
    )
    await refuse_duplicates(session, client, confirmed=body.confirm_distinct_from)
    client.number = await store.next_number(session)
    store.add_client(session, client)
    await _note_plain(session, client, "registered")
    await _tell(session, client, events.ClientRegistered, "client:create", before={})
    return client


async def change_client(session: AsyncSession, client: Client, body: ClientPatch) -> None:
    """Change what the body names; the version was checked by the caller.

    Raises `ClientArchived`, `DuplicateClient` (409), `NotKnownYet`, `NotActive` (422) for another
    owner. Emits `ClientChanged`.
    """
    require_live(client)
    before = client.model_dump(mode="json")
    values = body.model_dump(include=body.model_fields_set)
    _refuse_null(values)
    if values.get("owner_id") == client.owner_id:
        values.pop("owner_id", None)
    for name, value in (await _columns(session, values)).items():
        setattr(client, name, value)
    for name, value in rules.derived(client.model_dump()).items():
        setattr(client, name, value)
    if before["comparison_name"] != client.comparison_name or (
        before["credit_code"] != client.credit_code
    ):
        await refuse_duplicates(session, client, only_code=True)
    if client.model_dump(mode="json") != before:
        await announce(session, client, events.ClientChanged, "client:edit", before=before)
    if client.legal_name != before["legal_name"]:
        await store.rename(session, {client.id: client.legal_name})


async def move_client(session: AsyncSession, client_id: UUID, body: StageIn) -> None:
    """Move a client along its lifecycle.

    Raises `IllegalTransition` (409), `ReasonNeeded` (422). Emits `ClientStageChanged`.
    """
    client = await store.lock_client(session, client_id)
    require_live(client)
    before = client.model_dump(mode="json")
    client.stage = rules.move_to(Stage(client.stage), body.stage, body.reason)
    await note(
        session,
        client.id,
        source="client",
        kind="stage_changed",
        record_id=client.id,
        title=body.reason or client.legal_name,
        before=Stage(before["stage"]),
        after=body.stage,
    )
    await announce(
        session,
        client,
        events.ClientStageChanged,
        "client:stage",
        before=before,
        reason=body.reason,
    )


async def archive_client(session: AsyncSession, client_id: UUID) -> None:
    """Take a client out of the working lists; does nothing twice.

    Raises `ClientInService` (409) naming the engagements that are not over. Emits `ClientArchived`.
    """
    client = await store.lock_client(session, client_id)
    if client.archived_at is not None:
        return
    if live := await live_engagements(session, client_id):
        numbers = ", ".join(each["number"] for each in live)
        raise rules.ClientInService(engagements=numbers, extra={"engagements": live})
    before = client.model_dump(mode="json")
    client.archived_at = context_of(session).now
    await _note_plain(session, client, "archived")
    await announce(session, client, events.ClientArchived, "client:archive", before=before)


async def restore_client(session: AsyncSession, client_id: UUID) -> None:
    """Bring an archived client back.

    Raises `DuplicateClient` (409) when its credit code is in use meanwhile. Emits `ClientRestored`.
    """
    client = await store.lock_client(session, client_id)
    if client.archived_at is None:
        return
    await refuse_duplicates(session, client, only_code=True)
    before = client.model_dump(mode="json")
    client.archived_at = None
    await _note_plain(session, client, "restored")
    await announce(session, client, events.ClientRestored, "client:archive", before=before)


async def refuse_duplicates(
    session: AsyncSession,
    client: Client,
    *,
    confirmed: list[UUID] | None = None,
    only_code: bool = False,
) -> None:
    """Raise `DuplicateClient` (409) with candidates and reasons.

    Of several that write one organisation at the same moment, the first has it. A confirmed
    candidate is passed over, but never one with the same credit code: that is one organisation by
    law. `only_code` asks for nothing else.
    """
    marks = marks_of(client)
    await take_turns(session, marks)
    found = []
    for known in await candidates(session, marks, but=client.id):
        why = reasons(marks, known.marks)
        certain = "credit_code" in why
        if why and (certain or not (only_code or known.id in (confirmed or []))):
            found.append(
                {
                    "id": str(known.id),
                    "number": known.number,
                    "legal_name": known.legal_name,
                    "reasons": [str(reason) for reason in why],
                }
            )
    if found:
        raise DuplicateClient(extra={"candidates": found})


def marks_of(client: Client) -> Marks:
    """What a client is compared by."""
    return Marks(
        comparison_name=client.comparison_name,
        credit_code=client.credit_code,
        domains=domains((client.web_domain, client.email_domain)),
        phone=client.phone_digits,
    )


async def announce(
    session: AsyncSession,
    client: Client,
    event: type[Event[ClientState]],
    action: str,
    *,
    before: dict[str, Any],
    reason: str | None = None,
) -> None:
    """Save a client as its new version: search words, audit entry, event."""
    client.updated_at = context_of(session).now
    await store.reindex(session, client)
    await _tell(session, client, event, action, before=before, reason=reason)


async def _tell(
    session: AsyncSession,
    client: Client,
    event: type[Event[ClientState]],
    action: str,
    *,
    before: dict[str, Any],
    reason: str | None = None,
) -> None:
    old, new = audit.changes(before, client.model_dump(mode="json"))
    if reason:
        new["reason"] = reason
    await audit.record(session, action, ("client", client.id), before=old, after=new)
    await emit(session, event(state=store.state_of(client.model_dump())))


async def _columns(session: AsyncSession, values: dict[str, Any]) -> dict[str, Any]:
    """What a body says, by column. Raises `NotKnownYet`, `NotActive` (422) for an owner."""
    columns = {name: value for name, value in values.items() if name not in _MONEY}
    for name in values.keys() & _MONEY:
        amount = values[name] or {"amount_minor": None, "currency": None}
        columns[f"{name}_minor"] = amount["amount_minor"]
        columns[f"{name}_currency"] = amount["currency"]
    if "owner_id" in values:
        columns["owner_name"] = None
    if values.get("owner_id") is not None:
        columns["owner_name"] = await owner_name(session, values["owner_id"], "/owner_id")
    return columns


async def _note_plain(session: AsyncSession, client: Client, kind: str) -> None:
    await note(
        session,
        client.id,
        source="client",
        kind=kind,
        record_id=client.id,
        title=client.legal_name,
    )


def require_live(client: Client) -> None:
    """Raise `ClientArchived` (409) for a client that left the working lists."""
    if client.archived_at is not None:
        raise rules.ClientArchived()


def _refuse_null(values: dict[str, Any]) -> None:
    if "legal_name" in values and values["legal_name"] is None:
        raise Unprocessable(errors=[Field("/legal_name", en="must not be null", zh="不能为空")])
