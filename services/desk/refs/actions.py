"""What the desk takes over from other services' events; the newest state wins."""

from sqlalchemy.ext.asyncio import AsyncSession

from services.desk.refs import store
from shared.contracts.clients import ClientState
from shared.contracts.gateway import UserState
from shared.events import Envelope

LANGUAGES = frozenset({"en", "zh"})


async def take_over_client(session: AsyncSession, envelope: Envelope[ClientState]) -> None:
    """Remember a client as its newest event has it."""
    state = envelope.state
    store.save_client(
        session,
        envelope.order,
        id=state.id,
        number=state.number,
        name=state.legal_name,
        short_name=state.short_name,
        archived=state.archived_at is not None,
    )


async def take_over_user(session: AsyncSession, envelope: Envelope[UserState]) -> None:
    """Remember a person as their newest event has them."""
    state = envelope.state
    store.save_user(
        session,
        envelope.order,
        id=state.id,
        name=state.name,
        side=state.side,
        roles=list(state.roles),
        client_id=state.client_id,
        active=state.status == "active",
        language=state.language if state.language in LANGUAGES else "en",
    )
