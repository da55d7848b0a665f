"""Mail: queued in the transaction that causes it, delivered afterwards, retried until it is out.

    await send_mail(session, Mail(to="li@huaxin.example", subject="...", text="...", person=id))

`MailRunner(database, transport_of(settings.smtp_url, sender=...)).run()` delivers. Without an SMTP
server mail goes to the local mailbox (`mailbox` table), which administrators can read. Delivery is
at least once: a crash right after the server took a mail sends it again, with the same Message-ID.
Writes of a history import send nothing.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

import aiosmtplib
import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Database, context_of
from shared.ids import new_id
from shared.privileges import PEOPLE, worker_table
from shared.timers import Fired, TimerRunner, schedule

TIMER: Final = "mail.send"
_SMTP_SECONDS: Final = 20
_KEPT: Final = timedelta(days=30)

DDL: list[str] = [
    """CREATE TABLE outgoing_mail (
        id uuid PRIMARY KEY,
        person_id uuid,
        recipient text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        html text,
        headers jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        sent_at timestamptz
    )""",
    "CREATE INDEX outgoing_mail_person ON outgoing_mail (person_id)",
    "CREATE INDEX outgoing_mail_sent_at ON outgoing_mail (sent_at)",
    *worker_table("outgoing_mail", appended_by=PEOPLE),
    """CREATE TABLE mailbox (
        id uuid PRIMARY KEY,
        person_id uuid,
        at timestamptz NOT NULL,
        sender text NOT NULL,
        recipient text NOT NULL,
        subject text NOT NULL,
        body text NOT NULL,
        html text,
        headers jsonb NOT NULL
    )""",
    "CREATE INDEX mailbox_at ON mailbox (at)",
    *worker_table("mailbox"),
    "GRANT SELECT ON mailbox TO {service}_firm",
    "CREATE POLICY mailbox_firm ON mailbox FOR SELECT TO {service}_firm USING (true)",
]


@dataclass(frozen=True)
class Mail:
    """One mail to one person. `person` is the recipient's id, so that erasing them finds it."""

    to: str
    subject: str
    text: str
    html: str | None = None
    person: UUID | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


async def send_mail(session: AsyncSession, mail: Mail) -> UUID | None:
    """Queue a mail in the session's transaction; answers its id, None while history is imported."""
    context = context_of(session)
    if context.historical:
        return None
    mail_id = new_id()
    await session.execute(
        text(
            "INSERT INTO outgoing_mail (id, person_id, recipient, subject, body, html, headers,"
            " created_at) VALUES (:id, :person, :recipient, :subject, :body, :html,"
            " CAST(:headers AS jsonb), :now)"
        ),
        {
            "id": mail_id,
            "person": mail.person,
            "recipient": mail.to,
            # A line break in a header would start another header.
            "subject": " ".join(mail.subject.split()),
            "body": mail.text,
            "html": mail.html,
            "headers": orjson.dumps(dict(mail.headers)).decode(),
            "now": context.now,
        },
    )
    await schedule(session, TIMER, str(mail_id), context.now, {})
    return mail_id


class Transport(Protocol):
    """Where mail goes."""

    async def deliver(self, session: AsyncSession, mail: Mapping[str, Any]) -> None:
        """Hand over one row of `outgoing_mail`; raises when it was not taken."""


@dataclass(frozen=True)
class LocalMailbox:
    """Keeps mail in the database, for installations without a mail server."""

    sender: str

    async def deliver(self, session: AsyncSession, mail: Mapping[str, Any]) -> None:
        """Put the mail where administrators read it."""
        await session.execute(
            text(
                "INSERT INTO mailbox (id, person_id, at, sender, recipient, subject, body, html,"
                " headers) SELECT id, person_id, :now, :sender, recipient, subject, body, html,"
                " headers FROM outgoing_mail WHERE id = :id"
            ),
            {"id": mail["id"], "now": context_of(session).now, "sender": self.sender},
        )


