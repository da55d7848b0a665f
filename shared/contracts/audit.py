"""What every service publishes of its sealed audit trail, for administrators alone."""

from __future__ import annotations

from typing import Any, Final

from shared.audit_lots import AuditLot
from shared.events import Event


class ClientsAuditLot(AuditLot):
    """Consecutive rows of the registry's trail."""

    publisher = "clients"


class ClientsAuditSealed(Event[ClientsAuditLot]):
    """Rows of the registry's trail were sealed."""

    action = "sealed"


class EngagementsAuditLot(AuditLot):
    """Consecutive rows of the engagements' trail."""

    publisher = "engagements"


class EngagementsAuditSealed(Event[EngagementsAuditLot]):
    """Rows of the engagements' trail were sealed."""

    action = "sealed"


class DeskAuditLot(AuditLot):
    """Consecutive rows of the desk's trail."""

    publisher = "desk"


class DeskAuditSealed(Event[DeskAuditLot]):
    """Rows of the desk's trail were sealed."""

    action = "sealed"


class SurveysAuditLot(AuditLot):
    """Consecutive rows of the surveys' trail."""

    publisher = "surveys"


class SurveysAuditSealed(Event[SurveysAuditLot]):
    """Rows of the surveys' trail were sealed."""

    action = "sealed"


class GatewayAuditLot(AuditLot):
    """Consecutive rows of the door's trail."""

    publisher = "gateway"


class GatewayAuditSealed(Event[GatewayAuditLot]):
    """Rows of the door's trail were sealed."""

    action = "sealed"


SEALED: Final[dict[str, type[Event[Any]]]] = {
    event.state_type().publisher: event
    for event in (
        ClientsAuditSealed,
        EngagementsAuditSealed,
        DeskAuditSealed,
        SurveysAuditSealed,
        GatewayAuditSealed,
    )
}
"""The event by which each service tells what it sealed."""
