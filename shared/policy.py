"""Who may do what, as data: `POLICY: dict[action, Rule]` in every service.

    POLICY = {"case:close": role("agent", "service_lead") | CLIENT}

This is the coarse check at the door; actions decide again with the row in hand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from shared.identity import Actor, Side


@dataclass(frozen=True)
class Rule:
    """Admits an actor by side or by role; `|` widens it."""

    sides: frozenset[Side] = frozenset()
    roles: frozenset[str] = frozenset()

    def allows(self, actor: Actor) -> bool:
        """True when the actor's side or one of the actor's roles is admitted."""
        if actor.side in self.sides:
            return True
        return actor.side is not Side.CLIENT and not self.roles.isdisjoint(actor.roles)

    def __or__(self, other: Rule) -> Rule:
        return Rule(self.sides | other.sides, self.roles | other.roles)


Policy = dict[str, Rule]


def role(*names: str) -> Rule:
    """Firm-side people holding one of the roles."""
    return Rule(roles=frozenset(names))


def policy_document(policy: Policy) -> dict[str, dict[str, list[str]]]:
    """The table as a service publishes it, so that `/me` can say what a person may do."""
    return {
        action: {"sides": sorted(rule.sides), "roles": sorted(rule.roles)}
        for action, rule in policy.items()
    }


FIRM = Rule(sides=frozenset({Side.FIRM, Side.SYSTEM}))
CLIENT = Rule(sides=frozenset({Side.CLIENT}))
EVERYONE = FIRM | CLIENT
NOBODY = Rule()


def scope_allows(actor: Actor, action: str) -> bool:
    """True for people; for an API key when its scopes name the action or its resource (`case:*`).

    A scope `case:read` covers `case:list` and `case:view`.
    """
    return actor.scopes is None or not _scopes_of(action).isdisjoint(actor.scopes)


def scope_covers(scope: str, actions: Iterable[str]) -> bool:
    """True when a scope names one of the actions."""
    return any(scope in _scopes_of(action) for action in actions)


def scope_within(scope: str, held: Collection[str]) -> bool:
    """True when whoever holds these scopes holds all that `scope` names, now and later."""
    resource, _, act = scope.partition(":")
    if act in {"read", "write", "*"}:
        return not {scope, f"{resource}:*"}.isdisjoint(held)
    return not _scopes_of(scope).isdisjoint(held)


def _scopes_of(action: str) -> set[str]:
    resource, _, act = action.partition(":")
    reading = act in {"list", "view", "export"}
    return {action, f"{resource}:*", f"{resource}:read" if reading else f"{resource}:write"}
