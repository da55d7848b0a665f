"""Anonymous answers cannot be joined to a person: not from any database, event, audit or log."""

from __future__ import annotations

import asyncio
import sys
from itertools import pairwise
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.surveys.rounds.rules import token_hash
from shared.ids import new_id
from shared.telemetry import configure_logging, log
from tests.services.surveys.office import Office
from tests.support.services import MONDAY_TEN

OWN_WORK = {
    "outbox": ("aggregate", "aggregate_id", "type"),
    "audit": ("action", "subject_id"),
    "aggregate_versions": ("aggregate", "aggregate_id", "version"),
    "timers": ("kind", "key"),
}
"""Where a service's own work goes on while answers come; columns that this work leaves alone."""
CANARIES = [f"只有我会这样写-{number}" for number in range(6)]


async def asked(office: Office) -> dict[str, str]:
    """An anonymous survey of five core members and a peripheral one: their tokens."""
    await office.campaign("phase_ended_leaders", active=False)
    await office.campaign("phase_ended_team", anonymous=True)
    await office.end_phase()
    return await office.tokens(6)


async def dump(office: Office) -> dict[str, list[asyncpg.Record]]:
    """Every row of every table, in the order it lies in, with the transaction that wrote it."""
    tables = await office.rows(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> 'alembic_version'"
        " AND relnamespace = 'public'::regnamespace"
    )
    return {
        name: await office.rows(f"SELECT t.*, t.xmin::text AS written_by FROM {name} t")
        for (name,) in tables
    }


def texts(rows: list[asyncpg.Record]) -> str:
    """Everything rows say, as one text."""
    return " ".join(_text(value) for row in rows for value in row.values())


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


async def answer_all(office: Office, tokens: dict[str, str], count: int = 6) -> None:
    """The first `count` people save and submit, each at their own time, with words of their own."""
    for number, token in enumerate(list(tokens.values())[:count]):
        office.clock.forward(hours=3, minutes=7 * number)
        words = {"comment": CANARIES[number]}
        await office.answer("PUT", token, words, status=204)
        await office.answer("POST", token, {"satisfaction": 1 + number % 2}, status=201)


async def test_no_row_anywhere_holds_an_answer_and_a_way_to_its_person(office: Office) -> None:
    tokens = await asked(office)
    await office.until("SELECT 1 FROM outgoing_mail HAVING count(sent_at) = 6")
    people = [str(member.actor.user_id) for member in office.team]
    people += [member.actor.name for member in office.team]
    people += [member.email for member in office.team]
    ways = {token_hash(token).hex() for token in tokens.values()} | set(tokens.values())
    ways |= {str(row["id"]) for row in await office.rows("SELECT id FROM survey_invitations")}
    await answer_all(office, tokens)
    found = await dump(office)
    holding = {name for name, rows in found.items() if any(c in texts(rows) for c in CANARIES)}
    assert holding == {"anonymous_responses"}
    kept = texts(found["anonymous_responses"])
    assert [each for each in (*people, *ways) if each in kept] == []
    assert found["survey_tokens"] == []
    everywhere = texts([row for rows in found.values() for row in rows])
    assert [token for token in tokens.values() if token in everywhere] == []
    assert [token for token in tokens.values() if token_hash(token).hex() in everywhere] == []


async def test_answering_leaves_no_event_no_audit_entry_and_no_mark_on_the_invitation(
    office: Office,
) -> None:
    tokens = await asked(office)
    await office.until("SELECT 1 FROM outgoing_mail HAVING count(sent_at) = 6")
    before = await dump(office)
    await answer_all(office, tokens)
    after = await dump(office)
    silent = set(after) - {"survey_tokens", "anonymous_responses", "limit_windows", "periodic"}
    for name in silent - set(OWN_WORK):
        assert after[name] == before[name], name
    for name, columns in OWN_WORK.items():
        assert told(after[name], columns) == told(before[name], columns), name


