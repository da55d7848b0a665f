"""The public answer page on a slow phone, a slow network, and none for a while."""

from __future__ import annotations

import time
from typing import Any, Final

import pytest
from playwright.sync_api import CDPSession, Response, expect

from tests.e2e.asking import (
    answers_about,
    asked_about_a_case,
)
from tests.e2e.scenes import Tongue
from tests.e2e.test_answer_page import MANAGER, PHONE, give, gone, thanked
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240, func_only=True)]

MOST_BYTES: Final = 60_000
SLOW_CPU: Final = 4
SLOW_NETWORK: Final = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
"""Milliseconds and bytes a second: a slow third-generation network."""
USABLE_SECONDS: Final = 10.0
HEARD_SECONDS: Final = 2.0
SUBMITTED_SECONDS: Final = 10.0


def test_the_page_weighs_at_most_sixty_kilobytes(stranger: VisitorFor) -> None:
    page = stranger("zh", *PHONE).page()
    weighed: list[Response] = []

    def weigh(answer: Response) -> None:
        weighed.append(answer)

    page.on("response", weigh)
    page.goto(f"{stranger('zh').address}/survey#nobody")
    gone(page, Tongue("zh"))
    own = [each for each in weighed if "/api/" not in each.url]
    kinds = {each.request.resource_type for each in own}
    assert kinds == {"document", "script", "stylesheet"}
    sizes = [each.request.sizes() for each in own]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    print(f"the answer page: {total} bytes in {len(own)} files")
    assert total <= MOST_BYTES


def test_a_slow_phone_on_a_slow_network_can_answer(visit: VisitorFor, stranger: VisitorFor) -> None:
    say = Tongue("zh")
    case, link = asked_about_a_case(visit, "zh")
    page = stranger("zh", *PHONE).page()
    slow(page.context.new_cdp_session(page))
    began = time.monotonic()
    page.goto(link)
    expect(page.get_by_role("radio").first).to_be_visible()
    usable = time.monotonic() - began
    began = time.monotonic()
    give(page, 4)
    expect(page.get_by_role("radio", checked=True)).to_have_value("4")
    heard = time.monotonic() - began
    began = time.monotonic()
    page.get_by_role("button", name="提交").click()
    thanked(page, say)
    submitted = time.monotonic() - began
    print(f"slow phone: usable {usable:.1f} s, heard {heard:.2f} s, submitted {submitted:.1f} s")
    assert usable <= USABLE_SECONDS
    assert heard <= HEARD_SECONDS
    assert submitted <= SUBMITTED_SECONDS
    assert len(answers_about(visit(MANAGER), case["number"])) == 1


def slow(session: CDPSession) -> None:
    """Make a page run and load as on an old phone far from a city."""
    conditions: dict[str, Any] = dict(SLOW_NETWORK)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", conditions)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})


def test_what_cannot_be_kept_offline_is_kept_once_the_network_is_back(
    visit: VisitorFor, stranger: VisitorFor
) -> None:
    _, link = asked_about_a_case(visit, "en")
    person = stranger("en", *PHONE)
    page = person.page()
    page.goto(link)
    expect(page.get_by_role("radio").first).to_be_visible()
    person.context.set_offline(True)
    give(page, 4)
    expect(page.get_by_role("status")).to_have_text("Not kept yet: no connection. We try again.")
    person.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    page.reload()
    expect(page.get_by_role("radio", checked=True)).to_have_value("4")
