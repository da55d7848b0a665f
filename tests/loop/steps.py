"""The whole loop as a table: what somebody does, and what must then stand on the client page."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from tests.loop.story import Story

PATIENCE_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.005
Shown = Callable[[Story], bool]


@dataclass(frozen=True)
class Step:
    """One act, or None where what was done last has another consequence; and how it shows."""

    name: str
    act: Callable[[Story], None] | None
    shown: Shown


def told(record: str, kind: str, times: int = 1) -> Shown:
    """The page's timeline tells so often of this kind of act on a record of this loop."""

    def stands(story: Story) -> bool:
        entries = story.page["timeline"]
        about = [each for each in entries if each["record_id"] == story.ids[record]]
        return [each["kind"] for each in about].count(kind) == times

    return stands


def case_is(status: str) -> Shown:
    """The page's open cases have this loop's case so."""

    def stands(story: Story) -> bool:
        return any(
            case["id"] == story.ids["case"] and case["status"] == status
            for case in story.page["cases"]
        )

    return stands


def drafted(story: Story) -> bool:
    """The page lists the engagement that the won opportunity became, and no longer that."""
    page = story.page
    made = _titled(page["engagements"], "title", story.title)
    if made:
        story.ids["engagement"] = made[0]["id"]
    return len(made) == 1 and not _titled(page["opportunities"], "title", story.title)


def _titled(items: list[dict[str, Any]], name: str, text: str) -> list[dict[str, Any]]:
    return [item for item in items if item[name] == text]


def asked(story: Story) -> bool:
    """The timeline says that somebody was asked about the case."""
    return _survey_tells(story, "asked")


def answered(story: Story) -> bool:
    """Timeline and results have the bad answer."""
    latest = _titled(story.page["surveys"]["latest"], "subject", story.case_number)
    bad = [(each["score"], each["low"]) for each in latest] == [(1, True)]
    return bad and _survey_tells(story, "answered")


def _survey_tells(story: Story, kind: str) -> bool:
    return any(
        entry["source"] == "survey" and entry["kind"] == kind
        for entry in _titled(story.page["timeline"], "record_number", story.case_number)
    )


def followed_up(story: Story) -> bool:
    """The page has the case the bad answer opened, in the hands of who answers for the client."""
    found = [case for case in story.page["cases"] if story.case_number in case["subject"]]
    if found:
        story.ids["follow-up case"] = found[0]["id"]
    return [(case["status"], case["assignee_name"]) for case in found] == [
        ("assigned", story.cast.manager.name)
    ]


def _staff(name: str, times: int) -> Step:
    act = partial(Story.staff, name=name)
    return Step(f"team: {name}", act, told("engagement", "member_added", times))


def _walk(who: str, step: str, kind: str, times: int = 1) -> Step:
    act = partial(Story.walk, who=who, step=step)
    return Step(f"{step} by {who}", act, told("engagement", kind, times))


def _review(name: str, who: str, step: str, kind: str, body: Any = None) -> Step:
    act = partial(Story.review, who=who, step=step, body=body)
    return Step(name, act, told("engagement", kind))


def _handle(name: str, step: str, shown: Shown, body: Any = None) -> Step:
    return Step(name, partial(Story.handle, step=step, body=body), shown)


