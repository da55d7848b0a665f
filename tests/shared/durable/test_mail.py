"""Mail leaves after the commit, once the server takes it, and as it was written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from shared.database import Database, Dsns
from shared.identity import Actor
from shared.ids import new_id
from shared.mail import (
    TIMER,
    LocalMailbox,
    Mail,
    MailRunner,
    Smtp,
    Transport,
    send_mail,
    transport_of,
)
from shared.mail_folder import ASIDE, MailCollector
from shared.privacy import ErasureLedger, erase_person
from tests.shared.durable.conftest import fetch

LETTER = Mail(
    to="li@huaxin.example",
    subject="邀请\r\nBcc: thief@evil.example",
    text="您好，请点击链接。",
    html="<p>您好</p>",
    headers={"References": "<a@b>"},
)


@dataclass
class SmtpPeer:
    """A mail server that speaks just enough SMTP; refuses the first `refusals` mails."""

    refusals: int = 0
    taken: list[bytes] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 peer\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                data = await reader.readuntil(b"\r\n.\r\n")
                writer.write(self.judge(data[:-5]))
            elif verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
            await writer.drain()
        writer.close()

    def judge(self, data: bytes) -> bytes:
        if self.refusals:
            self.refusals -= 1
            return b"451 try later\r\n"
        self.taken.append(data)
        return b"250 taken\r\n"


@pytest.fixture
async def peer() -> AsyncIterator[SmtpPeer]:
    peer = SmtpPeer()
    server = await asyncio.start_server(peer.serve, "127.0.0.1", 0)
    peer.port = server.sockets[0].getsockname()[1]
    yield peer
    server.close()
    await server.wait_closed()


@asynccontextmanager
async def running(database: Database, transport: Transport) -> AsyncIterator[None]:
    task = asyncio.create_task(MailRunner(database, transport).run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def sent(dsns: Dsns, count: int = 1) -> None:
    async with asyncio.timeout(60):
        statement = "SELECT 1 FROM outgoing_mail WHERE sent_at IS NOT NULL"
        while len(await fetch(dsns, statement)) < count:
            await asyncio.sleep(0.02)


def smtp(peer: SmtpPeer) -> Smtp:
    return Smtp(f"smtp://127.0.0.1:{peer.port}?plain=1", "rapport@firm.example")


async def test_mail_arrives_as_written_and_headers_cannot_be_smuggled(
    database: Database, dsns: Dsns, agent: Actor, peer: SmtpPeer
) -> None:
    async with running(database, smtp(peer)):
        async with database.transaction(agent) as session:
            mail_id = await send_mail(session, LETTER)
        await sent(dsns)
    [data] = peer.taken
    message = message_from_bytes(data, policy=policy.default)
    assert message["To"] == "li@huaxin.example"
    assert message["Subject"] == "邀请 Bcc: thief@evil.example"
    assert message["Bcc"] is None
    assert message["Message-ID"] == f"<{mail_id}@firm.example>"
    assert message["References"] == "<a@b>"
    body: Any = message.get_body(("plain",))
    assert body.get_content().strip() == LETTER.text


async def test_a_refused_mail_is_tried_again(
    database: Database, dsns: Dsns, agent: Actor, peer: SmtpPeer
) -> None:
    peer.refusals = 1
    async with running(database, smtp(peer)):
        async with database.transaction(agent) as session:
            await send_mail(session, LETTER)
        await sent(dsns)
    assert len(peer.taken) == 1
    assert await fetch(dsns, "SELECT 1 FROM timers WHERE kind = $1", TIMER) == []


async def test_without_a_server_mail_goes_to_the_local_mailbox(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    transport = transport_of(None, sender="rapport@firm.example")
    assert isinstance(transport, LocalMailbox)
    async with running(database, transport):
        async with database.transaction(agent) as session:
            await send_mail(session, LETTER)
        await sent(dsns)
    async with database.read(agent) as connection:
        [row] = await connection.fetch("SELECT * FROM mailbox")
    assert (row["recipient"], row["body"]) == (LETTER.to, LETTER.text)


async def test_a_roll_back_and_a_history_import_send_nothing(
    database: Database, dsns: Dsns, agent: Actor
) -> None:
    with pytest.raises(RuntimeError):
        async with database.transaction(agent) as session:
            await send_mail(session, LETTER)
            raise RuntimeError
    async with database.transaction(agent, historical=True) as session:
        assert await send_mail(session, LETTER) is None
    assert await fetch(dsns, "SELECT 1 FROM outgoing_mail") == []
    assert await fetch(dsns, "SELECT 1 FROM timers") == []


async def test_an_erased_persons_mail_is_gone_and_never_sent(
    database: Database, dsns: Dsns, agent: Actor, peer: SmtpPeer, tmp_path: Any
) -> None:
    li = new_id()
    async with database.transaction(agent) as session:
        await send_mail(session, Mail(to="li@huaxin.example", subject="s", text="t", person=li))
    async with database.worker_session() as session:
        await erase_person(session, li, [], ErasureLedger(tmp_path / "erased"), reason="asked")
    async with running(database, smtp(peer)):
        await asyncio.sleep(0.3)
    assert peer.taken == []
    assert await fetch(dsns, "SELECT 1 FROM outgoing_mail") == []


def dropped(folder: Path, **changes: Any) -> Path:
    """A mail in the folder, as a service leaves it, or changed."""
    mail: dict[str, Any] = {"id": str(new_id()), "person_id": None, "html": None, "headers": {}}
    mail |= {"sender": "a@b", "recipient": LETTER.to, "subject": "s", "body": "t"}
    path = folder / f"{mail['id']}.json"
    path.write_text(json.dumps(mail | changes))
    return path


async def test_a_file_that_is_no_mail_is_set_aside_and_keeps_no_mail_back(
    database: Database, dsns: Dsns, tmp_path: Path
) -> None:
    broken = [dropped(tmp_path), dropped(tmp_path, headers=None), dropped(tmp_path, body="\0")]
    broken[0].write_bytes(b'{"id": ')
    folder = tmp_path / "0.json"
    folder.mkdir()
    good = dropped(tmp_path, subject="whole")
    collector = MailCollector(database, tmp_path)
    with capture_logs() as logged:
        assert [await collector.collect() for _ in range(2)] == [1, 0]
    aside = sorted(path.with_suffix(ASIDE) for path in (*broken, folder))
    assert sorted(tmp_path.iterdir()) == aside
    assert not good.exists()
    assert [row["subject"] for row in await fetch(dsns, "SELECT subject FROM mailbox")] == ["whole"]
    assert {line["event"] for line in logged} == {"mail_set_aside"}
    assert sorted(line["file"] for line in logged) == [str(path) for path in aside]


async def test_mail_waits_in_the_folder_while_the_database_is_away(
    dsns: Dsns, tmp_path: Path
) -> None:
    waiting = dropped(tmp_path)
    nowhere = Database(replace(dsns, worker="postgresql://worker@127.0.0.1:1/away"))
    await nowhere.open()
    with pytest.raises(OSError):
        await MailCollector(nowhere, tmp_path).collect()
    await nowhere.close()
    assert list(tmp_path.iterdir()) == [waiting]


def test_mail_comes_from_the_firm_where_its_name_is_known() -> None:
    row = {
        "id": new_id(), "recipient": "li@huaxin.example", "subject": "x", "body": "x",
        "html": None, "headers": {}, "created_at": datetime(2026, 11, 23, tzinfo=UTC),
    }  # fmt: skip
    for firm, name in (("Park & Stone", "Park & Stone"), (None, "Rapport")):
        transport = transport_of("smtp://mail.example", sender="mail@firm.example", firm=firm)
        assert isinstance(transport, Smtp)
        assert transport.compose(row)["From"].addresses[0].display_name == name
