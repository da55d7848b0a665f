"""Who may do what in the client registry: the coarse check at the door, as data.

The registry is the firm's own view of its clients: client-side people see nothing of it.
"""

from shared.letters import LETTERS
from shared.policy import FIRM, Policy, role

KEEPERS = role("client_manager", "partner", "admin", "consulting_pm")
MERGERS = role("client_manager", "partner", "admin")
WRITERS = KEEPERS | role("consultant", "agent", "service_lead")

POLICY: Policy = {
    "client:list": FIRM,
    "client:view": FIRM,
    "client:export": KEEPERS,
    "client:create": KEEPERS,
    "client:edit": KEEPERS,
    "client:stage": KEEPERS,
    "client:archive": KEEPERS,
    "client:grade": KEEPERS,
    "client:merge": MERGERS,
    "client:split": MERGERS,
    "client:bulk": KEEPERS,
    "contact:list": FIRM,
    "contact:view": FIRM,
    "contact:create": WRITERS,
    "contact:edit": WRITERS,
    "contact:archive": KEEPERS,
    "interaction:list": FIRM,
    "interaction:view": FIRM,
    "interaction:create": WRITERS,
    "interaction:edit": WRITERS,
    "interaction:amend": WRITERS,
    "opportunity:list": FIRM,
    "opportunity:view": FIRM,
    "opportunity:create": KEEPERS,
    "opportunity:edit": KEEPERS,
    "opportunity:move": KEEPERS,
    "timeline:list": FIRM,
    "import:list": KEEPERS,
    "import:view": KEEPERS,
    "import:create": KEEPERS,
    "import:apply": KEEPERS,
    "import:undo": KEEPERS,
    "import:discard": KEEPERS,
    "job:view": FIRM,
    **LETTERS,
}
