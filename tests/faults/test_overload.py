"""Three times what it can do: an instance stays near its best and refuses the rest plainly."""

from __future__ import annotations

import httpx
import pytest

from tests.faults.ledger import Ledger
from tests.faults.machine import Machine
from tests.faults.overloading import Overload, mixed, overload
from tests.faults.people import bring_in

pytestmark = [pytest.mark.faults, pytest.mark.timeout(420)]

KEPT = 0.6
"""80 % is the goal that `python -m tests.bench overload` measures. Here whoever asks, PostgreSQL
and the checks beside this test share two cores with what is tested, and a peak may be found in a
quieter second than the one that it is compared with."""
ROUNDS = 3
"""What runs beside can only take away from a round, so that one of them is enough."""


async def test_beyond_its_capacity_it_goes_on_at_nearly_its_peak_and_refuses_the_rest_well(
    machine: Machine, http: httpx.AsyncClient, ledger: Ledger
) -> None:
    message = await mixed(await bring_in(machine, http, ledger))
    rounds: list[Overload] = []
    while len(rounds) < ROUNDS and (not rounds or rounds[-1].kept < KEPT):
        rounds.append(await overload(machine, message, 2, 5))
        print(rounds[-1])
        stays_well_mannered(rounds[-1])
    assert rounds[-1].kept >= KEPT, "\n".join(map(str, rounds))


def stays_well_mannered(seen: Overload) -> None:
    """Everybody is answered, the refused plainly and in time, and health all along."""
    refused = seen.over.refused
    assert len(seen.over.answers) == seen.over.asked
    assert len(refused) > seen.over.goodput, "hardly too much: this shows nothing"
    assert [each for each in refused if not each.refused_well] == []
    assert seen.over.late < len(refused) / 20
    assert {each.status for each in seen.health} == {200}
