"""What a ledger says of an earlier moment: what must be there, what may, and what must not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from tests.faults.ledger import Act, Intent, Ledger, Outcome


def as_of(ledger: Ledger, moment: datetime, there: Collection[tuple[Act, str]]) -> Ledger:
    """The ledger as if it ended at a moment.

    What was answered by then is as it was answered. What was under way is done if it is `there`,
    else it was never wanted. What was wanted later was not; only what follows by itself of an
    earlier write may have been noted later, and follows after a restore too.
    """
    at = moment.timestamp()
    kept = []
    for intent in ledger.intents:
        if intent.outcome is not Outcome.OPEN and intent.settled_at <= at:
            kept.append(intent)
        elif (intent.at <= at or _follows(intent)) and _of(intent) in there:
            kept.append(replace(intent, outcome=Outcome.DONE))
    return Ledger(intents=kept)


def lost_seconds(ledger: Ledger, end: datetime, there: Collection[tuple[Act, str]]) -> float:
    """How long before the end the first write was answered with yes that is not there.

    What was changed is left out: whoever changes it again leaves no trace of it.
    """
    done = [each for each in ledger.of(Outcome.DONE) if each.status and each.act is not Act.CHANGED]
    missing = [each.settled_at for each in done if _of(each) not in there]
    return end.timestamp() - min(missing, default=end.timestamp())


def _follows(intent: Intent) -> bool:
    """Whether nobody asked for it: it has no answer of its own."""
    return intent.outcome is Outcome.DONE and intent.status == 0


def _of(intent: Intent) -> tuple[Act, str]:
    return intent.act, intent.token
