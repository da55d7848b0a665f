"""An engagement's lifecycle: the table, walked by rule and by HTTP."""

from __future__ import annotations

import pytest

from services.engagements.engagement.rules import (
    LIVE,
    TRANSITIONS,
    EngagementNotLive,
    EngagementStatus,
    require_admits,
)
from tests.services.engagements.conftest import Engagements

ACTS = ("propose", "activate", "hold", "resume", "start-closing", "close", "cancel")
WALKS: dict[str, dict[str, str]] = {
    "draft": {"propose": "proposed", "cancel": "cancelled"},
    "proposed": {"activate": "active", "cancel": "cancelled"},
    "active": {"hold": "on_hold", "start-closing": "closing", "cancel": "cancelled"},
    "on_hold": {"resume": "active", "cancel": "cancelled"},
    "closing": {"resume": "active", "close": "closed"},
    "closed": {},
    "cancelled": {},
}
WAY: dict[str, tuple[str, ...]] = {
    "draft": (),
    "proposed": ("propose",),
    "active": ("propose", "activate"),
    "on_hold": ("propose", "activate", "hold"),
    "closing": ("propose", "activate", "start-closing"),
    "closed": ("propose", "activate", "start-closing", "close"),
    "cancelled": ("cancel",),
}


def test_the_table_and_what_live_means_agree() -> None:
    for status in EngagementStatus:
        assert (status in LIVE) == bool(TRANSITIONS[status])
        if status not in LIVE:
            with pytest.raises(EngagementNotLive):
                require_admits(status, "engagement:edit")


@pytest.mark.parametrize("start", WALKS)
async def test_every_act_from_every_state(engagements: Engagements, start: str) -> None:
    for act in ACTS:
        engagement = await engagements.staffed()
        path = f"/engagements/{engagement['id']}"
        await engagements.agree(engagement)
        for step in WAY[start]:
            await engagements.post(
                engagements.cast.lead,
                f"{path}/{step}",
                {"reason": "x"} if step in ("hold", "cancel") else None,
            )
        body = {"reason": "x"} if act in ("hold", "cancel") else None
        offered = (await engagements.get(engagements.cast.lead, path))["can"]
        target = WALKS[start].get(act)
        assert (act.replace("-", "_") in offered) == (target is not None)
        status = 200 if target else 409
        answer = await engagements.post(engagements.cast.lead, f"{path}/{act}", body, status)
        assert answer.get("status") == (target or 409)


async def test_the_history_tells_every_step_in_both_languages(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.staffed()
    path = f"/engagements/{engagement['id']}"
    await engagements.post(cast.lead, f"{path}/propose")
    await engagements.agree(engagement)
    await engagements.post(cast.partner, f"{path}/activate")
    await engagements.post(cast.lead, f"{path}/hold", {"reason": "客户搬迁"})
    steps = (await engagements.get(cast.ceo, f"{path}/steps?limit=200"))["items"]
    assert [step["kind"] for step in steps][-5:] == [
        *("proposed", "plan_confirmed", "plan_confirmed", "activated", "held")
    ]
    assert steps[-1]["text"] == {
        "en": "Lead Sun put the work on hold: 客户搬迁",
        "zh": "Lead Sun暂停了项目：客户搬迁",
    }


async def test_nobody_but_who_leads_walks_the_engagement(engagements: Engagements) -> None:
    cast = engagements.cast
    path = f"/engagements/{(await engagements.staffed())['id']}"
    await engagements.post(cast.consultant, f"{path}/propose", status=403)
    await engagements.post(cast.bystander, f"{path}/propose", status=404)
    await engagements.post(cast.pm, f"{path}/propose", status=403)


async def test_title_and_domains_change_and_the_search_follows(engagements: Engagements) -> None:
    cast = engagements.cast
    engagement = await engagements.draft()
    path = f"/engagements/{engagement['id']}"
    changed = await engagements.patch(
        cast.lead, path, {"title": "仓储改善", "domains": ["仓储"]}, engagement["version"]
    )
    assert changed["domains"] == ["仓储"]
    for text, found in (("仓储", 1), ("ccgs", 1), ("流程", 0), (changed["number"], 1)):
        items = (await engagements.get(cast.lead, f"/engagements?q={text}"))["items"]
        assert len(items) == found, text


async def test_nothing_new_begins_under_an_archived_client(engagements: Engagements) -> None:
    """Refused in both languages; what was begun can still be given up."""
    cast = engagements.cast
    started = await engagements.staffed()
    draft, proposed = [f"/engagements/{(await engagements.draft())['id']}" for _ in range(2)]
    held = f"/engagements/{started['id']}"
    await engagements.agree(started)
    await engagements.post(cast.lead, f"{proposed}/propose")
    for step in ("propose", "activate", "hold"):
        body = {"reason": "x"} if step == "hold" else None
        await engagements.post(cast.lead, f"{held}/{step}", body)
    await engagements.rows("UPDATE client_refs SET archived = true RETURNING id")
    for path in (f"{draft}/propose", f"{proposed}/activate", f"{held}/resume"):
        for language, title in (("en", "The client is archived"), ("zh", "客户已归档")):
            headers = {"Accept-Language": language}
            answer = await engagements.call(cast.lead, "POST", path, headers=headers, status=409)
            assert (answer.json()["code"], answer.json()["title"]) == ("client_archived", title)
    for path in (draft, proposed, held):
        ended = await engagements.post(cast.lead, f"{path}/cancel", {"reason": "x"})
        assert ended["status"] == "cancelled"
