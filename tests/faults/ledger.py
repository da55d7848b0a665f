"""What a driver wanted and what it was answered, written down before and after every request.

The ledger knows nothing of databases: it is one side of the comparison, the checker the other.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import IO, Final

RECENT: Final = 20


class Act(StrEnum):
    """One kind of write; each leaves a trace by which the checker finds it again."""

    REGISTERED = "registered"
    CHANGED = "changed"
    RAISED = "raised"
    ASSIGNED = "assigned"
    PROMISED = "promised"
    ANSWERED = "answered"
    REPLIED = "replied"
    RESOLVED = "resolved"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    SOUGHT = "sought"
    """An opportunity was opened."""
    WON = "won"
    DRAFTED = "drafted"
    """The engagement that follows from a won opportunity."""
    JOINED = "joined"
    PROPOSED = "proposed"
    ACTIVATED = "activated"
    CONFIRMED = "confirmed"
    """The firm's project manager confirmed the plan."""
    AGREED = "agreed"
    """The client's project manager did."""
    PHASE_STARTED = "phase_started"
    SUBMITTED = "submitted"
    COMMENTED = "commented"
    CHECK_ASKED = "check_asked"
    CHECKED = "checked"
    DECIDED = "decided"
    TASK_STARTED = "task_started"
    TASK_FINISHED = "task_finished"
    PHASE_ENDED = "phase_ended"
    ASKED = "asked"
    """The invitation that follows from a closed case or an ended phase."""
    RATED = "rated"
    LOOKED_AFTER = "looked_after"
    """The case that follows from a low rating."""
    LEFT = "left"
    """A place in a team was ended; of a driver whose people leave."""
    HANDED_OVER = "handed_over"
    """That case lies with whoever leads the engagement."""


class Outcome(StrEnum):
    """What the driver knows of an intent. Open: never answered, so it may or may not be done."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


@dataclass
class Intent:
    """One write that was wanted. `token` is the text by which its effect is found."""

    number: int
    thread: int
    act: Act
    token: str
    at: float
    outcome: Outcome = Outcome.OPEN
    tries: int = 0
    status: int = 0
    record_id: str = ""
    settled_at: float = 0.0


@dataclass
class Ledger:
    """Every intent in the order in which it was formed; `file` keeps each line as it is written."""

    file: IO[str] | None = None
    intents: list[Intent] = field(default_factory=list)

    def intend(self, thread: int, act: Act, token: str) -> Intent:
        """Write down a wish before anything is sent."""
        intent = Intent(len(self.intents), thread, act, token, time.time())
        self.intents.append(intent)
        self.note(**asdict(intent))
        return intent

    def tried(self, intent: Intent, answer: str) -> None:
        """Write down an attempt that settled nothing: no answer, or one that asks to try again."""
        intent.tries += 1
        self.note(number=intent.number, tried=answer)

    def settled(self, intent: Intent, outcome: Outcome, status: int, record_id: str = "") -> None:
        """Write down the answer that decides."""
        intent.outcome, intent.status, intent.record_id = outcome, status, record_id
        intent.settled_at = time.time()
        self.note(number=intent.number, outcome=outcome, status=status, record_id=record_id)

    def follows(self, thread: int, act: Act, token: str) -> None:
        """Write down what nobody asked for and what must yet come of a write that is done."""
        self.settled(self.intend(thread, act, token), Outcome.DONE, 0)

    def done_after_all(self, token: str) -> None:
        """A write that was answered "stale" turns out to have been done by an earlier attempt."""
        intent = next(each for each in reversed(self.intents) if each.token == token)
        self.settled(intent, Outcome.DONE, intent.status, intent.record_id)

    def note(self, **facts: object) -> None:
        """One line of the file: an answer, or a fault that was made."""
        if self.file is not None:
            self.file.write(json.dumps({"at": time.time(), **facts}, default=str) + "\n")
            self.file.flush()

    def under_way(self) -> list[Intent]:
        """The youngest intents that are not answered yet."""
        return [each for each in self.intents[-RECENT:] if each.outcome is Outcome.OPEN]

    def of(self, outcome: Outcome) -> list[Intent]:
        """The intents with this outcome."""
        return [intent for intent in self.intents if intent.outcome is outcome]
