"""Who may do what in surveys: the coarse check at the door, as data.

Answering needs no sign-in: the link's token is the proof, and the gateway lets it through.
"""

from shared.letters import LETTERS
from shared.policy import CLIENT, EVERYONE, FIRM, Policy, role

KEEPERS = role("admin", "partner")

POLICY: Policy = {
    "survey:list": FIRM,
    "survey:view": FIRM,
    "campaign:list": FIRM,
    "campaign:view": FIRM,
    "campaign:edit": KEEPERS,
    "invitation:list": EVERYONE,
    "invitation:open": CLIENT,
    "answer:give": EVERYONE,
    "response:list": FIRM,
    "response:view": FIRM,
    "response:import": role("admin"),
    "score:view": FIRM,
    **LETTERS,
}
