"""Do lists and searches stay flat with size? The same questions of 1,000 rows and of 1,000,000.

`python -m tests.bench flat` (ROWS=200000 for a shorter run) prints the median time of each
question at both sizes and their ratio, the smaller size being the floor; the goals are a ratio of
1.5 for lists and, over all searches, 50 ms for the slowest hundredth. It asks as somebody of the
firm, who reads all rows, and as somebody of a client, whose rows are as many at both sizes and lie
scattered among the others.
The time is the reader's: statement, PostgreSQL and JSON, without HTTP around it.
"""

import asyncio
import os
import random
import statistics
import time
from urllib.parse import quote_plus

import asyncpg

from shared.database import Database, Dsns
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.reading.reader import ListingReader
from shared.text import search_vector_lexemes
from tests.shared.reading.sample import DDL, LOANS
from tests.support.engines import Engines

SIZES = (1_000, int(os.environ.get("ROWS", "1000000")))
SEEDS = 20_000
WARM = 7
TIMES = 21
FLAT = 1.5
SEARCH_MS = 50.0
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN = "伟芳娜敏静秀丽强磊洋艳勇军杰娟涛明超霞平刚桂英华玉兰红建国文斌辉鑫宇浩凯健俊帆雪"
FIRMS = "华信恒达盛通科创远大天宇金桥东方龙腾海纳新元中联博瑞卓越"
LISTS = ("", "sort=title", "sort=-due_at", "sort=severity", "tags.has=t5", "number=N-77")
SEARCHES = (
    "王", "王伟", "wangwei", "ww", "w", "wang", "1", "138", "13812", "华信", "信科", "huaxin",
    "hx", "hua xin", "hxkj", "x5.cn", "zzzz", "欧阳", "N-77",
)  # fmt: skip
READER = Actor(new_id(), "Reader", Side.FIRM, frozenset({"agent"}))
OWN = 500
"""Rows of the client-side reader."""
OWN_LISTS = ("", "sort=title", "sort=-due_at", "number=N-77")
OWNER = Actor(new_id(), "Owner", Side.CLIENT, client_id=new_id())


def people() -> list[tuple[str, list[str]]]:
    """Contacts of made-up firms, with what they are found by."""
    random_ = random.Random(1)
    made = []
    for number in range(SEEDS):
        name = random_.choice(SURNAMES) + "".join(random_.choices(GIVEN, k=random_.choice([1, 2])))
        firm = "".join(random_.choices(FIRMS, k=2)) + random_.choice(["科技", "实业", "集团"])
        phone = f"13{random_.randrange(10**9):09}"
        mail = f"u{number}@x{random_.randrange(1000)}.cn"
        made.append((name, search_vector_lexemes(name, firm, phone, mail)))
    return made


async def fill(dsn: str, seeds: list[tuple[str, list[str]]], rows: int) -> None:
    """A database of `rows` loans named like the seeds, in random order."""
    connection = await asyncpg.connect(dsn, command_timeout=1200)
    for statement in DDL:
        await connection.execute(statement)
    await connection.execute("SET maintenance_work_mem = '1GB'")
    await connection.execute("CREATE UNLOGGED TABLE seeds (name text, lexemes text[])")
    await connection.executemany("INSERT INTO seeds VALUES ($1, $2)", seeds)
    await connection.execute("DROP INDEX loans_search_idx")
    await connection.execute(
        "INSERT INTO loans (id, number, status, title, client_id, requester_id, severity, tags,"
        " due_at, updated_at, search) SELECT gen_random_uuid(), 'N-' || place,"
        " 'open', name, CASE WHEN own THEN $3::uuid ELSE gen_random_uuid() END,"
        " CASE WHEN own THEN $4::uuid ELSE gen_random_uuid() END, floor(random() * 9)::int,"
        " ARRAY['t' || floor(random() * $1::int / 20)::int], now() + random() * interval '90 days',"
        " now() - random() * interval '90 days', array_to_tsvector(lexemes)"
        " FROM (SELECT *, place % ($1::int / $5::int) = 77 % ($1::int / $5::int) AS own"
        " FROM (SELECT *, row_number() OVER () AS place FROM (SELECT * FROM seeds"
        " CROSS JOIN generate_series(1, $1::int / $2::int + 1) ORDER BY random() LIMIT $1) AS mixed"
        ") AS numbered) AS owned",
        rows,
        SEEDS,
        OWNER.client_id,
        OWNER.user_id,
        OWN,
    )
    await connection.execute("CREATE INDEX loans_search_idx ON loans USING gin (search)")
    await connection.execute("VACUUM ANALYZE loans")
    await connection.close()


Times = dict[str, list[float]]


async def ask(databases: list[Dsns], questions: list[str], actor: Actor) -> list[Times]:
    """The milliseconds each question took each time, asked of the databases in turns."""
    opened = [Database(dsns, pool_size=1) for dsns in databases]
    spent: list[Times] = [{q: [] for q in questions} for _ in databases]
    reader = ListingReader(LOANS)
    for database in opened:
        await database.open()
    for question in questions:
        for at in range(WARM + TIMES):
            for database, times in zip(opened, spent, strict=True):
                start = time.perf_counter()
                await reader.answer(database, actor, question.encode(), {})
                if at >= WARM:
                    times[question].append((time.perf_counter() - start) * 1000)
    for database in opened:
        await database.close()
    return spent


def main() -> int:
    """Fill both sizes, ask, compare; 1 when a goal is missed."""
    searches = [f"q={quote_plus(word)}" for word in SEARCHES]
    asked = {"firm": (READER, [*LISTS, *searches]), "client": (OWNER, [*OWN_LISTS, *searches])}
    engines = Engines()
    engines.start()
    try:
        seeds = people()
        databases = [engines.empty_database("sample") for _ in SIZES]
        for dsns, rows in zip(databases, SIZES, strict=True):
            asyncio.run(fill(dsns.owner, seeds, rows))
        taken = {
            side: asyncio.run(ask(databases, questions, actor))
            for side, (actor, questions) in asked.items()
        }
    finally:
        engines.stop()
    return max(report(side, asked[side][1], *times) for side, times in taken.items())


def report(side: str, questions: list[str], small: Times, large: Times) -> int:
    """Print a line per question; 1 when a list is not flat or searches are too slow."""
    shown = dict(zip((f"q={quote_plus(word)}" for word in SEARCHES), SEARCHES, strict=True))
    missed = 0
    for question in questions:
        before, after = statistics.median(small[question]), statistics.median(large[question])
        steep = question not in shown and after / before > FLAT
        missed |= steep
        name = f"q={shown[question]}" if question in shown else question or "(default order)"
        print(
            f"{side}, {name}: {after / before:.2f} x, {before:.2f} ms of {SIZES[0]:,} rows, "
            f"{after:.2f} ms of {SIZES[1]:,}{'  MISSED' if steep else ''}"
        )
    every = sorted(each for question in shown for each in large[question])
    p50, p99 = statistics.median(every), every[int(len(every) * 0.99)]
    floor = statistics.median(each for question in shown for each in small[question])
    print(
        f"{side}, lists: p50 at most {FLAT} x: {'missed' if missed else 'met'}; "
        f"searches: p50 {p50:.1f} ms = {p50 / floor:.1f} x of {SIZES[0]:,} rows, "
        f"p99 {p99:.1f} ms of {len(every)}; "
        f"goal {SEARCH_MS:.0f} ms {'met' if p99 <= SEARCH_MS else 'missed'}"
    )
    return int(missed or p99 > SEARCH_MS)


if __name__ == "__main__":
    raise SystemExit(main())
