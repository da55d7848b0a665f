"""The API's own page: found by words, and read without the document beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.looks import scrolls_sideways
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_call_is_found_by_its_words_and_says_what_it_takes(
    stranger: VisitorFor, width: int
) -> None:
    visitor = stranger("en", width)
    page = visitor.open(visitor.page(), "/api/docs")
    expect(page.get_by_text("grant_type=password")).to_be_visible()
    groups, calls = page.locator("#operations h2"), page.locator("#operations details")
    expect(groups.get_by_text("cases", exact=True)).to_be_visible()
    page.get_by_label("Filter operations").fill("post numbered acknowledged")
    expect(calls.filter(visible=True)).to_have_count(1)
    expect(groups.filter(visible=True)).to_have_text(["cases"])
    calls.filter(visible=True).locator("summary").click()
    kinds = "one of request, complaint, praise, suggestion, inquiry, required"
    expect(calls.filter(visible=True).get_by_text(kinds).first).to_be_visible()
    assert not scrolls_sideways(page)
    page.get_by_label("Filter operations").fill("zzzz")
    expect(groups.filter(visible=True)).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Nothing here is called that.")
    assert not visitor.errors
