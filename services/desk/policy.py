"""Who may do what at the desk: the coarse check at the door, as data.

Row scope and independence (whoever a case is about) are the stores' and row security's matter.
"""

from shared.letters import LETTERS
from shared.policy import CLIENT, EVERYONE, FIRM, Policy, role

OWNERS = role("partner", "consulting_pm", "client_manager")
"""Whoever looks after a low score by the role of whoever gave it handles the case it opens."""
HANDLERS = role("agent", "service_lead", "admin") | OWNERS
INTAKE = HANDLERS

POLICY: Policy = {
    "case:list": EVERYONE,
    "case:view": EVERYONE,
    "case:open": INTAKE | CLIENT,
    "case:edit": HANDLERS,
    "case:assign": HANDLERS,
    "case:about": HANDLERS,
    "case:start": HANDLERS,
    "case:wait": HANDLERS,
    "case:resume": HANDLERS,
    "case:restate": HANDLERS,
    "case:confirm-need": CLIENT,
    "case:resolve": HANDLERS,
    "case:close": HANDLERS | CLIENT,
    "case:reopen": HANDLERS | CLIENT,
    "case:withdraw": HANDLERS | CLIENT,
    "message:list": EVERYONE,
    "message:post": INTAKE | CLIENT,
    "note:list": FIRM,
    "note:add": INTAKE,
    "step:list": EVERYONE,
    "promise:list": EVERYONE,
    "promise:view": EVERYONE,
    "promise:make": HANDLERS,
    "promise:keep": HANDLERS,
    "promise:renegotiate": HANDLERS,
    "promise:rate": FIRM,
    "solution:list": EVERYONE,
    "solution:view": EVERYONE,
    "solution:offer": HANDLERS,
    "solution:accept": CLIENT,
    "solution:decline": CLIENT,
    "solution:withdraw": HANDLERS,
    "follow-up:list": EVERYONE,
    "follow-up:view": EVERYONE,
    "follow-up:plan": HANDLERS,
    "follow-up:record": HANDLERS,
    "follow-up:waive": HANDLERS,
    **LETTERS,
}
