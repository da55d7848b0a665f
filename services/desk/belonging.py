"""What a client brings along at the desk when it becomes part of another one: its cases, whole."""

from typing import Final

from services.desk.cases.actions import find_by_client
from shared.contracts.desk import CaseState
from shared.following import Owned, Part

OWNED: Final = (
    Owned(
        "cases",
        CaseState,
        parts=tuple(
            Part(table, "case_id")
            for table in (
                "case_steps",
                "case_pauses",
                "case_messages",
                "case_search",
                "promises",
                "solutions",
                "follow_ups",
            )
        ),
        arrived=find_by_client,
    ),
)
STAYING: Final = {
    "client_refs": "the client itself",
    "user_refs": "a projection: the door says with whom a person is",
}
"""Tables that name a client and move nothing, and why."""
