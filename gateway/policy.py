"""Who may do what at the door. Client-side people have their own account and what they see."""

from __future__ import annotations

from typing import Final

from shared.letters import LETTERS
from shared.policy import EVERYONE, FIRM, Policy, role

ADMIN = role("admin")
INVITER = role("admin", "client_manager", "service_lead")
"""Those below administrator invite client-side people only; the action looks at the side."""

POLICY: Final[Policy] = {
    "me:view": EVERYONE,
    "me:edit": EVERYONE,
    "me:password": EVERYONE,
    "session:end": EVERYONE,
    "user:list": FIRM,
    "user:view": EVERYONE,
    "user:create": INVITER,
    "user:edit": INVITER,
    "user:invite": INVITER,
    "user:deactivate": INVITER,
    "user:activate": INVITER,
    "key:list": ADMIN,
    "key:view": ADMIN,
    "key:create": ADMIN,
    "key:revoke": ADMIN,
    "audit:list": ADMIN,
    "mail:list": ADMIN,
    "mail:view": ADMIN,
    "view:list": EVERYONE,
    "view:view": EVERYONE,
    "view:create": EVERYONE,
    "view:edit": EVERYONE,
    "view:delete": EVERYONE,
    "view:default": EVERYONE,
    "search:list": EVERYONE,
    "live:view": EVERYONE,
    "history:import": ADMIN,
    **LETTERS,
}
