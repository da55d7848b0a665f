"""The checker is no rubber stamp: one planted defect of each kind is counted, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.checker import CLEAN, KIND_OF, Copy, Evidence, Numbered, check
from tests.faults.ledger import Act, Ledger, Outcome

SUBJECT = "a case"
STEPS = [act for act in Act if act in KIND_OF]


def whole() -> tuple[Ledger, Evidence]:
    """One case from raising to closing, with everything as it should be."""
    ledger = Ledger()
    for act in STEPS:
        own = act not in {Act.RAISED, Act.ASSIGNED, Act.CLOSED}
        intent = ledger.intend(1, act, f"words of {act}" if own else SUBJECT)
        ledger.settled(intent, Outcome.DONE, 200)
    sent = [Numbered(f"event {n}", "case", (1, n)) for n in range(1, 9)]
    row = {"case": ("K-1", "closed")}
    return ledger, Evidence(
        effects=[(each.act, each.token) for each in ledger.intents],
        histories={SUBJECT: [KIND_OF[act] for act in STEPS]},
        copies=[Copy("case_refs", dict(row), dict(row))],
        outboxes={"desk": list(sent)},
        streams={"desk": list(sent)},
        notices=list(sent),
        leftovers={"not published": 0},
    )


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert check(*whole()).counts() == CLEAN


def test_what_was_tried_twice_and_delivered_twice_but_is_there_once_is_right() -> None:
    ledger, evidence = whole()
    ledger.tried(ledger.intents[0], "ReadTimeout")
    evidence.streams["desk"] += evidence.streams["desk"][2:4]
    assert check(ledger, evidence).counts() == CLEAN


def test_what_was_refused_may_not_be_there_and_need_not() -> None:
    ledger, evidence = whole()
    refused = ledger.intend(2, Act.RAISED, "another case")
    ledger.settled(refused, Outcome.REFUSED, 422)
    assert check(ledger, evidence).counts() == CLEAN
    evidence.effects.append((Act.RAISED, "another case"))
    assert check(ledger, evidence).counts() == {**CLEAN, "phantom": 1}


Plant = Callable[[Ledger, Evidence], object]


def _late(events: list[Numbered]) -> None:
    events.append(events.pop(3))


PLANTED: list[tuple[str, str, Plant]] = [
    ("lost", "an effect", lambda _, e: e.effects.remove((Act.CLOSED, SUBJECT))),
    ("lost", "a step on the page", lambda _, e: e.histories[SUBJECT].remove("assigned")),
    ("lost", "a row of a copy", lambda _, e: e.copies[0].kept.clear()),
    ("lost", "an event", lambda _, e: e.streams["desk"].pop()),
    ("doubled", "an effect", lambda _, e: e.effects.append((Act.CLOSED, SUBJECT))),
    ("doubled", "a step on the page", lambda _, e: e.histories[SUBJECT].append("assigned")),
    ("doubled", "a notice", lambda _, e: e.notices.append(e.notices[-1])),
    ("phantom", "an effect", lambda _, e: e.effects.append((Act.RAISED, "of nobody"))),
    ("phantom", "a page", lambda _, e: e.histories.update({"of nobody": ["opened"]})),
    ("phantom", "a row of a copy", lambda _, e: e.copies[0].kept.update({"x": ("K-2",)})),
    ("phantom", "an event", lambda _, e: e.streams["desk"].append(Numbered("x", "y", (1, 1)))),
    ("stuck", "a wish", lambda ledger, _: _open(ledger)),
    ("stuck", "an event on its way", lambda _, e: e.leftovers.update({"not published": 1})),
    ("misordered", "steps", lambda _, e: e.histories[SUBJECT].reverse()),
    ("misordered", "a row of a copy", lambda _, e: e.copies[0].kept.update(case=("K-1", "open"))),
    ("misordered", "an event", lambda _, e: _late(e.streams["desk"])),
    ("misordered", "a notice", lambda _, e: _late(e.notices)),
]


def _open(ledger: Ledger) -> None:
    ledger.intend(3, Act.RAISED, "never answered")


@pytest.mark.parametrize(("kind", "what", "plant"), PLANTED, ids=lambda each: str(each)[:20])
def test_a_planted_defect_is_counted(kind: str, what: str, plant: Plant) -> None:
    ledger, evidence = whole()
    plant(ledger, evidence)
    assert check(ledger, evidence).counts() == {**CLEAN, kind: 1}, what
