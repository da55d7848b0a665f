"""Routes that keep, share and remove views; reading is declared in `readings.py`."""

from __future__ import annotations

from fastapi import APIRouter, Response

from gateway.views import actions, rules, store
from gateway.views.readings import VIEW
from gateway.views.schemas import ViewIn, ViewPatch
from gateway.views.tables import View
from shared.answering import Answer
from shared.concurrency import IfMatch, require_version
from shared.database import context_of
from shared.edge import ActorDep, SessionDep, allowed
from shared.idempotency import IdempotentRoute
from shared.inputs import RecordId

router = APIRouter(prefix="/views", tags=["views"], route_class=IdempotentRoute)
answer_view = Answer(VIEW)


async def _own(session: SessionDep, view_id: RecordId) -> View:
    """A view the caller may change. Raises `NotFound` (404), `NotYourView` (403)."""
    view = await store.visible_view(session, view_id)
    if not rules.may_change(context_of(session).actor, view.owner_id, view.audience):
        raise rules.NotYourView()
    await store.hold(session, view)
    return view


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("view:create")],
    responses=answer_view.document(201),
)
async def keep_view(body: ViewIn, session: SessionDep) -> Response:
    """Keep the filters and the order of a list under a name, for oneself or shared."""
    view = await actions.keep_view(session, body)
    return await answer_view(session, view.id, status=201, location=f"/api/v1/views/{view.id}")


@router.patch("/{id}", dependencies=[allowed("view:edit")], responses=answer_view.document())
async def change_view(
    view_id: RecordId, body: ViewPatch, expected: IfMatch, session: SessionDep
) -> Response:
    """Rename a view, let it show something else, or share it."""
    view = await _own(session, view_id)
    await require_version(expected, view.version, answer_view.theirs(session, view_id))
    await actions.change_view(session, view, body)
    return await answer_view(session, view_id)


@router.delete("/{id}", dependencies=[allowed("view:delete")], status_code=204)
async def remove_view(view_id: RecordId, session: SessionDep) -> None:
    """Remove a view for everybody it was shared with; no record is touched."""
    await actions.remove_view(session, await _own(session, view_id))


@router.post(
    "/{id}/default", dependencies=[allowed("view:default")], responses=answer_view.document()
)
async def begin_with(view_id: RecordId, session: SessionDep, actor: ActorDep) -> Response:
    """Begin with this view in its list; it takes the place of an earlier default."""
    view = await store.visible_view(session, view_id)
    await store.set_default(session, actor.user_id, view)
    return await answer_view(session, view_id)


@router.delete("/{id}/default", dependencies=[allowed("view:default")], status_code=204)
async def begin_plainly(view_id: RecordId, session: SessionDep, actor: ActorDep) -> None:
    """Begin with the list as it is again."""
    view = await store.visible_view(session, view_id)
    await store.clear_default(session, actor.user_id, view.id)
