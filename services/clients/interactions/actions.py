"""Writes on contact records: record, correct within a day, then amend."""

from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from services.clients.cadence.store import refresh_clocks
from services.clients.contacts.store import contacts_of
from services.clients.interactions import rules, store
from services.clients.interactions.schemas import AmendmentIn, InteractionIn, InteractionPatch
from services.clients.interactions.tables import Amendment, Interaction
from services.clients.policy import KEEPERS
from services.clients.refs.store import firm_name
from services.clients.registry.actions import require_live
from services.clients.registry.store import lock_client, lock_named_client
from services.clients.timeline.store import note
from shared import audit
from shared.contracts import clients as events
from shared.contracts.clients import InteractionState
from shared.database import context_of
from shared.errors import Field, Forbidden, Unprocessable
from shared.events import Event
from shared.ids import new_id
from shared.naming import named_at
from shared.outbox import emit

_TITLE_LENGTH: Final = 120
_REQUIRED: Final = ("kind", "occurred_at", "summary", "contact_ids", "participant_ids")


async def record_interaction(
    session: AsyncSession, body: InteractionIn, zone: ZoneInfo
) -> Interaction:
    """Write down a contact with a client; it resets the clocks of its kind, in days of `zone`.

    `historical` takes a record over from another system: administrators only, locked at once.
    Raises `NotFound` (404), `ClientArchived` (409), 422 for people of another client or a time to
    come. Emits `InteractionRecorded`.
    """
    context = context_of(session)
    if body.historical and not context.actor.has("admin"):
        raise Forbidden()
    context.historical = context.historical or body.historical
    rules.check_time(body.occurred_at, context.now)
    require_live(await lock_named_client(session, body.client_id))
    await _check_people(session, body.client_id, body.contact_ids, body.participant_ids)
    interaction = Interaction(
        id=new_id(),
        **body.model_dump(),
        author_id=context.actor.user_id,
        author_name=context.actor.name,
        locked_at=body.occurred_at if body.historical else rules.locks_at(context.now),
        created_at=context.now,
        updated_at=context.now,
    )
    session.add(interaction)
    await session.flush()
    await refresh_clocks(session, interaction.client_id, zone.key)
    await _note(session, interaction)
    await _announce(session, interaction, events.InteractionRecorded, "interaction:create", {})
    return interaction


async def correct_interaction(
    session: AsyncSession, interaction: Interaction, body: InteractionPatch, zone: ZoneInfo
) -> None:
    """Correct a record within its first day; the version was checked by the caller.

    Raises `RecordLocked`, `ClientArchived` (409), `Forbidden` (403). Emits `InteractionChanged`.
    """
    context = context_of(session)
    rules.require_open(interaction.locked_at, context.now)
    rules.require_author(
        interaction.author_id, context.actor.user_id, lead=KEEPERS.allows(context.actor)
    )
    require_live(await lock_client(session, interaction.client_id))
    before = interaction.model_dump(mode="json")
    values = body.model_dump(include=body.model_fields_set)
    _refuse_null(values)
    for name, value in values.items():
        setattr(interaction, name, value)
    rules.check_time(interaction.occurred_at, context.now)
    await _check_people(
        session, interaction.client_id, interaction.contact_ids, interaction.participant_ids
    )
    if interaction.model_dump(mode="json") == before:
        return
    await session.flush()
    await refresh_clocks(session, interaction.client_id, zone.key)
    await _announce(session, interaction, events.InteractionChanged, "interaction:edit", before)


async def amend_interaction(session: AsyncSession, interaction_id: UUID, body: AmendmentIn) -> None:
    """Add to a locked record without touching what it says.

    Raises `RecordOpen` (409) while it can be corrected, `ClientArchived` (409). Emits
    `InteractionAmended`.
    """
    interaction = await store.lock_interaction(session, interaction_id)
    rules.require_locked(interaction.locked_at, context_of(session).now)
    require_live(await lock_client(session, interaction.client_id))
    session.add(_amendment(session, interaction, body))
    await note(
        session,
        interaction.client_id,
        source="interaction",
        kind="amended",
        record_id=interaction.id,
        title=body.summary[:_TITLE_LENGTH],
        reason=body.reason,
    )
    await _announce(
        session,
        interaction,
        events.InteractionAmended,
        "interaction:amend",
        {},
        after=body.model_dump(),
    )


def _amendment(session: AsyncSession, interaction: Interaction, body: AmendmentIn) -> Amendment:
    context = context_of(session)
    return Amendment(
        id=new_id(),
        interaction_id=interaction.id,
        at=context.now,
        by_id=context.actor.user_id,
        by_name=context.actor.name,
        **body.model_dump(),
    )


async def _note(session: AsyncSession, interaction: Interaction) -> None:
    await note(
        session,
        interaction.client_id,
        source="interaction",
        kind="recorded",
        record_id=interaction.id,
        title=interaction.summary[:_TITLE_LENGTH],
        at=interaction.occurred_at,
        channel=interaction.kind,
        summary=interaction.summary[:_TITLE_LENGTH],
    )


async def _check_people(
    session: AsyncSession, client_id: UUID, contact_ids: list[UUID], participant_ids: list[UUID]
) -> None:
    known = await contacts_of(session, client_id, contact_ids)
    strangers = [place for place, each in enumerate(contact_ids) if each not in known]
    if strangers:
        raise Unprocessable(
            errors=[
                Field(f"/contact_ids/{place}", en="not a contact of this client", zh="不属于该客户")
                for place in strangers
            ]
        )
    for place, person in enumerate(participant_ids):
        with named_at(f"/participant_ids/{place}"):
            await firm_name(session, person, "participant")


async def _announce(
    session: AsyncSession,
    interaction: Interaction,
    event: type[Event[InteractionState]],
    action: str,
    before: dict[str, Any],
    *,
    after: dict[str, Any] | None = None,
) -> None:
    interaction.updated_at = context_of(session).now
    await session.flush()
    old, new = audit.changes(before, interaction.model_dump(mode="json"))
    await audit.record(
        session,
        action,
        ("interaction", interaction.id),
        before=old,
        after=after or new,
        about=interaction.contact_ids,
    )
    await emit(session, event(state=store.state_of(interaction)))


def _refuse_null(values: dict[str, Any]) -> None:
    empty = [name for name in _REQUIRED if name in values and values[name] is None]
    if empty:
        raise Unprocessable(
            errors=[Field(f"/{name}", en="must not be null", zh="不能为空") for name in empty]
        )
