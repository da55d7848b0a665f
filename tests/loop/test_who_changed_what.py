"""Before and after: every act in the audit says what it changed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pytest

from deploy.supervisor.home import Home
from tests.loop.acts import Acts
from tests.loop.cast import Cast
from tests.loop.trail import Entry, fault_of_change, fault_of_making, likened, trail
from tests.support.instances import Instance
from tests.support.people import Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(420)]

MAKES: Final = {
    "answer:give",
    "case:open",
    "contact:create",
    "deliverable:add",
    "engagement:draft",
    "interaction:create",
    "key:create",
    "opportunity:create",
    "session:begin",
    "user:create",
    "view:create",
}
"""Acts that make a record: there was nothing before."""
MAKES_PART: Final = {
    "deliverable:check": "verdict",
    "deliverable:comment": "comment",
    "deliverable:decide": "verdict",
    "deliverable:submit": "deliverableversion",
    "member:add": "member",
    "message:post": "message",
    "promise:make": "promise",
    "promise:renegotiate": "promise",
    "solution:offer": "solution",
}
"""Acts that make a part of a record, and may change the record too."""
REMOVES: Final = {"view:delete"}
"""Acts after which there is nothing."""
SAYS_NO_VALUE: Final = {
    "me:password": "A password is told to nobody.",
    "note:add": "The words are for the firm's agents alone, and the trail is read by others.",
    "session:end": "The entry is all there is to say: a session has no fields to read.",
    "user:invite": "A link is mailed, which is a secret; nothing of the person changes.",
}
SAYS_FIELDS_ALONE: Final = {
    "stakeholder:add": "What the firm makes of a person is written down in one place only.",
    "stakeholder:edit": "So is what it made of them before.",
}
SAID_BESIDE: Final = {
    "plan:cascade": "The plan moves by an act on a task, whose entry has the values.",
    "deliverable:": "The engagement moves on with its deliverable, whose entry has the values.",
}
"""Acts on an engagement that may be silent where another entry of the moment is not."""
PERIPHERAL: Final[dict[str, Any]] = {"id": "an id", "name": "peripheral", "role": "peripheral"}
WAY_OUT: Final[dict[str, Any]] = {"id": "an id", "title": "加派顾问"}
FIRST: Final[dict[str, Any]] = {"id": "an id", "kind": "first_response"}
LITERALLY: Final[tuple[tuple[str, dict[str, Any], dict[str, Any]], ...]] = (
    (
        "engagement:hold",
        {"status": "active", "status_reason": None},
        {"status": "on_hold", "status_reason": "年终结账"},
    ),
    (
        "task:assign",
        {"assignee_id": None, "assignee_name": None},
        {"assignee_id": "lead", "assignee_name": "lead"},
    ),
    ("deliverable:request-check", {"status": "commenting"}, {"status": "checking"}),
    ("stakeholder:edit", {}, {"fields": ["influence"]}),
    (
        "member:edit",
        {"member": PERIPHERAL | {"domains": ["研发"]}},
        {"member": PERIPHERAL | {"domains": ["研发", "采购"]}},
    ),
    (
        "member:end",
        {"member": PERIPHERAL | {"status": "live", "ends_on": None}},
        {"member": PERIPHERAL | {"status": "ended", "ends_on": "a day"}},
    ),
    (
        "opportunity:move",
        {
            "stage": "negotiation",
            "probability": 85,
            "stage_since": "a moment",
            "closed_at": None,
        },
        {
            "stage": "won",
            "probability": 100,
            "stage_since": "a moment",
            "closed_at": "a moment",
        },
    ),
    ("opportunity:edit", {"title": "供应链诊断"}, {"title": "采购诊断"}),
    ("contact:edit", {"title": None}, {"title": "总工"}),
    ("contact:archive", {"archived_at": None}, {"archived_at": "a moment"}),
    ("interaction:edit", {"next_step": None}, {"next_step": "寄方案"}),
    ("campaign:edit", {"fatigue_days": 1}, {"fatigue_days": 0}),
    ("client:edit", {"city": None}, {"city": "苏州"}),
    ("case:edit", {"priority": "normal"}, {"priority": "high"}),
    (
        "case:assign",
        {"assignee_id": None, "status": "open"},
        {"assignee_id": "agent", "status": "assigned"},
    ),
    (
        "promise:break",
        {
            "next_due_at": "a moment",
            "next_promise_id": "an id",
            "next_promise_kind": "first_response",
            "overdue_since": None,
            "promise": FIRST | {"status": "made", "settled_at": None},
        },
        {
            "next_due_at": None,
            "next_promise_id": None,
            "next_promise_kind": None,
            "overdue_since": "a moment",
            "promise": FIRST | {"status": "broken", "settled_at": "a moment"},
        },
    ),
    (
        "solution:accept",
        {
            "status": "solution_offered",
            "solution": WAY_OUT | {"status": "offered", "decided_at": None},
        },
        {
            "status": "solution_accepted",
            "solution": WAY_OUT | {"status": "accepted", "decided_at": "a moment"},
        },
    ),
    ("user:edit", {"title": None}, {"title": "主管"}),
    ("user:affiliate", {"client_until": None}, {"client_until": "a moment"}),
    ("user:activated", {"status": "invited"}, {"status": "active"}),
    ("user:deactivated", {"status": "active"}, {"status": "deactivated"}),
    ("key:revoke", {"revoked_at": None}, {"revoked_at": "a moment"}),
    ("view:edit", {"name": "在办"}, {"name": "待办"}),
)
"""Acts with the values before and after that somebody reads who was not there."""


async def test_every_act_says_what_it_changed_before_and_after(
    instance: Instance, acts: Acts
) -> None:
    entries = await trail(Home(instance.home), acts.began)
    spoken = {(each.at, each.who) for each in entries if not each.silent}
    wrong = [
        (each.action, each.kind, fault, each.before, each.after)
        for each in entries
        if (fault := fault_of(each, beside=(each.at, each.who) in spoken))
    ]
    assert wrong == []


async def test_no_act_is_named_silent_that_nobody_did(instance: Instance, acts: Acts) -> None:
    done = {each.action for each in await trail(Home(instance.home), acts.began)}
    known = {*MAKES, *MAKES_PART, *REMOVES, *SAYS_NO_VALUE, *SAYS_FIELDS_ALONE}
    assert known - done == set()
    assert len(done) > 50


@pytest.mark.parametrize(("action", "before", "after"), LITERALLY, ids=[x[0] for x in LITERALLY])
async def test_an_act_reads_as_it_was_done(
    instance: Instance,
    acts: Acts,
    cast: Cast,
    action: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    names = {each.id: each.name for each in vars(cast).values() if isinstance(each, Person)}
    entries = await trail(Home(instance.home), acts.began)
    said = [
        (likened(each.before, names), likened(each.after, names))
        for each in entries
        if each.action == action and not each.silent
    ]
    assert (before, after) in said


def fault_of(entry: Entry, *, beside: bool) -> str:
    """What is wrong with what an act says; `beside` is whether another entry of it has values."""
    action = entry.action
    if entry.silent:
        under = entry.kind == "engagement" and action.startswith(tuple(SAID_BESIDE))
        return "" if action in SAYS_NO_VALUE or (under and beside) else "says nothing"
    if action in SAYS_FIELDS_ALONE:
        fields = entry.after.get("fields") if entry.after.keys() == {"fields"} else None
        return "" if fields and not entry.before else "says more than fields"
    if action in MAKES:
        return fault_of_making(entry)
    if action in REMOVES:
        return "says that something is left" if entry.after else ""
    return fault_of_change(entry, MAKES_PART.get(action))
