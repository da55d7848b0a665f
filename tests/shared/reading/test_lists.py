"""Lists: what a question selects, how it is refused, what goes out."""

from datetime import UTC, date, datetime
from urllib.parse import quote

import asyncpg
import pytest

from shared.ids import new_id
from tests.shared.reading.conftest import ADMIN, AGENT, CLIENT, LEFT, STRANGER, Insert, Reader
from tests.support.hostile import HOSTILE

NOON = datetime(2025, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


async def test_a_row_goes_out_in_the_public_form(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    owner_id = new_id()
    await owner.execute("INSERT INTO owners VALUES ($1, '赵敏')", owner_id)
    made = await loan(
        title='华信 "引号"',
        owner_id=owner_id,
        severity=3,
        fee_minor=12_000_000,
        fee_currency="CNY",
        tags=["VIP", "new"],
        due_at=NOON,
        lent_on=date(2026, 11, 1),
        updated_at=NOON,
    )
    answer = await reader.get("/loans")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "items": [
            {
                "id": str(made),
                "number": "L-000001",
                "status": "open",
                "title": '华信 "引号"',
                "owner": {"id": str(owner_id), "name": "赵敏"},
                "severity": 3,
                "fee": {"amount_minor": 12_000_000, "currency": "CNY"},
                "tags": ["VIP", "new"],
                "due_at": "2025-11-23T12:00:00Z",
                "urgency": "2025-11-23T12:00:00Z",
                "lent_on": "2026-11-01",
                "updated_at": "2025-11-23T12:00:00Z",
                "version": 1,
            }
        ],
        "next_cursor": None,
    }


async def test_an_empty_list_is_an_empty_array(reader: Reader, owner: asyncpg.Connection) -> None:
    answer = await reader.get("/loans?total=true")
    assert answer.json() == {"items": [], "next_cursor": None, "total": 0}


async def test_filters_select(reader: Reader, loan: Insert) -> None:
    one = str(
        await loan(
            status="open",
            severity=1,
            tags=["a", "b"],
            title="50% off_er",
            due_at=NOON,
            fee_minor=5,
            fee_currency="CNY",
        )
    )
    two = str(await loan(status="late", severity=5, tags=["b"], title="plain"))
    three = str(await loan(status="back", lent_on=date(2026, 1, 2)))
    expected = {
        "status=open": {one},
        "status=open,late": {one, two},
        "status=open&status=back": {one, three},
        f"id={two}": {two},
        "severity=5": {two},
        "severity.gte=1&severity.lte=4": {one},
        "severity.after=1": {two},
        "severity.before=5": {one},
        "severity.null=true": {three},
        "severity.null=false": {one, two},
        "tags.has=b": {one, two},
        "tags.has=a&tags.has=b": {one},
        "title.contains=50%25": {one},
        "title.contains=F_E": {one},
        "title.contains=L_IN": set(),
        "due_at.gte=2025-11-23T12:00:00Z": {one},
        "due_at.gte=2025-11-23T20:00:00%2B08:00": {one},
        "due_at.after=2025-11-23T12:00:01Z": set(),
        "lent_on=2026-01-02": {three},
        "fee.gte=5": {one},
        "overdue=true": {one},
        "overdue=false": {two, three},
        "returned=true": {three},
        "status=open&severity.gte=2": set(),
    }
    for query, ids in expected.items():
        assert set(await reader.ids(f"/loans?{query}")) == ids, query


async def test_what_is_not_known_is_refused_by_name(
    reader: Reader, owner: asyncpg.Connection
) -> None:
    wrong = {
        "nonsense=1": "?nonsense",
        "title=x": "?title",
        "severity.like=1": "?severity.like",
        "version=1": "?version",
        "status.gte=open": "?status.gte",
        "sort=tags": "?sort=tags",
        "sort=nonsense": "?sort=nonsense",
        "sort=": "?sort=",
        "sort=title,-title": "?sort",
        "fields=nonsense": "?fields=nonsense",
        "status=gone": "?status",
        "severity=three": "?severity",
        "severity=9223372036854775808": "?severity",
        "severity.null=maybe": "?severity.null",
        "id=1": "?id",
        "due_at.gte=2026-11-23": "?due_at.gte",
        "due_at.gte=2025-11-23T08:00:00": "?due_at.gte",
        "lent_on=2026-02-30": "?lent_on",
        "title.contains=%00": "?title.contains",
        "limit=0": "?limit",
        "limit=201": "?limit",
        "limit=1&limit=2": "?limit",
        "total=1": "?total",
        "cursor=nonsense": "?cursor",
        "cursor=": "?cursor",
        "title.contains=%ff": "?query",
        "&".join(f"tags.has={n}" for n in range(101)): "?query",
    }
    for query, pointer in wrong.items():
        answer = await reader.get(f"/loans?{query}")
        assert answer.status_code == 400, query
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["errors"][0]["pointer"] == pointer, query


@pytest.mark.parametrize(
    "question",
    [
        "secret=x",
        "sort=secret",
        "sort=-severity",
        "fields=id,secret",
        "severity=1",
        "severity.null=true",
        "tags.has=a",
        "returned=true",
        "fields=tags",
    ],
)
async def test_a_column_of_another_audience_is_an_unknown_column(
    reader: Reader, loan: Insert, question: str
) -> None:
    await loan(secret="x", severity=1, tags=["a"])
    answer = await reader.get(f"/loans?{question}", CLIENT)
    unknown = await reader.get(f"/loans?{question.replace('secret', 'nothing')}", CLIENT)
    assert answer.status_code == unknown.status_code == 400
    assert answer.json()["code"] == unknown.json()["code"] == "unknown_parameter"
    assert (await reader.get(f"/loans?{question}", ADMIN)).status_code == 200


async def test_each_audience_gets_its_columns(reader: Reader, loan: Insert) -> None:
    await loan(secret="x", severity=1)
    shown = {
        actor.name: set((await reader.get("/loans", actor)).json()["items"][0])
        for actor in (CLIENT, AGENT, ADMIN)
    }
    assert shown["Agent"] - shown["Li"] == {"severity", "tags"}
    assert shown["Admin"] - shown["Agent"] == {"secret"}


async def test_fields_choose_and_keep_the_declared_order(reader: Reader, loan: Insert) -> None:
    await loan()
    answer = await reader.get("/loans?fields=title,number&sort=due_at")
    assert list(answer.json()["items"][0]) == ["number", "title"]


async def test_scope_keeps_each_side_to_its_rows(reader: Reader, loan: Insert) -> None:
    mine = str(await loan())
    await loan(requester_id=STRANGER.user_id, client_id=STRANGER.client_id)
    await loan(requester_id=STRANGER.user_id)
    assert await reader.ids("/loans", CLIENT) == [mine]
    assert await reader.ids("/loans", LEFT) == []
    assert len(await reader.ids("/loans", AGENT)) == 3


async def test_whoever_a_row_is_about_does_not_see_it(reader: Reader, loan: Insert) -> None:
    made = str(await loan(about=[AGENT.user_id]))
    assert await reader.ids("/loans", AGENT) == []
    assert await reader.ids("/loans", ADMIN) == [made]
    assert (await reader.get(f"/loans/{made}", AGENT)).status_code == 404


async def test_total_counts_and_gives_up_at_ten_thousand(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    await loan()
    assert (await reader.get("/loans?total=true&limit=1")).json()["total"] == 1
    await owner.execute(
        "INSERT INTO loans (id, number, status, title, client_id, requester_id) "
        "SELECT gen_random_uuid(), 'N-' || n, 'open', 'x', gen_random_uuid(), gen_random_uuid() "
        "FROM generate_series(1, 10000) n"
    )
    assert (await reader.get("/loans?total=true&limit=1")).json()["total"] == "10,000+"
    assert (await reader.get("/loans?total=true&limit=1&number=N-7")).json()["total"] == 1


async def test_search_finds_by_substring_pinyin_and_initials(reader: Reader, loan: Insert) -> None:
    huaxin = str(await loan(title="深圳華信科技ABC有限公司"))
    await loan(title="上海恒达实业")
    for text in ("华信", "信科", "huaxin", "hx", "hua xin", "hxkj", "華信", "ＡＢＣ", "bc", "HuaX"):
        assert await reader.ids(f"/loans?q={quote(text)}") == [huaxin], text
    assert await reader.ids("/loans?q=L-000002&status=open") != [huaxin]
    assert await reader.ids("/loans?q=xk") == [huaxin]
    assert await reader.ids("/loans?q=%E4%BF%A1%E6%81%92") == []
    assert await reader.ids("/loans?q=!!!") == []
    assert len(await reader.ids("/loans?q=%20")) == 2


async def test_a_list_under_a_parent_needs_the_parent_in_sight(
    reader: Reader, loan: Insert, owner: asyncpg.Connection
) -> None:
    made, other = await loan(), await loan()
    note = new_id()
    await owner.execute("INSERT INTO notes VALUES ($1, $2, 'hello')", note, made)
    assert await reader.ids(f"/loans/{made}/notes", CLIENT) == [str(note)]
    assert await reader.ids(f"/loans/{other}/notes", CLIENT) == []
    for path in (f"/loans/{made}/notes", f"/loans/{new_id()}/notes", "/loans/7/notes"):
        assert (await reader.get(path, STRANGER)).status_code == 404


async def test_policy_and_token_guard_the_door(reader: Reader, owner: asyncpg.Connection) -> None:
    assert (await reader.get("/secrets")).status_code == 403
    assert (await reader.get("/secrets", ADMIN)).status_code == 200
    assert (await reader.client.get("/loans")).status_code == 401
    assert (await reader.client.post("/secrets")).status_code == 405


async def test_hostile_text_in_every_parameter_is_only_text(reader: Reader, loan: Insert) -> None:
    made = await loan()
    names = [
        "status",
        "title.contains",
        "severity",
        "tags.has",
        "due_at.gte",
        "q",
        "sort",
        "fields",
        "limit",
        "cursor",
        "total",
        "id",
        "overdue",
        "owner",
    ]
    for text in HOSTILE:
        for name in names:
            answer = await reader.get("/loans", params={name: text})
            assert answer.status_code in (200, 400), (name, text)
        assert (await reader.get("/loans", params={text: "1"})).status_code == 400
        assert (await reader.get(f"/loans/{quote(text, safe='')}")).status_code == 404
    assert await reader.ids("/loans") == [str(made)]
