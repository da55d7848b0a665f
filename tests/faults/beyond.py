"""What the loop touches beyond the desk: won opportunities with their engagements, and surveys."""

from __future__ import annotations

from tests.faults.caller import Caller, Refused
from tests.faults.ledger import Act
from tests.faults.people import Cast
from tests.faults.words import unique


async def win(cast: Cast, thread: int, person: Caller) -> None:
    """A client buys: one engagement is drafted, and the client's person gets a place in it."""
    admin, title, domain = cast.admin, unique("engagement"), unique("domain")
    me = (await person.read("/me")).json()
    body = {"client_id": me["client"]["id"], "title": title, "stage": "negotiation"}
    made = await admin.write(thread, Act.SOUGHT, title, "POST", "/opportunities", body)
    move = f"/opportunities/{made['id']}/move"
    await admin.write(thread, Act.WON, title, "POST", move, {"stage": "won"})
    admin.ledger.follows(thread, Act.DRAFTED, title)
    engagement = await admin.find("/engagements", "title", title)
    place = {
        "engagement_id": engagement["id"],
        "user_id": me["user"]["id"],
        "role": "core",
        "domains": [domain],
    }
    await admin.write(thread, Act.JOINED, domain, "POST", "/members", place)


async def rate(cast: Cast, thread: int, person: Caller, case_number: str) -> None:
    """Whose case was closed is asked about it and answers badly: one case more is opened."""
    words = unique("rating")
    invited = await person.find("/invitations", "subject", case_number, waiting="true")
    opened = await person.setup(f"/invitations/{invited['id']}/open", {})
    answers = {"answers": {"satisfaction": 1, "comment": words}}
    token = {"Survey-Token": str(opened["path"]).partition("#")[2]}
    try:
        await person.write(thread, Act.RATED, words, "POST", "/answers", answers, **token)
    except Refused:
        # A link opens once: a lost answer is followed by "not open", and what the firm reads now
        # tells whether it was done.
        found = await cast.admin.read("/responses", limit=200, sort="-answered_at")
        if all(each["comment"] != words for each in found.json()["items"]):
            raise
        person.ledger.done_after_all(words)
    person.ledger.follows(thread, Act.LOOKED_AFTER, words)
