"""An empty instance's first people, brought in the way people come in: by invitation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import httpx

from tests.faults.caller import Caller
from tests.faults.ledger import Act, Ledger
from tests.support.instances import Instance

PASSWORD: Final = "a long enough pass phrase 47"
_LINK: Final = re.compile(r"/invitations/([\w-]{20,})")


@dataclass(frozen=True)
class Cast:
    """Who drives the loop: the firm's people, and one person of each client."""

    admin: Caller
    agent: Caller
    agent_id: str
    persons: tuple[Caller, ...]


async def bring_in(instance: Instance, http: httpx.AsyncClient, ledger: Ledger) -> Cast:
    """Accept the first administrator's invitation, then enter and invite everybody else."""
    token = next(found[1] for line in instance.lines if (found := _LINK.search(line)))
    await _accept(http, token)
    admin = Caller(http, "admin@firm.example", PASSWORD, ledger)
    agent_id = await _enter(admin, http, email="agent@firm.example", side="firm", roles=["agent"])
    persons = []
    for number, name in enumerate(("Aurora Foundry", "Basalt Shipping")):
        client = await admin.write(
            0, Act.REGISTERED, name, "POST", "/clients", {"legal_name": name}
        )
        email = f"person{number}@client.example"
        await _enter(admin, http, email=email, side="client", client_id=client["id"])
        persons.append(Caller(http, email, PASSWORD, ledger))
    agent = Caller(http, "agent@firm.example", PASSWORD, ledger)
    return Cast(admin, agent, agent_id, tuple(persons))


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
