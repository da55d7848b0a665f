"""The local mailbox, for administrators: it exists only where no mail server is configured."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.audience import ADMIN
from shared.identity import Actor
from shared.reading import ANY_OF, CONTAINS, RANGE, Column, Listing, Scope


def _all(_: Actor) -> Scope:
    return Scope.everything()


_HEAD: Final = (
    Column("id", "m.id", UUID, audience=ADMIN, filters=ANY_OF),
    Column("at", "m.at", datetime, audience=ADMIN, filters=RANGE, sortable=True),
    Column("sender", "m.sender", str, audience=ADMIN),
    Column("to", "m.recipient", str, audience=ADMIN, filters=ANY_OF | CONTAINS),
    Column("subject", "m.subject", str, audience=ADMIN, filters=CONTAINS),
    Column("text", "m.body", str, audience=ADMIN),
)
MAILS: Final = Listing(
    name="mails", path="/dev/mail", item="Mail", policy="mail:list", source="mailbox m",
    columns=_HEAD, scope=_all, order="-at", summary="Mail in the local mailbox",
)  # fmt: skip
MAIL: Final = MAILS.detail(
    name="mail",
    policy="mail:view",
    more=(Column("html", "m.html", str | None, audience=ADMIN),),
    summary="One mail of the local mailbox",
)  # fmt: skip
