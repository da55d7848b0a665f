"""Times are said as people say them, and exactly where the pointer rests on one."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.e2e.scenes import LANGUAGES, ZONE, Tongue, raised
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_of_today_has_its_date_and_zone_under_the_pointer(
    visit: VisitorFor, language: str
) -> None:
    say = Tongue(language)
    agent = visit("agent@firm.example", language)
    case = raised(visit("core@huaxin.example"))
    page = agent.open(agent.page(), f"/cases/{case['id']}")
    opened = datetime.fromisoformat(case["created_at"]).astimezone(ZONE)
    said = page.locator(f"time[datetime='{case['created_at']}']").first
    expect(said).to_have_text(f"{say('today', '今天')} {opened:%H:%M}")
    said.hover()
    exact = said.get_attribute("title") or ""
    en = f"{opened:%A} {opened:%B} {opened.day} {opened.year}"
    zh = f"{opened.year}年{opened.month}月{opened.day}日"
    for part in (*say(en, zh).split(), f"{opened:%H:%M}", "GMT+8"):
        assert part in exact
