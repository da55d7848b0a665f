"""What a client brings along when it becomes part of another one: its engagements, whole."""

from typing import Final

from shared.contracts.engagements import DeliverableState, EngagementState, MemberState, TaskState
from shared.following import Owned, Part

# What is locked while something is written below it comes before that.
OWNED: Final = (
    Owned(
        "engagements",
        EngagementState,
        parts=(
            Part("members", "engagement_id", MemberState),
            Part("phases", "engagement_id"),
            Part("tasks", "engagement_id", TaskState),
            Part("task_links", "engagement_id"),
            Part("key_nodes", "engagement_id"),
            Part("deliverables", "engagement_id", DeliverableState),
            Part("deliverable_versions", "engagement_id"),
            Part("deliverable_comments", "engagement_id"),
            Part("deliverable_verdicts", "engagement_id"),
            Part("stakeholders", "engagement_id"),
            Part("stakeholder_actions", "engagement_id"),
            Part("bypasses", "engagement_id"),
            Part("engagement_steps", "engagement_id"),
        ),
    ),
)
STAYING: Final = {
    "client_refs": "the client itself",
    "user_refs": "a projection: the door says with whom a person is",
}
"""Tables that name a client and move nothing, and why."""
