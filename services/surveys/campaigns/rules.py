"""What starts a survey; no input or output."""

from enum import StrEnum


class Trigger(StrEnum):
    """What a campaign waits for."""

    CASE_CLOSED = "case_closed"
    PHASE_ENDED = "phase_ended"


class ClientRole(StrEnum):
    """The client-side places in a joint team."""

    EXECUTIVE = "executive"
    CLIENT_PM = "client_pm"
    CORE = "core"
    PERIPHERAL = "peripheral"