@dataclass(frozen=True)
class Smtp:
    """Hands mail to an SMTP server: `smtp://user:password@host:587` (STARTTLS) or `smtps://`.

    `?plain=1` sends unencrypted, for a relay on the same machine.
    """

    url: str
    sender: str
    name: str = "Rapport"

    async def deliver(self, session: AsyncSession, mail: Mapping[str, Any]) -> None:
        """Send one mail; a permanent refusal is raised like a temporary one and ends as dead."""
        parts = urlsplit(self.url)
        secure = parts.scheme == "smtps"
        plain = "plain=1" in parts.query.split("&")
        await aiosmtplib.send(
            self.compose(mail),
            hostname=parts.hostname or "127.0.0.1",
            port=parts.port or (465 if secure else 587),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=secure,
            start_tls=not (secure or plain),
            tls_context=None if plain else ssl.create_default_context(),
            timeout=_SMTP_SECONDS,
        )

    def compose(self, mail: Mapping[str, Any]) -> EmailMessage:
        """The message as it goes over the wire; its Message-ID follows from the row's id."""
        message = EmailMessage()
        message["From"] = formataddr((self.name, self.sender))
        message["To"] = mail["recipient"]
        message["Subject"] = mail["subject"]
        message["Date"] = format_datetime(mail["created_at"])
        message["Message-ID"] = f"<{mail['id']}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        for name, value in mail["headers"].items():
            message[name] = value
        message.set_content(mail["body"])
        if mail["html"]:
            message.add_alternative(mail["html"], subtype="html")
        return message


def sender_name(firm: str | None) -> str:
    """Who people read mail from: the firm, where the installation says its name."""
    return firm or "Rapport"


def transport_of(smtp_url: str | None, *, sender: str, firm: str | None = None) -> Transport:
    """SMTP where a server is configured, else the local mailbox."""
    return Smtp(smtp_url, sender, sender_name(firm)) if smtp_url else LocalMailbox(sender)


@dataclass
class MailRunner:
    """Delivers queued mail; apart from other timers, which a slow mail server must not hold up."""

    database: Database
    transport: Transport

    async def run(self) -> None:
        """Deliver until cancelled."""
        await TimerRunner(self.database, {TIMER: self.deliver}, width=2).run()

    async def deliver(self, session: AsyncSession, fired: Fired) -> None:
        """Deliver one queued mail."""
        await deliver_with(self.transport, session, fired)


async def deliver_with(transport: Transport, session: AsyncSession, fired: Fired) -> None:
    """Deliver one queued mail, note when, and keep none of its words: a link in them may open
    something. As a timer's handler: `TIMERS = {TIMER: partial(deliver_with, transport)}`.
    """
    rows = await session.execute(
        text(
            "SELECT id, person_id, recipient, subject, body, html, headers, created_at"
            " FROM outgoing_mail WHERE id = :id AND sent_at IS NULL FOR UPDATE"
        ),
        {"id": UUID(fired.key)},
    )
    mail = rows.mappings().one_or_none()
    if mail is None:
        return
    await transport.deliver(session, dict(mail))
    await session.execute(
        text("UPDATE outgoing_mail SET sent_at = :now, body = '', html = NULL WHERE id = :id"),
        {"now": context_of(session).now, "id": mail["id"]},
    )


async def erase_from_mail(session: AsyncSession, person_id: UUID) -> int:
    """Delete the mail sent or to be sent to a person; answers how many."""
    counts = 0
    for table in ("outgoing_mail", "mailbox"):
        result = await session.execute(
            text(f"DELETE FROM {table} WHERE person_id = :person"), {"person": person_id}
        )
        counts += result.rowcount  # type: ignore[attr-defined]
    return counts


async def purge_mail(session: AsyncSession) -> None:
    """Forget queue rows of mail that left more than 30 days ago; a job of services that mail."""
    await session.execute(
        text("DELETE FROM outgoing_mail WHERE sent_at < :oldest"),
        {"oldest": context_of(session).now - _KEPT},
    )
