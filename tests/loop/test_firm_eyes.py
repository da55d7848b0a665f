"""What the firm writes about client-side people reaches no client-side account, by no way.

Every account of the client side reads all that the OpenAPI document offers, with the ids of the
records the words stand in; the same reading by an administrator finds every word.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.loop.cast import Cast
from tests.loop.reading import Library, Reading
from tests.loop.secrets import Planted, plant
from tests.loop.steps import PATIENCE_SECONDS, UNTIL_RESOLVED, Walker
from tests.loop.story import DOMAIN, Story
from tests.support.instances import Instance
from tests.support.people import Person

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

KEY_SCOPES: Final = (
    "me",
    "case",
    "engagement",
    "deliverable",
    "stakeholder",
    "note",
    "search",
    "live",
)
SEARCHING: Final = ("pm", "other engagement")
"""Who also searches every list for every word; search knows two kinds of caller, not eight."""
REFUSALS: Final = {"403", "404", "409", "412", "422"}


@dataclass(frozen=True)
class Scene:
    """Who reads, and what must not be read."""

    planted: Planted
    library: Library
    accounts: dict[str, Person]


@pytest.fixture(scope="module")
def scene(instance: Instance, cast: Cast) -> Scene:
    """A loop with a team, everything written before its mail, and all client-side accounts."""
    walker = Walker(Story(cast, 900))
    for step in UNTIL_RESOLVED:
        walker.take(step)
    planted = plant(cast, walker.story)
    let_mail_go_out(cast, walker.story, planted)
    accounts = {name: getattr(cast, name) for name in ("ceo", "pm", "core", "peripheral")}
    accounts |= _others(cast, walker.story)
    scopes = [f"{resource}:*" for resource in KEY_SCOPES]
    made = cast.admin.post("/api-keys", {"name": "k", "scopes": scopes, "user_id": cast.pm.id})
    secret = {name: made[name] for name in ("client_id", "client_secret")}
    accounts["pm's API key"] = Person(instance, cast.pm.email, **secret)
    own = {"collection": "cases", "address": "status=open", "name": "mine"}
    planted.made("views", cast.pm, own)
    document = cast.admin.client.get(f"{instance.address}/api/openapi.json").json()
    return Scene(planted, Library(cast.admin, document, planted.records), accounts)


def let_mail_go_out(cast: Cast, story: Story, planted: Planted) -> None:
    """End what holds the words, so that the client side is asked about it: cases and a phase."""
    for campaign in cast.admin.get("/campaigns")["items"]:
        cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    for case_id in planted.records["cases"]:
        cast.agent.post(f"/cases/{case_id}/close", {})
    tasks = cast.lead.get("/tasks", phase_id=story.ids["phase"], limit=50)["items"]
    for task in tasks:
        for step in ("start", "finish"):
            cast.lead.post(f"/tasks/{task['id']}/{step}")
    cast.lead.post(f"{story.path('phase')}/end")


def _others(cast: Cast, story: Story) -> dict[str, Person]:
    """Of the same client on another engagement, no longer on this one, and of another client."""

    def enter(name: str, client_id: str) -> Person:
        fields = {"side": "client", "client_id": client_id}
        return cast.admin.bring_in(f"{name}@client.example", name, **fields)

    it, left = enter("it", cast.client_id), enter("left", cast.client_id)
    other = cast.lead.post("/engagements", {"client_id": cast.client_id, "title": "系统选型"})
    place = {"role": "core", "domains": [DOMAIN]}
    cast.lead.post("/members", place | {"engagement_id": other["id"], "user_id": it.id})
    here = {"engagement_id": story.ids["engagement"], "user_id": left.id}
    gone = cast.lead.post("/members", place | here)
    cast.lead.post(f"/members/{gone['id']}/end")
    rival = cast.manager.post("/clients", {"legal_name": "恒达物流集团有限公司"})
    return {"other engagement": it, "ended": left, "other client": enter("rival", rival["id"])}


def test_an_administrator_who_reads_everything_finds_every_word(scene: Scene, cast: Cast) -> None:
    found: set[str] = set()
    for _, text in Reading(scene.library, cast.admin, ()).everything():
        found |= scene.planted.hits(text)
    assert found == set(scene.planted.words)


def test_no_client_side_account_reads_a_word(scene: Scene) -> None:
    seen: dict[str, set[str]] = {}
    for name, person in scene.accounts.items():
        searched = scene.planted.words.values() if name in SEARCHING else ()
        reading = Reading(scene.library, person, tuple(searched))
        asked = 0
        for what, text in reading.everything():
            asked += 1
            if hits := scene.planted.hits(text):
                seen[f"{name}: {what}"] = hits
        print(f"{name}: {asked} answers read")
        assert asked > 500
    assert seen == {}


def test_no_refusal_tells_a_client_side_account_a_word(scene: Scene) -> None:
    seen: dict[str, set[str]] = {}
    statuses: Counter[str] = Counter()
    for name, person in scene.accounts.items():
        for what, text in Reading(scene.library, person, ()).refusals():
            statuses[what.partition(" ")[0]] += 1
            if hits := scene.planted.hits(text):
                seen[f"{name}: {what}"] = hits
    print(dict(statuses))
    assert seen == {}
    assert set(statuses) >= REFUSALS


def test_no_mail_to_the_client_side_holds_a_word(scene: Scene, cast: Cast) -> None:
    addresses = {person.email for person in scene.accounts.values()}
    numbers = {
        cast.admin.get(f"/{collection}/{each}")["number"]
        for collection in ("cases", "engagements")
        for each in scene.planted.records[collection]
    }
    theirs = mails_to(cast, addresses, numbers)
    assert len(theirs) >= len(addresses) + len(numbers)
    assert [scene.planted.hits(text) for text in theirs if scene.planted.hits(text)] == []


def mails_to(cast: Cast, addresses: set[str], numbers: set[str]) -> list[str]:
    """All mails to these people, once there are some about each of these records."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        mails = cast.admin.get("/dev/mail", limit=200)["items"]
        theirs = [cast.admin.get(f"/dev/mail/{m['id']}") for m in mails if m["to"] in addresses]
        unsaid = {number for number in numbers if number not in str(theirs)}
        if not unsaid:
            return [str(mail) for mail in theirs]
        assert time.monotonic() < deadline, f"no mail about {unsaid}"
        time.sleep(0.1)


def test_what_a_person_is_given_of_their_data_holds_no_word(
    scene: Scene, instance: Instance
) -> None:
    for name in ("ceo", "pm"):
        assert places_with_hits(scene, exported(instance, scene.accounts[name])) == {}
    held = exported(instance, scene.accounts["pm"], "--firm-eyes")
    assert {"engagements.stakeholders", "desk.case_notes"} <= set(places_with_hits(scene, held))


def places_with_hits(scene: Scene, held: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """Where in an export the words stand, by service and table."""
    found = {
        f"{service}.{table}": scene.planted.hits(json.dumps(rows))
        for service, tables in held.items()
        for table, rows in tables.items()
    }
    return {place: hits for place, hits in found.items() if hits}


def exported(instance: Instance, person: Person, *options: str) -> dict[str, dict[str, Any]]:
    """What `rapport user export` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli", "user", "export", person.id, *options],
        env=instance.environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    held: dict[str, dict[str, Any]] = json.loads(done.stdout)
    assert person.name in str(held["gateway"])
    return held
