"""Compares what was wanted and answered with what is there; pure, so that it can be tested.

Five counts, all of which must be 0:

- lost: answered with yes, or committed at its publisher, and not there;
- doubled: there more than once;
- phantom: there, and nobody ever wanted it or its publisher does not have it;
- stuck: wanted and never answered, or left lying on its way;
- misordered: an older state where a newer belongs, or steps in another order than they were made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tests.faults.ledger import Act, Intent, Ledger, Outcome

Row = tuple[str, ...]
KIND_OF: Mapping[Act, str] = {
    Act.RAISED: "opened",
    Act.ASSIGNED: "assigned",
    Act.PROMISED: "promise_made",
    Act.ANSWERED: "replied",
    Act.REPLIED: "replied",
    Act.RESOLVED: "resolved",
    Act.FOLLOWED_UP: "follow_up_recorded",
    Act.CLOSED: "closed",
    Act.DRAFTED: "drafted_from_opportunity",
    Act.JOINED: "member_added",
    Act.PROPOSED: "proposed",
    Act.ACTIVATED: "activated",
    Act.CONFIRMED: "plan_confirmed",
    Act.AGREED: "plan_confirmed",
    Act.PHASE_STARTED: "phase_started",
    Act.SUBMITTED: "deliverable_submitted",
    Act.COMMENTED: "deliverable_commented",
    Act.CHECK_ASKED: "deliverable_check_requested",
    Act.CHECKED: "deliverable_checked",
    Act.DECIDED: "deliverable_accepted",
    Act.PHASE_ENDED: "phase_ended",
    Act.LEFT: "member_ended",
}
"""What the history of a case or an engagement calls the act."""
BEGINS: Final = frozenset({Act.RAISED, Act.DRAFTED})
"""With what a history begins; the act's token is the record's title."""


@dataclass
class Copy:
    """What a publisher holds and what a consumer keeps of it, by record id."""

    name: str
    truth: dict[str, Row]
    kept: dict[str, Row]


@dataclass(frozen=True)
class Numbered:
    """An event where it lies, with its place in its record's history."""

    event_id: str
    record_id: str
    order: tuple[int, int]


@dataclass
class Evidence:
    """Everything that is there, once the instance came to rest."""

    effects: list[tuple[Act, str]] = field(default_factory=list)
    histories: dict[str, list[str]] = field(default_factory=dict)
    """By the title of a case or an engagement the kinds of its steps, oldest first, as the
    client's page has them."""
    copies: list[Copy] = field(default_factory=list)
    outboxes: dict[str, list[Numbered]] = field(default_factory=dict)
    streams: dict[str, list[Numbered]] = field(default_factory=dict)
    told: dict[str, set[str]] = field(default_factory=dict)
    """By publisher the kinds of records its stream tells of."""
    notices: list[Numbered] = field(default_factory=list)
    """Live notifications, in the order in which they were shown."""
    leftovers: dict[str, int] = field(default_factory=dict)


@dataclass
class Findings:
    """What is wrong, in sentences; five empty lists when nothing is."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    misordered: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {name: len(found) for name, found in vars(self).items()}

    def __str__(self) -> str:
        lines = [f"{name}: {each}" for name, found in vars(self).items() for each in found[:10]]
        return "\n".join([str(self.counts()), *lines])


CLEAN: Mapping[str, int] = Findings().counts()


def check(ledger: Ledger, evidence: Evidence) -> Findings:
    """Every difference between the ledger and what is there."""
    found = Findings()
    _effects(found, ledger, evidence.effects)
    _histories(found, ledger, evidence.histories)
    _between_services(found, evidence)
    for publisher, committed in evidence.outboxes.items():
        _stream(found, publisher, committed, evidence.streams.get(publisher, []))
    _notices(found, evidence.notices)
    found.stuck += [f"never answered: {_words(each)}" for each in ledger.of(Outcome.OPEN)]
    return found


def check_copies(evidence: Evidence) -> Findings:
    """What services keep of each other, alone: for when a restore made the ledger's yes a no."""
    found = Findings()
    _between_services(found, evidence)
    return found


def _between_services(found: Findings, evidence: Evidence) -> None:
    for copy in evidence.copies:
        _copy(found, copy)
    found.stuck += [f"{number} {name}" for name, number in evidence.leftovers.items() if number]


