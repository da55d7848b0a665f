"""Loads the demonstration through the gateway's public API, mostly as imported history.

Every write is noted in a journal, so that a load that was broken off goes on at the next start.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import Final

from deploy.demo.accounts import enter, open_office
from deploy.demo.cases import Cases
from deploy.demo.door import ADMINISTRATOR, Door
from deploy.demo.engagements import Engagements
from deploy.demo.journal import Journal
from deploy.demo.people import PEOPLE, everybody, handle
from deploy.demo.registry import Registry
from deploy.demo.sheet import import_sheet
from deploy.demo.stakeholders import profile
from deploy.demo.surveys import Surveys
from deploy.demo.when import Timetable
from deploy.first_administrator import invitation_link
from deploy.supervisor.home import Home
from shared.http import make_client

JOURNAL: Final = "demo-journal.tsv"
LEFT: Final = "-18 18:00"
PARTNER_KEY: Final = {"name": "财务系统对接", "scopes": ["client:read", "engagement:read"]}
"""With it a partner system would read; its secret is shown once, to nobody here."""
Say = Callable[[str], None]


def load(home: Home, address: str, *, say: Say) -> None:
    """Load what is missing of the demonstration; does nothing when it was loaded before.

    Nor where people are and no journal says what was loaded: that home was restored.
    """
    if home.state().get("demo_loaded"):
        return
    began, path = time.monotonic(), home.folder / JOURNAL
    invitation = invitation_link(home, address)
    if invitation is None and not path.exists():
        home.remember(demo_loaded=True)
        say("nothing is loaded: this home was restored with what it had of the demonstration")
        return
    say(f"loading the demonstration; {address}/ can be looked at meanwhile")
    journal = Journal(path)
    asyncio.run(_load(address, invitation, journal, say))
    home.remember(demo_loaded=True)
    say(f"the demonstration is loaded: {len(journal)} writes, {time.monotonic() - began:.0f} s")


async def _load(address: str, invitation: str | None, journal: Journal, say: Say) -> None:
    async with make_client() as http:
        # Accepting an invitation begins a browser's session; the loader is no browser.
        http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        door = Door(http, address, journal)
        await open_office(door, invitation)
        await _tell(door, journal, say)


async def _tell(door: Door, journal: Journal, say: Say) -> None:
    times = Timetable(journal.anchor)
    people = everybody()
    firm = [person for person in people if person.client is None]
    await enter(door, firm, {}, journal.anchor)
    registry = Registry(door, times)
    say("  clients")
    await registry.register()
    theirs = [person for person in people if person.client is not None]
    await enter(door, theirs, registry.legal, journal.anchor)
    say("  contact records, opportunities, engagements, cases")
    cases = Cases(door, times, registry.clients)
    engagements = Engagements(door, times, registry)
    await asyncio.gather(registry.tell(), engagements.tell(), cases.tell(), import_sheet(door))
    say("  stakeholders, answers to surveys")
    surveys = Surveys(door, times, cases, engagements)
    await asyncio.gather(profile(door, times, engagements), surveys.tell())
    await _let_go(door, times)
    await door.write("key", "/api-keys", PARTNER_KEY, who=ADMINISTRATOR, at=None)


async def _let_go(door: Door, times: Timetable) -> None:
    """End the time with their client of those who left: only now, as they were there before."""
    for person in (each for each in PEOPLE if each.left):
        who = handle(person.email)
        user = await door.get(f"/users/{door.ids[who]}")
        until = {"client_until": times.moment(LEFT).isoformat()}
        path = f"/users/{door.ids[who]}"
        version = user["version"]
        await door.write(f"left {who}", path, until, who=ADMINISTRATOR, at=None, version=version)
