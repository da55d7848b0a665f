"""Who may do what on engagements: the coarse check at the door, as data.

Reach (live membership) is the stores' and row security's matter; which place in the team an act
needs is decided in the actions, with the row in hand.
"""

from shared.letters import LETTERS
from shared.policy import CLIENT, EVERYONE, FIRM, Policy, role

LEADERS = role("consulting_pm", "partner", "client_manager", "admin")
TEAM = LEADERS | role("consultant")
"""Consultants may be directors or experts of an engagement; the place decides."""

POLICY: Policy = {
    "engagement:list": EVERYONE,
    "engagement:view": EVERYONE,
    "engagement:draft": LEADERS,
    "engagement:edit": TEAM,
    "engagement:propose": TEAM,
    "engagement:activate": TEAM,
    "engagement:hold": TEAM,
    "engagement:resume": TEAM,
    "engagement:start-closing": TEAM,
    "engagement:close": TEAM,
    "engagement:cancel": TEAM,
    "member:list": EVERYONE,
    "member:view": EVERYONE,
    "member:add": TEAM | CLIENT,
    "member:edit": TEAM | CLIENT,
    "member:end": TEAM | CLIENT,
    "candidate:list": TEAM | CLIENT,
    "team:view": EVERYONE,
    "gap:list": EVERYONE,
    "template:list": FIRM,
    "template:view": FIRM,
    "plan:confirm": TEAM | CLIENT,
    "phase:list": EVERYONE,
    "phase:view": EVERYONE,
    "phase:start": TEAM,
    "phase:end": TEAM,
    "task:list": EVERYONE,
    "task:view": EVERYONE,
    "task:edit": TEAM,
    "task:assign": TEAM | CLIENT,
    "task:start": TEAM | CLIENT,
    "task:finish": TEAM | CLIENT,
    "key-node:list": EVERYONE,
    "key-node:view": EVERYONE,
    "key-node:hold": TEAM,
    "deliverable:list": EVERYONE,
    "deliverable:view": EVERYONE,
    "deliverable:add": TEAM,
    "deliverable:submit": CLIENT,
    "deliverable:comment": CLIENT,
    "deliverable:take-back": CLIENT,
    "deliverable:request-check": CLIENT,
    "deliverable:check": CLIENT,
    "deliverable:decide": CLIENT,
    "deliverable:start-rollout": CLIENT,
    "deliverable:finish-rollout": CLIENT,
    "waiting:list": EVERYONE,
    "stakeholder:list": FIRM,
    "stakeholder:view": FIRM,
    "stakeholder:add": TEAM,
    "stakeholder:edit": TEAM,
    "stakeholder:plan": TEAM,
    "channel:view": FIRM,
    "bypass:list": FIRM,
    "bypass:record": TEAM,
    **LETTERS,
}
