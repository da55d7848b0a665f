"""Every statement about saved views."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from gateway.views.tables import View, ViewDefault
from shared.errors import NotFound


async def visible_view(session: AsyncSession, view_id: UUID) -> View:
    """The view, if the caller may see it. Raises `NotFound` (404)."""
    view = await session.get(View, view_id)
    if view is None:
        raise NotFound()
    return view


async def hold(session: AsyncSession, view: View) -> None:
    """Hold the view for change and read it anew."""
    await session.refresh(view, with_for_update=True)


async def views_of(session: AsyncSession, owner_id: UUID) -> int:
    """How many views a person has."""
    counted = await session.execute(
        select(func.count()).select_from(View).where(col(View.owner_id) == owner_id)
    )
    return counted.scalar_one()


async def set_default(session: AsyncSession, user_id: UUID, view: View) -> None:
    """Let the person begin with the view in its list."""
    row = {"user_id": user_id, "collection": view.collection, "view_id": view.id}
    await session.execute(
        insert(ViewDefault)
        .values(row)
        .on_conflict_do_update(index_elements=["user_id", "collection"], set_={"view_id": view.id})
    )


async def clear_default(session: AsyncSession, user_id: UUID, view_id: UUID) -> None:
    """Let the person begin with the list as it is."""
    await session.execute(
        delete(ViewDefault).where(
            col(ViewDefault.user_id) == user_id, col(ViewDefault.view_id) == view_id
        )
    )
