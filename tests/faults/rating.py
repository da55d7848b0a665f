"""Who is asked by a survey answers it badly, and what must come of that."""

from __future__ import annotations

from typing import Any

from tests.faults.caller import Caller, Refused
from tests.faults.ledger import Act, Ledger
from tests.faults.people import Cast
from tests.faults.words import unique


def asked(ledger: Ledger, thread: int, subject: str, *kinds: str) -> None:
    """Something was closed: one invitation per kind of survey must come of it."""
    for kind in kinds:
        ledger.follows(thread, Act.ASKED, f"{subject} {kind}")


async def rate(
    cast: Cast, thread: int, person: Caller, invited: dict[str, Any], scores: dict[str, int]
) -> str:
    """Open the invitation's page and answer; the low score opens one case more. The answer's id."""
    words = unique("rating")
    opened = await person.setup(f"/invitations/{invited['id']}/open", {})
    answers = {"answers": {**scores, "comment": words}}
    token = {"Survey-Token": str(opened["path"]).partition("#")[2]}
    try:
        async with person.elsewhere() as phone:
            await phone.write(thread, Act.RATED, words, "POST", "/answers", answers, **token)
        found = await _answered(cast, words)
    except Refused:
        # A link opens once: a lost answer is followed by "not open", and what the firm reads now
        # tells whether it was done.
        found = await _answered(cast, words)
        if found is None:
            raise
        person.ledger.done_after_all(words)
    assert found is not None, f"nobody reads {words}"
    person.ledger.follows(thread, Act.LOOKED_AFTER, found)
    return found


async def _answered(cast: Cast, words: str) -> str | None:
    """The id of the answer with a comment, as the firm reads it."""
    read = await cast.admin.read("/responses", limit=200, sort="-answered_at")
    return next(
        (str(each["id"]) for each in read.json()["items"] if each["comment"] == words), None
    )
