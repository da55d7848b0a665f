"""Keeping, sharing and removing views: they concern the interface, so no event tells of them."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.views import rules, store
from gateway.views.rules import ViewAudience
from gateway.views.schemas import ViewIn, ViewPatch
from gateway.views.tables import View
from shared import audit
from shared.database import context_of
from shared.ids import new_id


async def keep_view(session: AsyncSession, body: ViewIn) -> View:
    """Keep a view of the acting person's.

    Raises `MayNotShare` (403), `RoleWithoutTeam` (422), `ViewNameTaken`, `TooManyViews` (409).
    """
    context = context_of(session)
    rules.require_shareable(context.actor, body.audience, body.role)
    if await store.views_of(session, context.actor.user_id) >= rules.MOST_PER_PERSON:
        raise rules.TooManyViews(most=rules.MOST_PER_PERSON)
    view = View(
        id=new_id(),
        owner_id=context.actor.user_id,
        created_at=context.now,
        updated_at=context.now,
        **body.model_dump(mode="json"),
    )
    session.add(view)
    await _write(session, view)
    await audit.record(session, "view:create", ("view", view.id), after=_seen(view))
    return view


async def change_view(session: AsyncSession, view: View, body: ViewPatch) -> None:
    """Change a held view.

    Raises `MayNotShare`, `NotYourView` (403), `RoleWithoutTeam` (422), `ViewNameTaken` (409).
    """
    context = context_of(session)
    before = _seen(view)
    changes = body.model_dump(mode="json", exclude_unset=True)
    # Whoever made another's view personal would not see it any more: that is for its owner.
    if changes.get("audience") == ViewAudience.PERSONAL and view.owner_id != context.actor.user_id:
        raise rules.NotYourView()
    for name in ("name", "address", "audience"):
        if changes.get(name) is not None:
            setattr(view, name, changes[name])
    if "role" in changes or view.audience != ViewAudience.TEAM:
        view.role = changes.get("role")
    old, new = audit.changes(before, _seen(view))
    if not new:
        return
    if {"audience", "role"} & changes.keys():
        rules.require_shareable(context.actor, ViewAudience(view.audience), view.role)
    view.updated_at = context.now
    await _write(session, view)
    await audit.record(session, "view:edit", ("view", view.id), before=old, after=new)


async def remove_view(session: AsyncSession, view: View) -> None:
    """Remove a held view; who began with it begins with the list as it is."""
    await session.delete(view)
    await session.flush()
    await audit.record(session, "view:delete", ("view", view.id), before=_seen(view))


async def _write(session: AsyncSession, view: View) -> None:
    name = view.name
    try:
        await session.flush()
    except IntegrityError as error:
        if "views_name" in str(error.orig):
            raise rules.ViewNameTaken(name=name) from error
        raise


def _seen(view: View) -> dict[str, str | None]:
    return {
        "collection": view.collection,
        "name": view.name,
        "address": view.address,
        "audience": view.audience,
        "role": view.role,
    }
