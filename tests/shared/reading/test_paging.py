"""Pages: any sort, any filter, any page size, rows arriving meanwhile: each row exactly once."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from shared.reading import searching
from tests.shared.reading.conftest import CLIENT, Insert, Reader

SORTS = [
    "-updated_at",
    "updated_at",
    "title",
    "-title",
    "severity",
    "-severity",
    "due_at",
    "-due_at",
    "urgency",
    "-urgency",
    "id",
    "-id",
    "number",
    "fee,-title",
    "-severity,title",
    "owner,due_at",
    "status,-due_at,severity",
    "-status,severity,-id",
    "lent_on",
    "severity,due_at,-updated_at",
]
FILTERS = [
    "",
    "status=open,late",
    "severity.null=false",
    "title.contains=a",
    "q=loan",
    "overdue=true",
]
START = datetime(2026, 1, 1, tzinfo=UTC)


def some(random_: random.Random) -> dict[str, object]:
    """Few distinct values, many NULLs: ties are what paging gets wrong."""
    instant = START + timedelta(microseconds=random_.randrange(4))
    return {
        "status": random_.choice(["open", "late", "back"]),
        "title": random_.choice(["loan a", "loan b", "贷款 a", "Loan"]),
        "severity": random_.choice([None, 1, 2]),
        "due_at": random_.choice([None, instant]),
        "fee_minor": random_.choice([None, 100, 200]),
        "fee_currency": "CNY",
        "lent_on": random_.choice([None, START.date()]),
        "updated_at": instant,
    }


@pytest.mark.parametrize("sort", SORTS)
async def test_paging_visits_each_row_once_while_rows_arrive(
    reader: Reader, loan: Insert, sort: str
) -> None:
    random_ = random.Random(sort)
    for _ in range(40):
        await loan(**some(random_))
    for filter_ in FILTERS:
        path = f"/loans?sort={sort}&{filter_}"
        before = await reader.ids(f"{path}&limit=200")
        seen: list[str] = []
        cursor, pages = "", 0
        while pages < 100:
            limit = random_.choice([1, 2, 3, 7, 10, 11])
            answer = (await reader.get(f"{path}&limit={limit}{cursor}")).json()
            seen += [item["id"] for item in answer["items"]]
            assert len(answer["items"]) <= limit
            pages += 1
            if answer["next_cursor"] is None:
                break
            assert len(answer["items"]) == limit
            cursor = f"&cursor={answer['next_cursor']}"
            if pages % 4 == 0:
                await loan(**some(random_))
        assert len(seen) == len(set(seen)), filter_
        known = set(before)
        assert [one for one in seen if one in known] == before, filter_


async def test_a_cursor_continues_only_its_own_question(reader: Reader, loan: Insert) -> None:
    for _ in range(3):
        await loan()
    cursor = (await reader.get("/loans?limit=1&status=open")).json()["next_cursor"]
    same = f"/loans?status=open&cursor={cursor}"
    assert len(await reader.ids(same)) == 2
    both = (await reader.get("/loans?limit=1&status=open&severity.null=true")).json()
    turned = f"/loans?severity.null=true&status=open&cursor={both['next_cursor']}"
    assert len(await reader.ids(turned)) == 2
    assert len(await reader.ids(f"{same}&limit=1&fields=id&total=true")) == 1
    for other in (
        f"/loans?cursor={cursor}",
        f"/loans?status=late&cursor={cursor}",
        f"{same}&sort=title",
        f"{same}&q=loan",
        f"{same}&overdue=false",
        f"/loans?status=open&cursor={cursor[:-3]}",
        f"/loans?status=open&cursor={cursor}AAAA",
    ):
        answer = await reader.get(other)
        assert answer.status_code == 400, other
        assert answer.json()["errors"][0]["pointer"] == "?cursor"


async def test_another_persons_cursor_shows_nothing_of_theirs(reader: Reader, loan: Insert) -> None:
    mine = str(await loan(updated_at=START))
    for day in (1, 2):
        await loan(requester_id=mine, updated_at=START + timedelta(days=day))
    cursor = (await reader.get("/loans?limit=1")).json()["next_cursor"]
    assert await reader.ids(f"/loans?cursor={cursor}", CLIENT) == [mine]


@pytest.mark.parametrize(
    "sizes",
    [
        {"_NEAR": 2, "_SOME": 1_000, "_FEW": 3},
        {"_NEAR": 2, "_SOME": 1_000, "_FEW": 1_000},
        {"_NEAR": 1_000, "_FEW": 1},
        {"_NEAR": 4, "_SOME": 1, "_FAR": 1_000, "_FEW": 1},
        {"_NEAR": 4, "_SOME": 1, "_FAR": 8, "_FEW": 1_000},
        {"_NEAR": 4, "_SOME": 1, "_FAR": 8, "_FEW": 3},
    ],
    ids=["walk", "few", "near", "far", "far, then few", "far, then walk"],
)
@pytest.mark.parametrize("sort", ["-updated_at", "severity,-title", "-due_at"])
async def test_a_search_gives_the_same_pages_whichever_way_it_looks(
    reader: Reader,
    loan: Insert,
    monkeypatch: pytest.MonkeyPatch,
    sizes: dict[str, int],
    sort: str,
) -> None:
    for name, size in sizes.items():
        monkeypatch.setattr(searching, name, size)
    random_ = random.Random(sort)
    for _ in range(60):
        await loan(**some(random_))
    everything = (await reader.get(f"/loans?sort={sort}&limit=200")).json()["items"]
    for word in ("a", "daikuan", "loan", "dk a"):
        expected = [
            item["id"]
            for item in everything
            if (word == "loan" and "oan" in item["title"])
            or (word == "a" and "a" in item["title"])
            or (word == "daikuan" and "贷款" in item["title"])
            or (word == "dk a" and item["title"] == "贷款 a")
        ]
        seen: list[str] = []
        cursor = ""
        while True:
            path = f"/loans?sort={sort}&q={word.replace(' ', '+')}&limit=10&total=true{cursor}"
            answer = (await reader.get(path)).json()
            seen += [item["id"] for item in answer["items"]]
            assert answer["total"] == len(expected)
            if answer["next_cursor"] is None:
                break
            cursor = f"&cursor={answer['next_cursor']}"
        assert seen == expected, word
