"""What a request causes elsewhere is logged under the request's trace, traced or not."""

from __future__ import annotations

import pytest

from tests.services.desk.conftest import Desk

TRACE = "0af7651916cd43dd8448eb211c80319c"
COMPLAINT = {"kind": "complaint", "subject": "培训迟到", "description": "顾问两次迟到。"}


@pytest.mark.parametrize("flag", ["00", "01"])
async def test_an_event_names_the_trace_of_its_request(desk: Desk, flag: str) -> None:
    headers = {"traceparent": f"00-{TRACE}-b7ad6b7169203331-{flag}"}
    await desk.call(desk.cast.pm, "POST", "/cases", COMPLAINT, status=201, headers=headers)
    rows = await desk.rows("SELECT traceparent FROM outbox WHERE type = 'desk.case.opened.v1'")
    assert [row["traceparent"].split("-")[1::2] for row in rows] == [[TRACE, flag]]
