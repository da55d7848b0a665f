"""What a person may do anywhere: the policies of all services, as they publish them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Request

from gateway.openapi.documents import Documents
from gateway.policy import POLICY
from shared.identity import Actor, Side
from shared.policy import Rule, scope_allows


class Permissions:
    """Answers from the documents that the services gave out last."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def of(self, actor: Actor) -> list[str]:
        """The actions the actor's side and roles allow, in every service; rows decide the rest."""
        return sorted(
            action
            for action, rule in self._all().items()
            if rule.allows(actor) and scope_allows(actor, action)
        )

    def known(self) -> frozenset[str]:
        """Every action there is, in every service."""
        return frozenset(self._all())

    def _all(self) -> dict[str, Rule]:
        rules = dict(POLICY)
        for document in self._documents.known.values():
            rules.update(_rules(document.get("x-policy", {})))
        return rules


def _rules(policy: dict[str, Any]) -> dict[str, Rule]:
    return {
        action: Rule(
            sides=frozenset(Side(side) for side in rule["sides"]),
            roles=frozenset(rule["roles"]),
        )
        for action, rule in policy.items()
    }


async def get_permissions(request: Request) -> Permissions:
    """The permissions table of the process."""
    permissions: Permissions = request.app.state.permissions
    return permissions


PermissionsDep = Annotated[Permissions, Depends(get_permissions)]
