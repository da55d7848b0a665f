"""Erasing leaves no trace of a person, is repeatable, and survives a restore."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.audit import record
from shared.database import Database, Dsns
from shared.erasing import erase_at_once, reapply_erasures
from shared.identity import Actor
from shared.ids import new_id
from shared.jobs import enqueue
from shared.mail import Mail, send_mail
from shared.privacy import (
    TOMBSTONE,
    ErasureLedger,
    How,
    PersonalColumns,
    erase_person,
    export_person,
)
from tests.shared.durable.conftest import fetch

CANARY = "canary-13912345678"
PERSONAL = [
    PersonalColumns("contacts", "id", ("name",), How.TOMBSTONE),
    PersonalColumns("contacts", "id", ("mobile",), How.NULL),
    PersonalColumns("contacts", "id", ("notes",), How.EMPTY_TEXT),
    PersonalColumns("contacts", "id", ("words",), How.EMPTY_ARRAY),
    PersonalColumns("visits", "people", ("summary",), How.TOMBSTONE, many=True),
    PersonalColumns("drafts", "contact_id", (), How.DELETE_ROW),
]
TABLES = """
CREATE TABLE contacts (id uuid PRIMARY KEY, name text NOT NULL, mobile text, notes text NOT NULL,
    words text[] NOT NULL);
CREATE TABLE visits (id uuid PRIMARY KEY, people uuid[] NOT NULL, summary text);
CREATE TABLE drafts (contact_id uuid, body text);
GRANT SELECT, INSERT, UPDATE, DELETE ON contacts, visits, drafts TO durable_worker, durable_firm;
"""


async def someone(dsns: Dsns, person_id: UUID, word: str) -> None:
    add = "INSERT INTO contacts VALUES ($1, $2, $2, $2, ARRAY[$2])"
    await fetch(dsns, add, person_id, word)
    await fetch(dsns, "INSERT INTO visits VALUES (gen_random_uuid(), $1, $2)", [person_id], word)
    await fetch(dsns, "INSERT INTO drafts VALUES ($1, $2)", person_id, word)


@pytest.fixture
async def li(database: Database, dsns: Dsns, agent: Actor) -> UUID:
    """A person who has left traces everywhere, and another who has too."""
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute(TABLES)
    await owner.close()
    person_id = new_id()
    await someone(dsns, person_id, CANARY)
    await someone(dsns, new_id(), "bystander")
    async with database.transaction(agent) as session:
        after = {"mobile": CANARY}
        await record(session, "contact:edit", ("contact", person_id), after=after)
        await send_mail(session, Mail(CANARY, CANARY, CANARY, person=person_id))
        await enqueue(session, "bulk", {"contact": str(person_id), "note": CANARY})
    await fetch(dsns, "UPDATE jobs SET status = 'done', finished_at = now()")
    await fetch(
        dsns,
        "INSERT INTO idempotency VALUES (gen_random_uuid(), 'POST /contacts', 'k', '', '{}', 201,"
        " '{}', $1, now())",
        f'{{"id": "{person_id}", "name": "{CANARY}"}}',
    )
    return person_id


async def dump(dsns: Dsns) -> str:
    """Every row of every table, as text."""
    tables = await fetch(dsns, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    rows = [await fetch(dsns, f"SELECT t::text FROM {table['tablename']} t") for table in tables]
    return str(rows)


async def test_an_erased_persons_words_are_in_no_table(
    database: Database, dsns: Dsns, li: UUID, tmp_path: Path
) -> None:
    assert CANARY in await dump(dsns)
    ledger = ErasureLedger(tmp_path / "erased")
    for _ in range(2):
        async with database.worker_session() as session:
            await erase_person(session, li, PERSONAL, ledger, reason="asked by letter")
    left = await dump(dsns)
    assert CANARY not in left
    assert left.count("bystander") == 6
    assert ledger.people() == [li]
    [contact] = await fetch(dsns, "SELECT * FROM contacts WHERE id = $1", li)
    assert dict(contact) == {"id": li, "name": TOMBSTONE, "mobile": None, "notes": "", "words": []}


async def test_a_restore_from_before_the_erasure_is_put_right(
    database: Database, dsns: Dsns, li: UUID, tmp_path: Path
) -> None:
    ledger = ErasureLedger(tmp_path / "erased")
    ledger.append(li)  # the erasure happened after the backup that this database comes from
    assert await fetch(dsns, "SELECT 1 FROM erasures") == []
    assert await reapply_erasures(database, PERSONAL, ledger) == 1
    assert CANARY not in await dump(dsns)
    [kept] = await fetch(dsns, "SELECT person_id FROM erasures")
    assert kept["person_id"] == li


async def test_an_erasure_whose_process_died_before_the_file_was_written_reaches_it(
    database: Database, li: UUID, tmp_path: Path
) -> None:
    lost = ErasureLedger(tmp_path / "lost")
    async with database.worker_session() as session:
        await erase_person(session, li, PERSONAL, lost, reason="asked")
    ledger = ErasureLedger(tmp_path / "erased")
    ledger.path.write_text(str(new_id())[:20], encoding="ascii")
    await reapply_erasures(database, PERSONAL, ledger)
    assert li in ledger.people()


async def test_an_erasure_sees_nothing_of_what_is_written_meanwhile(
    database: Database, dsns: Dsns, li: UUID, tmp_path: Path
) -> None:
    """Half of it would be told again under nobody's name; the second erasure takes it whole."""
    seen: list[int] = []

    async def write_and_look(session: AsyncSession, person_id: UUID) -> int:
        await someone(dsns, new_id(), "new")
        seen.append(await session.scalar(text("SELECT count(*) FROM contacts")) or 0)
        return 0

    before = len(await fetch(dsns, "SELECT 1 FROM contacts"))
    ledger = ErasureLedger(tmp_path / "erased")
    await erase_at_once(database, li, PERSONAL, ledger, reason="asked", blank=[write_and_look])
    assert seen == [before]
    assert len(await fetch(dsns, "SELECT 1 FROM contacts")) == before + 1


