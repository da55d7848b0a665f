"""The checker is no rubber stamp: one planted defect of each kind is counted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from tests.faults.checker import BEGINS, CLEAN, KIND_OF, Copy, Evidence, Numbered, check
from tests.faults.ledger import Act, Ledger, Outcome

CASE, ENGAGEMENT = "a case", "an engagement"
CASE_STEPS: Final = tuple(KIND_OF)[: tuple(KIND_OF).index(Act.DRAFTED)]
ENGAGEMENT_STEPS: Final = tuple(KIND_OF)[len(CASE_STEPS) :]
TITLED: Final = BEGINS | {
    *(Act.ASSIGNED, Act.CLOSED, Act.PROPOSED, Act.ACTIVATED, Act.CONFIRMED, Act.AGREED),
    *(Act.PHASE_STARTED, Act.CHECK_ASKED, Act.PHASE_ENDED),
}
"""What carries no words of its own is found by the title of what it is about."""
AFTERWARDS: Final = (Act.ASKED, Act.RATED, Act.LOOKED_AFTER)


def whole() -> tuple[Ledger, Evidence]:
    """An engagement, then a case, each rated in the end, with everything as it should be."""
    ledger = Ledger()
    for title, steps in ((ENGAGEMENT, ENGAGEMENT_STEPS), (CASE, CASE_STEPS)):
        for act in (*steps, *AFTERWARDS):
            token = title if act in TITLED else f"words of {act} for {title}"
            ledger.settled(ledger.intend(1, act, token), Outcome.DONE, 200)
    sent = {
        publisher: [Numbered(f"{record} event {n}", record, (1, n)) for n in range(1, 9)]
        for publisher, record in {"desk": "case", "engagements": "member", "surveys": "one"}.items()
    }
    return ledger, Evidence(
        effects=[(each.act, each.token) for each in ledger.intents],
        histories={
            CASE: [KIND_OF[act] for act in CASE_STEPS],
            ENGAGEMENT: [KIND_OF[act] for act in ENGAGEMENT_STEPS],
        },
        copies=[
            copy("case_refs", "case", "closed"),
            copy("memberships", "member", "core"),
            copy("survey_results", "one", "1"),
        ],
        outboxes={publisher: list(events) for publisher, events in sent.items()},
        streams={publisher: list(events) for publisher, events in sent.items()},
        notices=[*sent["desk"], *sent["engagements"]],
        leftovers={"not published": 0, "parked of surveys": 0},
    )


def copy(name: str, key: str, state: str) -> Copy:
    """A copy as its publisher has it."""
    return Copy(name, {key: (key, state)}, {key: (key, state)})


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert check(*whole()).counts() == CLEAN


def test_what_was_tried_twice_and_delivered_twice_but_is_there_once_is_right() -> None:
    ledger, evidence = whole()
    ledger.tried(ledger.intents[0], "ReadTimeout")
    for events in evidence.streams.values():
        events.extend(events[2:4])
    assert check(ledger, evidence).counts() == CLEAN


@pytest.mark.parametrize("act", sorted(BEGINS))
def test_what_was_refused_may_not_be_there_and_need_not(act: Act) -> None:
    ledger, evidence = whole()
    refused = ledger.intend(2, act, "another")
    ledger.settled(refused, Outcome.REFUSED, 422)
    assert check(ledger, evidence).counts() == CLEAN
    evidence.effects.append((act, "another"))
    assert check(ledger, evidence).counts() == {**CLEAN, "phantom": 1}


Plant = Callable[[Ledger, Evidence], object]


def _late(events: list[Numbered]) -> None:
    events.append(events.pop(3))


def _open(ledger: Ledger) -> None:
    ledger.intend(3, Act.JOINED, "never answered")


def _of(act: Act, title: str) -> tuple[Act, str]:
    return act, f"words of {act} for {title}"


PLANTED: list[tuple[str, str, Plant]] = [
    ("lost", "an effect", lambda _, e: e.effects.remove((Act.CLOSED, CASE))),
    ("lost", "a verdict", lambda _, e: e.effects.remove(_of(Act.DECIDED, ENGAGEMENT))),
    ("lost", "an invitation", lambda _, e: e.effects.remove(_of(Act.ASKED, ENGAGEMENT))),
    ("lost", "a follow-up", lambda _, e: e.effects.remove(_of(Act.LOOKED_AFTER, CASE))),
    ("lost", "a step on the page", lambda _, e: e.histories[CASE].remove("assigned")),
    ("lost", "a joining there", lambda _, e: e.histories[ENGAGEMENT].remove("member_added")),
    ("lost", "a row of a copy", lambda _, e: e.copies[0].kept.clear()),
    ("lost", "a membership", lambda _, e: e.copies[1].kept.clear()),
    ("lost", "an event", lambda _, e: e.streams["desk"].pop()),
    ("lost", "a member's event", lambda _, e: e.streams["engagements"].pop()),
    ("lost", "an answer's event", lambda _, e: e.streams["surveys"].pop()),
    ("doubled", "an effect", lambda _, e: e.effects.append((Act.CLOSED, CASE))),
    ("doubled", "a draft", lambda _, e: e.effects.append((Act.DRAFTED, ENGAGEMENT))),
    ("doubled", "an answer", lambda _, e: e.effects.append(_of(Act.RATED, CASE))),
    ("doubled", "a follow-up", lambda _, e: e.effects.append(_of(Act.LOOKED_AFTER, CASE))),
    ("doubled", "a step on the page", lambda _, e: e.histories[CASE].append("assigned")),
    ("doubled", "a phase there", lambda _, e: e.histories[ENGAGEMENT].append("phase_ended")),
    ("doubled", "a notice", lambda _, e: e.notices.append(e.notices[-1])),
    ("phantom", "an effect", lambda _, e: e.effects.append((Act.RAISED, "of nobody"))),
    ("phantom", "a member", lambda _, e: e.effects.append((Act.JOINED, "of nobody"))),
    ("phantom", "an answer", lambda _, e: e.effects.append((Act.RATED, "of nobody"))),
    ("phantom", "a page", lambda _, e: e.histories.update({"of nobody": ["opened"]})),
    ("phantom", "a row of a copy", lambda _, e: e.copies[0].kept.update({"x": ("K-2",)})),
    ("phantom", "a membership", lambda _, e: e.copies[1].kept.update({"x": ("core",)})),
    ("phantom", "an event", lambda _, e: e.streams["desk"].append(Numbered("x", "y", (1, 1)))),
    (
        "phantom",
        "an answer's",
        lambda _, e: e.streams["surveys"].append(Numbered("x", "y", (1, 1))),
    ),
    ("stuck", "a wish", lambda ledger, _: _open(ledger)),
    ("stuck", "an event on its way", lambda _, e: e.leftovers.update({"not published": 1})),
    ("stuck", "an answer's event", lambda _, e: e.leftovers.update({"parked of surveys": 1})),
    ("misordered", "steps", lambda _, e: e.histories[CASE].reverse()),
    ("misordered", "steps of a phase", lambda _, e: e.histories[ENGAGEMENT].reverse()),
    ("misordered", "a row of a copy", lambda _, e: e.copies[0].kept.update(case=("K-1", "open"))),
    ("misordered", "a membership", lambda _, e: e.copies[1].kept.update(member=("m", "expert"))),
    ("misordered", "a result", lambda _, e: e.copies[2].kept.update(one=("one", "5"))),
    ("misordered", "an event", lambda _, e: _late(e.streams["desk"])),
    ("misordered", "a member's event", lambda _, e: _late(e.streams["engagements"])),
    ("misordered", "an answer's event", lambda _, e: _late(e.streams["surveys"])),
    ("misordered", "a notice", lambda _, e: _late(e.notices)),
]


@pytest.mark.parametrize(("kind", "what", "plant"), PLANTED, ids=lambda each: str(each)[:20])
def test_a_planted_defect_is_counted(kind: str, what: str, plant: Plant) -> None:
    ledger, evidence = whole()
    plant(ledger, evidence)
    assert check(ledger, evidence).counts() == {**CLEAN, kind: 1}, what
