"""Everybody a whole loop needs, brought into an empty instance by invitation."""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.instances import Instance
from tests.support.people import Person, first_administrator

CLIENT = "华信装备制造股份有限公司"


@dataclass(frozen=True)
class Cast:
    """The people of both sides, each signed in; the manager answers for the client."""

    client_id: str
    admin: Person
    partner: Person
    manager: Person
    lead: Person
    agent: Person
    ceo: Person
    pm: Person
    core: Person
    peripheral: Person


def bring_in(instance: Instance) -> Cast:
    """Enter the firm's people, their client, and its people."""
    admin = first_administrator(instance)
    firm = {"partner": "partner", "manager": "client_manager", "lead": "consulting_pm"}
    firm["agent"] = "agent"
    people = {
        name: admin.bring_in(f"{name}@firm.example", name, side="firm", roles=[role])
        for name, role in firm.items()
    }
    client = people["manager"].post(
        "/clients", {"legal_name": CLIENT, "owner_id": people["manager"].id}
    )
    for name in ("ceo", "pm", "core", "peripheral"):
        address = f"{name}@huaxin.example"
        people[name] = admin.bring_in(address, name, side="client", client_id=client["id"])
    return Cast(client["id"], admin, **people)
