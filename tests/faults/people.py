"""An empty instance's first people, brought in the way people come in: by invitation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.faults.caller import Caller
from tests.faults.ledger import Act, Ledger
from tests.faults.machine import Machine

PASSWORD: Final = "a long enough pass phrase 47"
AGENT: Final = "agent@firm.example"
CLIENTS: Final = {
    "Aurora Foundry": "person0@client.example",
    "Basalt Shipping": "person1@client.example",
}
"""Two clients, and the address of each one's person."""
_LINK: Final = re.compile(r"/invitations/([\w-]{20,})")


@dataclass(frozen=True)
class Cast:
    """Who drives the loop: the firm's people, and one person of each client."""

    admin: Caller
    admin_id: str
    agent: Caller
    agent_id: str
    persons: tuple[Caller, ...]


async def bring_in(machine: Machine, http: httpx.AsyncClient, ledger: Ledger) -> Cast:
    """Everybody, signed in by password; the first time they come in by invitation."""
    admin = Caller(http, "admin@firm.example", PASSWORD, ledger)
    if not machine.agent_id:
        await _accept(http, _first_invitation(machine))
        for name, email in CLIENTS.items():
            client = await admin.write(
                0, Act.REGISTERED, name, "POST", "/clients", {"legal_name": name}
            )
            await _enter(admin, http, email=email, side="client", client_id=client["id"])
        for campaign in (await admin.read("/campaigns")).json()["items"]:
            await admin.amend(f"/campaigns/{campaign['id']}", fatigue_days=0)
        machine.agent_id = await _enter(admin, http, email=AGENT, side="firm", roles=["agent"])
    persons = tuple(Caller(http, email, PASSWORD, ledger) for email in CLIENTS.values())
    admin_id = (await admin.read("/me")).json()["user"]["id"]
    return Cast(admin, admin_id, Caller(http, AGENT, PASSWORD, ledger), machine.agent_id, persons)


def _first_invitation(machine: Machine) -> str:
    lines = machine.instance.lines
    return next(found[1] for line in lines if (found := _LINK.search(line)))


async def _enter(admin: Caller, http: httpx.AsyncClient, *, email: str, **fields: Any) -> str:
    body = {"email": email, "name": email.partition("@")[0], **fields}
    user = await admin.setup("/users", body)
    for _ in range(100):
        mails = (await admin.read("/dev/mail", to=email)).json()["items"]
        if mails:
            break
    found = _LINK.search(mails[0]["text"])
    assert found is not None, mails[0]["text"]
    await _accept(http, found[1])
    return str(user["id"])


async def _accept(http: httpx.AsyncClient, token: str) -> None:
    body = {"token": token, "password": PASSWORD}
    answer = await http.post("/api/v1/auth/invitations/accept", json=body)
    assert answer.status_code == 201, answer.text
    http.cookies.clear()