STEPS: Final = (
    Step("opportunity opened", Story.open_opportunity, told("opportunity", "opened")),
    Step("opportunity won", Story.win, told("opportunity", "won")),
    Step("engagement drafted", None, drafted),
    Step("domain named", Story.name_domain, told("engagement", "changed")),
    *(
        _staff(name, number)
        for number, name in enumerate(("lead", "partner", "ceo", "pm", "core", "peripheral"), 1)
    ),
    _walk("lead", "propose", "proposed"),
    _walk("lead", "confirm-plan", "plan_confirmed"),
    _walk("pm", "confirm-plan", "plan_confirmed", 2),
    _walk("lead", "activate", "activated"),
    Step("phase started", Story.start_phase, told("engagement", "phase_started")),
    Step("deliverable drafted", Story.submit, told("engagement", "deliverable_submitted")),
    _review(
        "deliverable commented",
        *("peripheral", "comments", "deliverable_commented"),
        {"body": "请补充接口清单。"},
    ),
    _review("check asked for", "core", "request-check", "deliverable_check_requested"),
    _review("deliverable checked", "pm", "check", "deliverable_checked", {"passed": True}),
    _review("deliverable decided", "ceo", "decide", "deliverable_accepted", {"accepted": True}),
    Step("complaint", Story.complain, case_is("open")),
    Step("case taken", Story.assign, case_is("assigned")),
    Step("promise", Story.promise, told("case", "promise_made")),
    _handle("answer", "messages", told("case", "replied"), {"body": "已收到，今天答复。"}),
    Step("promise kept", None, told("case", "promise_kept")),
    _handle("need restated", "restate", told("case", "restated"), {"text": "每周一次书面答复"}),
    Step("need confirmed", Story.confirm_need, told("case", "need_confirmed")),
    Step("solution offered", Story.offer, case_is("solution_offered")),
    Step("solution accepted", Story.accept, case_is("solution_accepted")),
    _handle("work begun", "start", told("case", "started")),
    _handle("case resolved", "resolve", told("case", "resolved"), {"resolution": "已加派顾问。"}),
    Step("follow-up", Story.follow_up, told("case", "follow_up_recorded")),
    _handle("case closed", "close", told("case", "closed"), {}),
    Step("client asked", None, asked),
    Step("link in the mail", None, Story.mailed),
    Step("bad answer", Story.answer_badly, answered),
    Step("follow-up case", None, followed_up),
)
"""In order; what has no act follows by itself from the act before it."""


DETOURS: Final = (
    Step("another complaint", Story.complain, case_is("open")),
    Step("case taken again", Story.assign, case_is("assigned")),
    Step("promise to move", Story.promise, told("case", "promise_made")),
    Step("promise moved", Story.renegotiate, told("case", "promise_renegotiated")),
    Step("promise broken", Story.let_pass, told("case", "promise_broken")),
    _handle("need misread", "restate", told("case", "restated"), {"text": "每周一次报告"}),
    Step(
        "need corrected",
        partial(Story.confirm_need, comment="每天一次"),
        told("case", "need_corrected"),
    ),
    _handle("need read anew", "restate", told("case", "restated", 2), {"text": "每天一次报告"}),
    Step("need agreed", Story.confirm_need, told("case", "need_confirmed")),
    Step("a way out", Story.offer, case_is("solution_offered")),
    Step("solution declined", Story.decline, told("case", "solution_declined")),
    _handle("case withdrawn", "withdraw", told("case", "withdrawn"), {"reason": "另案处理"}),
)
"""What goes another way, on a case of its own; a promise comes due within a moment of it."""


MILESTONES: Final = (
    "opportunity opened",
    "opportunity won",
    "engagement drafted_from_opportunity",
    "engagement phase_started",
    "engagement deliverable_submitted",
    "engagement deliverable_commented",
    "engagement deliverable_checked",
    "engagement deliverable_accepted",
    "case opened",
    "case promise_made",
    "case promise_kept",
    "case solution_accepted",
    "case resolved",
    "case closed",
)
"""What the timeline tells of a loop, in order, as record and kind of act."""


COMPLAINT: Final = tuple(
    step
    for step in (*STEPS, *DETOURS)
    if step.name in {"complaint", "case taken", "promise", "case withdrawn"}
)
"""A short loop: raised, in somebody's hands, promised an answer, and off the page again."""


UNTIL_RESOLVED: Final = STEPS[: [step.name for step in STEPS].index("follow-up")]
"""The loop with its case resolved and the follow-up still to be made."""


class Walker:
    """Goes through the steps of one story, with a watch."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._done_at = 0.0

    def take(self, step: Step) -> float:
        """Do it; seconds from the answer to the last write until it stands where it must."""
        if step.act is not None:
            step.act(self.story)
            self._done_at = time.perf_counter()
        while not step.shown(self.story):
            assert time.perf_counter() - self._done_at < PATIENCE_SECONDS, step.name
            time.sleep(_PAUSE_SECONDS)
        return time.perf_counter() - self._done_at