def _effects(found: Findings, ledger: Ledger, effects: Sequence[tuple[Act, str]]) -> None:
    there = Counter(effects)
    allowed = {
        (intent.act, intent.token)
        for intent in ledger.intents
        if intent.outcome is not Outcome.REFUSED
    }
    found.lost += [
        _words(intent)
        for intent in ledger.of(Outcome.DONE)
        if not there[(intent.act, intent.token)]
    ]
    for (act, token), number in there.items():
        if (act, token) not in allowed:
            found.phantom.append(f"{act}: {token}")
        elif number > 1:
            found.doubled.append(f"{number} times {act}: {token}")


def _histories(found: Findings, ledger: Ledger, histories: Mapping[str, Sequence[str]]) -> None:
    for title, wanted in _wanted(ledger.intents).items():
        seen = [kind for kind in histories.get(title, ()) if kind in KIND_OF.values()]
        missing = Counter(wanted) - Counter(seen)
        extra = Counter(seen) - Counter(wanted)
        found.lost += [f"{kind} on the page of {title}" for kind in missing.elements()]
        found.doubled += [f"{kind} on the page of {title}" for kind in extra.elements()]
        if not missing and not extra and seen != wanted:
            found.misordered.append(f"{title}: {seen} instead of {wanted}")
    known = {intent.token for intent in ledger.intents if intent.act in BEGINS}
    found.phantom += [f"a page tells of {title}" for title in histories if title not in known]


def _wanted(intents: Iterable[Intent]) -> dict[str, list[str]]:
    """The steps of each record that were answered with yes, in the order of the driver.

    A thread works on one record at a time, from where its history begins.
    """
    titles: dict[int, str] = {}
    wanted: dict[str, list[str]] = defaultdict(list)
    for intent in intents:
        if intent.act in KIND_OF and intent.outcome is Outcome.DONE:
            if intent.act in BEGINS:
                titles[intent.thread] = intent.token
            if intent.thread in titles:
                wanted[titles[intent.thread]].append(KIND_OF[intent.act])
    return wanted


def _copy(found: Findings, copy: Copy) -> None:
    found.lost += [f"{copy.name} misses {key}" for key in copy.truth.keys() - copy.kept.keys()]
    found.phantom += [f"{copy.name} invents {key}" for key in copy.kept.keys() - copy.truth.keys()]
    found.misordered += [
        f"{copy.name} has {copy.kept[key]} instead of {copy.truth[key]}"
        for key in copy.truth.keys() & copy.kept.keys()
        if copy.truth[key] != copy.kept[key]
    ]


def _stream(
    found: Findings, publisher: str, committed: Sequence[Numbered], stream: Sequence[Numbered]
) -> None:
    """At least once, in order per record: only an event's first arrival counts for the order."""
    known, there = {each.event_id for each in committed}, {each.event_id for each in stream}
    found.lost += [f"{publisher} never sent {each}" for each in known - there]
    found.phantom += [f"{publisher} sent {each} of nothing" for each in there - known]
    found.misordered += [f"{publisher}: {each}" for each in _backwards(_first(stream))]


def _notices(found: Findings, notices: Sequence[Numbered]) -> None:
    times = Counter(each.event_id for each in notices)
    found.doubled += [f"{n} notices of {event}" for event, n in times.items() if n > 1]
    found.misordered += [f"notice: {each}" for each in _backwards(_first(notices))]


def _first(events: Iterable[Numbered]) -> list[Numbered]:
    arrived: dict[str, Numbered] = {}
    for event in events:
        arrived.setdefault(event.event_id, event)
    return list(arrived.values())


def _backwards(events: Iterable[Numbered]) -> list[Numbered]:
    """Events that came after a newer one of the same record."""
    newest: dict[str, tuple[int, int]] = {}
    late = []
    for event in events:
        if event.order < newest.get(event.record_id, (0, 0)):
            late.append(event)
        newest[event.record_id] = max(event.order, newest.get(event.record_id, (0, 0)))
    return late


def _words(intent: Intent) -> str:
    return f"{intent.act} of thread {intent.thread}: {intent.token}"