def told(rows: list[asyncpg.Record], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """What rows say in columns that nobody writes later, what is told of seals left out."""
    found = [tuple(row[name] for name in columns) for row in rows]
    return sorted(row for row in found if "audit" not in row)


async def test_neither_order_nor_time_nor_transaction_tells_one_answer_from_another(
    office: Office,
) -> None:
    tokens = await asked(office)
    await answer_all(office, tokens)
    rows = (await dump(office))["anonymous_responses"]
    assert len(rows) == 6
    assert {row["written_by"] for row in rows} == {rows[0]["written_by"]}
    assert {UUID(str(row["id"])).version for row in rows} == {4}
    assert {str(row["week"]) for row in rows} == {"2026-11-23"}
    assert set(rows[0].keys()) == {
        "id", "round_id", "week", "role", "answers", "score", "comment", "written_by",
    }  # fmt: skip
    # Five core members, and one in a role of their own: who would be the one without "core".
    assert {row["role"] for row in rows} == {None}


async def test_the_links_that_are_left_are_all_alike(office: Office) -> None:
    tokens = list((await asked(office)).values())
    await office.answer("POST", tokens[0], {"satisfaction": 4}, status=201)
    left = await office.rows("SELECT invitation_id, role, language, draft FROM survey_tokens")
    assert {tuple(row) for row in left} == {(None, None, None, None)}
    assert (await office.answer("GET", tokens[1]))["language"] is None


async def test_a_draft_can_be_read_with_its_link_alone(office: Office) -> None:
    tokens = await asked(office)
    for number, token in enumerate(tokens.values()):
        await office.answer("PUT", token, {"comment": CANARIES[number]}, status=204)
    drafts = await office.rows("SELECT draft FROM survey_tokens")
    assert len({row["draft"] for row in drafts}) == 6
    everywhere = texts([row for rows in (await dump(office)).values() for row in rows])
    assert [canary for canary in CANARIES if canary in everywhere] == []
    for number, token in enumerate(tokens.values()):
        kept = await office.answer("GET", token)
        assert kept["answers"] == {"comment": CANARIES[number]}


async def test_whoever_answers_alone_in_a_week_is_not_told_by_it(office: Office) -> None:
    tokens = list((await asked(office)).values())
    for token in tokens[:5]:
        await office.answer("POST", token, {"satisfaction": 4}, status=201)
    office.clock.forward(days=8)
    await office.answer("POST", tokens[5], {"satisfaction": 1}, status=201)
    weeks = await office.rows("SELECT week FROM anonymous_responses")
    assert [str(row["week"]) for row in weeks] == ["2026-11-23"] * 6


@pytest.mark.parametrize("days", [2, 4, 6])
async def test_the_week_is_kept_and_no_day_of_it(office: Office, days: int) -> None:
    """Asked on a Wednesday, a Friday or a Sunday, which no answer shows."""
    office.clock.forward(days=days)
    tokens = await asked(office)
    await answer_all(office, tokens)
    opened = await office.rows("SELECT opened_at FROM survey_rounds")
    assert {row["opened_at"].isoweekday() for row in opened} == {1 + days}
    weeks = await office.rows("SELECT week FROM anonymous_responses")
    assert [str(row["week"]) for row in weeks] == ["2026-11-23"] * 6


async def test_answers_change_their_order_and_ids_with_every_further_one(office: Office) -> None:
    tokens = await asked(office)
    seen = []
    for number, token in enumerate(tokens.values()):
        await office.answer("POST", token, {"satisfaction": 1, "comment": CANARIES[number]})
        rows = await office.rows("SELECT id, comment FROM anonymous_responses")
        seen.append({row["comment"]: row["id"] for row in rows})
    for earlier, later in pairwise(seen):
        assert set(earlier) < set(later)
        assert set(earlier.values()).isdisjoint(later.values())


def write_where_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let loggers write to this test's standard output: they keep what was there at the start."""
    configure_logging("surveys")
    for name, module in list(sys.modules.items()):
        if name.startswith(("shared.", "services.")) and hasattr(module, "_log"):
            monkeypatch.setattr(module, "_log", log(name))


async def test_no_log_line_holds_a_token_or_an_answer(
    office: Office,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_where_it_is_read(monkeypatch)
    tokens = await asked(office)
    await answer_all(office, tokens, 5)
    last = list(tokens.values())[5]
    owner = await asyncpg.connect(office.dsns.owner)
    await owner.execute("ALTER TABLE anonymous_responses RENAME TO gone")
    await owner.close()
    await office.answer("POST", last, {"satisfaction": 1, "comment": CANARIES[5]}, status=500)
    written = capsys.readouterr()
    logged = written.out + written.err + caplog.text
    assert '"path": "/answers", "status": 500' in logged, "there is a line to look at"
    assert "INSERT INTO anonymous_responses" in logged
    for secret in (*tokens.values(), *CANARIES):
        assert secret not in logged


async def test_an_anonymous_link_too_is_good_once_under_a_hundred_tries(office: Office) -> None:
    token = next(iter((await asked(office)).values()))
    answers = await asyncio.gather(
        *(office.answer("POST", token, {"satisfaction": 3}) for _ in range(100))
    )
    assert sum("submitted" in each for each in answers) == 1
    assert len(await office.rows("SELECT 1 FROM anonymous_responses")) == 1


@pytest.mark.parametrize(("count", "shown"), [(4, None), (5, 0.0), (6, 0.0)])
async def test_groups_under_five_stay_hidden_and_nothing_shows_before_the_close(
    office: Office, count: int, shown: float | None
) -> None:
    tokens = await asked(office)
    await answer_all(office, tokens, count)
    assert [each["responses"] for each in await scores(office)] == [0]
    office.clock.forward(days=15)
    await office.until("SELECT 1 FROM survey_rounds WHERE closed_at IS NOT NULL")
    (score,) = await scores(office)
    expected = 0 if shown is None else count
    assert (score["responses"], score["score"]) == (expected, shown)
    assert (await office.get(office.lead, "/responses"))["items"] == []
    closed = await office.rows(
        "SELECT data::jsonb AS data FROM outbox WHERE type = 'surveys.round.closed.v1'"
    )
    assert len(closed) == 1
    told = closed[0]["data"]
    assert all(canary not in told for canary in CANARIES)
    if shown is None:
        assert '"groups": []' in told and '"low": false' in told
    else:
        assert '"low": true' in told and str(office.lead.user_id) in told


async def scores(office: Office) -> list[dict[str, Any]]:
    """The scores of the engagement."""
    path = f"/scores?by=engagement&engagement_id={office.engagement_id}"
    found: list[dict[str, Any]] = (await office.get(office.lead, path))["items"]
    return found


async def test_fewer_than_five_are_not_asked_anonymously_and_the_list_says_why(
    office: Office,
) -> None:
    await office.campaign("phase_ended_team", active=False)
    await office.campaign("phase_ended_leaders", anonymous=True)
    await office.end_phase()
    listed = (await office.get(office.manager, "/invitations"))["items"]
    assert {(each["status"], each["spared_because"]) for each in listed} == {("spared", "too_few")}
    assert await office.rows("SELECT 1 FROM survey_tokens") == []
    assert await office.rows("SELECT 1 FROM outgoing_mail") == []


async def test_whoever_is_spared_is_so_for_a_reason_that_is_told(office: Office) -> None:
    await office.campaign("phase_ended_leaders", active=False)
    await office.end_phase()
    tired = {member.actor.user_id for member in office.team[2:4]}
    await office.rows(
        "UPDATE survey_invitations SET created_at = created_at - interval '1 year'"
        " WHERE NOT person_id = ANY ($1)",
        list(tired),
    )
    await office.campaign("phase_ended_team", anonymous=True)
    office.phase_id = new_id()
    await office.end_phase()
    spared = (await office.get(office.manager, "/invitations?status=spared"))["items"]
    reasons = {UUID(each["person"]["id"]): each["spared_because"] for each in spared}
    assert {who for who, why in reasons.items() if why == "asked_lately"} == tired
    assert sorted(reasons.values()) == ["asked_lately"] * 2 + ["too_few"] * 4


async def test_reminders_of_an_anonymous_round_go_to_all_alike(office: Office) -> None:
    tokens = await asked(office)
    await answer_all(office, tokens, 2)
    office.clock.now = MONDAY_TEN
    office.clock.forward(days=4, minutes=1)
    letters = await office.letters(12)
    assert len({each["recipient"] for each in letters}) == 6
    sent = await office.rows("SELECT reminders_sent, status FROM survey_invitations")
    assert {(row["reminders_sent"], row["status"]) for row in sent} == {(1, "open")}
