"""Who may see a column or an event field. There is no default: every field declares one.

An audience is a set of labels; an actor carries labels too (`Actor.labels`), and the field is
visible when they meet. A field the caller may not see does not exist for the caller.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Labelled(Protocol):
    """Whatever carries audience labels: an `Actor`."""

    @property
    def labels(self) -> frozenset[str]:
        """What it may be shown, by label."""
        ...


@dataclass(frozen=True)
class Audience:
    """A set of labels; `|` widens it."""

    labels: frozenset[str]

    def admits(self, actor: Labelled) -> bool:
        """True when the actor carries one of the labels."""
        return not self.labels.isdisjoint(actor.labels)

    def __or__(self, other: Audience) -> Audience:
        return Audience(self.labels | other.labels)


def audience(*labels: str) -> Audience:
    """An audience from labels, for the rare column that fits none of the named ones."""
    return Audience(frozenset(labels))


FIRM = audience("firm")
CLIENT = audience("client")
EVERYONE = FIRM | CLIENT
ADMIN = audience("admin")
AGENT = audience("agent", "service_lead", "admin")
EXECUTIVE = audience("executive")
CLIENT_PM = audience("client_pm")
CORE = audience("core")
PERIPHERAL = audience("peripheral")
WORKER = audience("worker")
"""Only other services' projections: never shown to a person."""
