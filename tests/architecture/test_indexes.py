"""Every order and search a list offers has an index, so that it stays flat as tables grow.

With scans from end to end and sorts switched off, the planner uses an index wherever one fits;
what is left of them in a plan is a list that would slow down.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shared.database import Database, Dsns
from shared.identity import Actor
from shared.reading import Listing
from shared.reading.questions import View
from shared.reading.reader import ListingReader
from tests.architecture.sources import PACKAGES, readings_of
from tests.architecture.test_readings import ACTORS, each_service, policy_of
from tests.support.plans import nodes, plan

SHORT = {"api_keys", "imports", "waiting"}
"""Lists that stay short by nature; those under a parent are as short as one record's."""
SWITCHES = "SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"


def questions_of(view: View) -> Iterator[str]:
    """The default order, each sort and the search."""
    yield ""
    yield from (f"sort={column.name}" for column in view.columns.values() if column.sortable)
    if view.search is not None:
        yield "q=hx"


def of_a_page(sort: Mapping[str, Any]) -> bool:
    """Whether what is sorted are the hits of one page, each read by its key."""
    read = [node for node in nodes(sort) if node.get("CTE Name") == "hits"]
    keyed = [node for node in nodes(sort) if "hits.key" in str(node.get("Index Cond"))]
    return bool(read and keyed)


def slow_nodes(explained: Mapping[str, Any]) -> list[str]:
    """Reads from end to end, and sorts of more than the few matches or one page of a search."""
    found = []
    for node in nodes(explained):
        if node["Node Type"] == "Seq Scan":
            found.append(f"Seq Scan on {node['Relation Name']}")
        few = node["Node Type"] == "Sort" and node["Sort Key"][0].startswith("few")
        if node["Node Type"] == "Sort" and not few and not of_a_page(node):
            found.append(f"Sort by {node['Sort Key']}")
    return found


@each_service
def test_every_order_and_search_has_an_index(
    service: str, service_database: Callable[[str], Dsns]
) -> None:
    policy = policy_of(PACKAGES[service])
    listings = [one for one in readings_of(PACKAGES[service]) if isinstance(one, Listing)]

    async def run(dsns: Dsns) -> list[str]:
        database = Database(dsns, pool_size=2)
        await database.open()
        slow: list[str] = []
        for listing in listings:
            if listing.parents or listing.name in SHORT:
                continue
            for actor in ACTORS:
                if policy[listing.policy].allows(actor):
                    slow += await slow_questions(database, listing, actor)
        await database.close()
        return slow

    assert asyncio.run(run(service_database(service))) == []


async def slow_questions(database: Database, listing: Listing, actor: Actor) -> list[str]:
    """The questions that read or sort more than a page, with what does."""
    slow = []
    async with database.read(actor, exclusions=True) as connection, connection.transaction():
        await connection.execute(SWITCHES)
        for question in questions_of(ListingReader(listing).view(actor)):
            explained = await plan(listing, connection, actor, question.encode())
            found = slow_nodes(explained)
            if found:
                slow.append(f"{listing.name}?{question} as {actor.side}: {found}")
    return slow
