"""What a ledger says of an earlier moment, and what it does not excuse."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.faults.checker import Evidence, check
from tests.faults.hindsight import as_of, lost_seconds
from tests.faults.ledger import Act, Ledger, Outcome

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def written(*, begun: float, answered: float, token: str) -> Ledger:
    """A ledger of one write, begun and answered so many seconds after noon."""
    ledger = Ledger()
    intent = ledger.intend(1, Act.REGISTERED, token)
    ledger.settled(intent, Outcome.DONE, 201)
    intent.at, intent.settled_at = NOON.timestamp() + begun, NOON.timestamp() + answered
    return ledger


def found(ledger: Ledger, *there: str) -> dict[str, int]:
    """What the checker counts at noon when these tokens are there."""
    effects = [(Act.REGISTERED, token) for token in there]
    return check(as_of(ledger, NOON, set(effects)), Evidence(effects=effects)).counts()


def test_what_was_answered_before_the_moment_must_be_there() -> None:
    ledger = written(begun=-2, answered=-1, token="a")
    assert found(ledger)["lost"] == 1
    assert found(ledger, "a") == dict.fromkeys(found(ledger), 0)


def test_what_was_under_way_may_be_there_once() -> None:
    ledger = written(begun=-1, answered=1, token="a")
    assert not any(found(ledger).values())
    assert not any(found(ledger, "a").values())
    assert found(ledger, "a", "a")["doubled"] == 1


def test_what_was_begun_after_the_moment_must_not_be_there() -> None:
    ledger = written(begun=1, answered=2, token="a")
    assert not any(found(ledger).values())
    assert found(ledger, "a")["phantom"] == 1


def test_what_follows_by_itself_may_be_noted_after_the_moment() -> None:
    ledger = Ledger()
    ledger.follows(1, Act.REGISTERED, "a")
    ledger.intents[0].at = ledger.intents[0].settled_at = NOON.timestamp() + 1
    assert not any(found(ledger).values())
    assert not any(found(ledger, "a").values())


def test_lost_seconds_count_from_the_first_answer_that_is_not_there() -> None:
    ledger = written(begun=-4, answered=-3, token="a")
    assert lost_seconds(ledger, NOON, set()) == 3
    assert lost_seconds(ledger, NOON, {(Act.REGISTERED, "a")}) == 0
