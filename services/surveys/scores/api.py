"""The route of scores."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.surveys.scores import store
from services.surveys.scores.grouping import page_of, score_of, tallies
from services.surveys.scores.rules import By
from services.surveys.scores.schemas import Scores
from shared.edge import ActorDep, RuntimeDep, allowed
from shared.reading.cursors import binding
from shared.reading.places import MOST, Cursor, Limit, following, given_out

router = APIRouter(prefix="/scores", tags=["surveys"])


@router.get("", dependencies=[allowed("score:view")])
async def read_scores(
    runtime: RuntimeDep,
    actor: ActorDep,
    by: Annotated[By, Query(description="What the groups are told apart by.")] = By.SURVEY,
    client_id: UUID | None = None,
    engagement_id: UUID | None = None,
    phase_id: UUID | None = None,
    limit: Limit = MOST,
    cursor: Cursor = None,
) -> Scores:
    """NPS and satisfaction with answers, non-response and 95 % confidence intervals.

    Anonymous answers count once their round is closed, in groups of five and more.
    """
    chosen = (client_id, engagement_id, phase_id)
    mark = binding("scores", by, repr(chosen))
    after = following(cursor, mark, (str, str | None))
    async with runtime.database.read(actor, exclusions=True) as connection:
        found = await store.visible(connection, by, chosen)
        closed = [row["id"] for row in found.closed]
        anonymous = await store.anonymous_answers(runtime.database.worker_pool(), closed)
        groups = tallies(found, anonymous, by)
        keys, more = page_of(groups, after, limit)
        labels = await store.names(connection, by, keys)
    return Scores(
        items=[score_of(key, groups[key], labels.get(key[1] or "")) for key in keys],
        next_cursor=given_out(mark, *keys[-1]) if more else None,
    )