async def test_an_erasure_that_is_overtaken_begins_anew(
    database: Database, dsns: Dsns, li: UUID, tmp_path: Path
) -> None:
    tries: list[UUID] = []

    async def overtake(session: AsyncSession, person_id: UUID) -> None:
        await session.scalar(text("SELECT 1 FROM contacts LIMIT 1"))
        if not tries:
            await fetch(dsns, "UPDATE contacts SET name = name || ' again'")
        tries.append(person_id)

    ledger = ErasureLedger(tmp_path / "erased")
    await erase_at_once(database, li, PERSONAL, ledger, reason="asked", parting=overtake)
    assert tries == [li, li]
    assert CANARY not in await dump(dsns)


async def test_everything_that_is_held_of_a_person_can_be_shown(
    database: Database, li: UUID
) -> None:
    async with database.worker_session() as session:
        held = await export_person(session, li, PERSONAL, firm_eyes=True)
    assert {"name": CANARY} in held["contacts"]
    assert held["visits"] == [{"summary": CANARY}]
    assert held["drafts"][0]["body"] == CANARY
    assert held["audit"][0]["after"] == {"mobile": CANARY}
    assert "bystander" not in str(held)


async def test_what_the_firm_writes_for_itself_is_not_given_to_the_person(
    database: Database, dsns: Dsns, li: UUID
) -> None:
    own = [
        PersonalColumns("contacts", "id", ("name",), How.TOMBSTONE),
        PersonalColumns("visits", "people", ("summary",), How.NULL, many=True, firm_eyes=True),
        PersonalColumns("drafts", "contact_id", (), How.DELETE_ROW, firm_eyes="internal"),
    ]
    owner = await asyncpg.connect(dsns.owner)
    await owner.execute("ALTER TABLE drafts ADD internal boolean NOT NULL DEFAULT true")
    await owner.execute("INSERT INTO drafts VALUES ($1, 'for everybody', false)", li)
    await owner.close()
    async with database.worker_session() as session:
        given = await export_person(session, li, own)
        held = await export_person(session, li, own, firm_eyes=True)
    assert [each["body"] for each in given["drafts"]] == ["for everybody"]
    assert set(given) == {"contacts", "drafts"}
    assert set(held) == {"contacts", "drafts", "visits", "audit"}
    assert len(held["drafts"]) == 2


@pytest.mark.parametrize(
    ("table", "columns", "how"),
    [
        ("contacts; DROP TABLE contacts", ("name",), How.NULL),
        ("contacts", ("name = 'x' --",), How.NULL),
        ("contacts", (), How.NULL),
        ("contacts", ("name",), How.DELETE_ROW),
    ],
)
def test_the_registry_takes_plain_names_only(
    table: str, columns: tuple[str, ...], how: How
) -> None:
    with pytest.raises(ValueError, match="name"):
        PersonalColumns(table, "id", columns, how)
