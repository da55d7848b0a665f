"""Any sequence of looking, keeping, submitting and time does what three variables would."""

from __future__ import annotations

import asyncio
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.surveys.office import OUTSIDER, Office

WHOLE, PART, LATER = {"satisfaction": 5}, {"kept_word": 3}, {"satisfaction": 2, "kept_word": None}
WRONG = {"satisfaction": 6}
ACTS = st.one_of(
    st.just(("GET", None)),
    st.tuples(st.sampled_from(["PUT", "POST"]), st.sampled_from([WHOLE, PART, LATER, WRONG, {}])),
    st.just(("closes", None)),
)


class Link:
    """What the answer page should make of a link."""

    def __init__(self) -> None:
        self.good = True
        self.draft: dict[str, Any] = {}
        self.submitted = 0

    def expects(self, method: str, answers: dict[str, Any] | None) -> int:
        """The status of the next call, which changes the link as the page would."""
        if not self.good:
            return 404
        if answers == WRONG:
            return 422
        merged = {k: v for k, v in {**self.draft, **(answers or {})}.items() if v is not None}
        if method == "PUT":
            self.draft = merged
            return 204
        if method == "POST":
            if "satisfaction" not in merged:
                return 422
            self.good, self.submitted = False, self.submitted + 1
            return 201
        return 200


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=1, max_size=8))
async def test_a_link_behaves_like_a_draft_that_is_sent_once(
    office: Office, acts: list[tuple[str, dict[str, Any] | None]]
) -> None:
    await office.campaign("case_closed", fatigue_days=0)
    before = len(await office.rows("SELECT 1 FROM survey_responses"))
    token, model = await _new_link(office), Link()
    # Who tries closed links again and again is slowed down; here that is always somebody else.
    headers = {"Survey-Token": token, "Rapport-Client-Address": token[:16]}
    for method, answers in acts:
        if method == "closes":
            office.clock.forward(days=20)
            model.good = False
            continue
        sent = None if answers is None else {"answers": answers}
        status = model.expects(method, answers)
        answer = await office.call(OUTSIDER, method, "/answers", sent, headers=headers)
        assert answer.status_code == status, answer.text
        if status == 200:
            assert answer.json()["answers"] == model.draft
    after = len(await office.rows("SELECT 1 FROM survey_responses"))
    assert after - before == model.submitted


async def _new_link(office: Office) -> str:
    """The token that a case closed now is asked about with."""
    known = await _links(office)
    await office.tell(office.case(), action="closed")
    async with asyncio.timeout(30):
        while not (new := await _links(office) - known):
            await asyncio.sleep(0.02)
    return new.pop()


async def _links(office: Office) -> set[str]:
    """The tokens of all letters so far; a reminder has that of its first letter."""
    letters = await office.letters(0)
    return {each["body"].split("/survey#")[1].split()[0] for each in letters}
