"""Surveys at the door: answering needs no sign-in, and mail of services reaches the mailbox."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from uuid import UUID

import httpx
import orjson
import pytest

from shared.database import Database
from shared.identity import Side, Verifier
from shared.ids import new_id
from shared.mail_folder import MailFolder
from tests.gateway.echo import PUBLIC_KEY
from tests.gateway.support import Gateway

TOKEN = "a-survey-token-that-no-log-may-hold"


async def test_answering_needs_no_sign_in_and_whoever_answers_is_nobody(
    gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    house = gateway.door.house
    assert house is not None
    house.upstreams["surveys"] = house.upstreams["clients"]
    verifier = Verifier(PUBLIC_KEY, "surveys")
    async with gateway.client() as stranger:
        answer = await stranger.get("/api/v1/answers", headers={"Survey-Token": TOKEN})
    async with await gateway.signed_in("pm@huaxin.example") as signed_in:
        again = await signed_in.post(
            "/api/v1/answers", headers={"Survey-Token": TOKEN}, json={"answers": {}}
        )
        other = await signed_in.get("/api/v1/campaigns")
    for one in (answer, again):
        headers = dict(one.json()["headers"])
        actor = verifier.verify(headers["rapport-identity"])
        assert (actor.user_id, actor.side, actor.client_id) == (UUID(int=0), Side.CLIENT, None)
        assert headers["survey-token"] == TOKEN
        assert headers["rapport-client-address"]
        assert "cookie" not in headers and "authorization" not in headers
    known = verifier.verify(dict(other.json()["headers"])["rapport-identity"])
    assert known.user_id == gateway.ids["pm@huaxin.example"]
    await asyncio.sleep(0.5)
    printed = capsys.readouterr().out
    assert '"path":"/api/v1/answers"' in printed
    assert TOKEN not in printed


async def test_what_a_service_drops_is_collected_once(gateway: Gateway) -> None:
    folder: Path = gateway.settings.mail_folder
    transport = MailFolder(folder, "rapport@localhost")
    mail = {
        "id": new_id(),
        "person_id": new_id(),
        "recipient": "pm@huaxin.example",
        "subject": "您对本次服务处理满意吗？",
        "body": "https://rapport.example/survey#x",
        "html": None,
        "headers": {},
    }
    database = Database(gateway.dsns, pool_size=1)
    await database.open()
    async with database.worker_session() as session:
        await transport.deliver(session, mail)
        (dropped,) = folder.glob("*.json")
        assert stat.S_IMODE(dropped.stat().st_mode) == 0o600
        again = dropped.read_bytes()
    await database.close()
    async with await gateway.signed_in("admin@firm.example") as admin:
        found = await _mail(admin, folder)
        assert [(each["to"], each["text"]) for each in found] == [
            ("pm@huaxin.example", "https://rapport.example/survey#x")
        ]
        (folder / f"{mail['id']}.json").write_bytes(again)
        assert orjson.loads(again)["recipient"] == "pm@huaxin.example"
        assert len(await _mail(admin, folder)) == 1


async def _mail(admin: httpx.AsyncClient, folder: Path) -> list[dict[str, str]]:
    """The mails to the client's project manager, once the folder is empty."""
    for _ in range(200):
        if not list(folder.glob("*.json")):
            break
        await asyncio.sleep(0.05)
    answer = await admin.get("/api/v1/dev/mail?to=pm@huaxin.example")
    items: list[dict[str, str]] = answer.json()["items"]
    return [item for item in items if "survey" in item["text"]]


async def test_a_link_leads_to_the_small_page_of_its_own(gateway: Gateway) -> None:
    dist = gateway.settings.web_dist
    dist.mkdir(exist_ok=True)
    (dist / "index.html").write_text("<main id=root></main>")
    (dist / "survey.html").write_text("<main id=survey></main>")
    async with gateway.client() as stranger:
        page = await stranger.get("/survey")
    assert (page.status_code, page.text) == (200, "<main id=survey></main>")
    assert "script-src 'self'" in page.headers["content-security-policy"]
