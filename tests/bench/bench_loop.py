"""The loop's own paths in a whole instance, next to the floors measured in the same minutes.

`python -m tests.bench loop` walks one loop in an empty instance, gives its client a timeline of
10,000 entries, and measures processor time in the service behind each path: reads straight at the
service, writes through the door as the people of the team. The floors are those of the benches
`reading` and `create`. The client page has a goal of its own: 20 ms in the service.
"""

import asyncio
import http.client
import statistics
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg

from deploy.processes import free_port
from deploy.supervisor.home import Home
from shared.identity import HEADER, Actor, Side, Signer
from shared.provision import database_name
from tests.bench import bench_create, bench_reading
from tests.bench.bench_reading import Server
from tests.bench.wire import ask, request
from tests.loop.cast import Cast, bring_in
from tests.loop.steps import STEPS, Walker
from tests.loop.story import BAD, Story
from tests.support.engines import Engines
from tests.support.instances import Instance, empty_instance

ROUNDS: Final = 5
REQUESTS: Final = 300
FEWER: Final = 60
"""Writes a round: all go to one deliverable, whose record is read anew by each."""
ENTRIES: Final = 10_000
UNTRACED: Final = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
"""What the door says of 19 requests in 20."""
GOALS: Final = {"one row": 3.0, "list of 50": 2.0, "write": 5.0}
PAGE: Final = "client page, 10,000 entries"
PAGE_MILLISECONDS: Final = 20.0
_ENTRIES: Final = (
    "INSERT INTO own_entries (id, client_id, at, source, kind, record_id, title, actor_name,"
    " sentence) SELECT gen_random_uuid(), $1, now() - n * interval '1 hour', 'client', 'changed',"
    """ $1, '华信装备', '林晓', '{"en": "Client changed", "zh": "客户资料已修改"}'"""
    " FROM generate_series(1, $2::int) n"
)


@dataclass(frozen=True)
class Way:
    """One kind of request: whose processor time counts, what is sent where, and its floor."""

    server: Server
    port: int
    messages: Callable[[int], list[bytes]]
    floor: str
    held: bool = True
    """Whether the floor's goal is this way's; a page of many parts has none."""


def walked(instance: Instance) -> tuple[Cast, Story]:
    """One whole loop; a second one with a deliverable in review and a survey to be answered."""
    cast = bring_in(instance)
    campaign = cast.admin.get("/campaigns", key="case_closed")["items"][0]
    cast.admin.patch(f"/campaigns/{campaign['id']}", fatigue_days=0)
    first, second = Walker(Story(cast, 1)), Walker(Story(cast, 2))
    for step in STEPS:
        first.take(step)
    names = [step.name for step in STEPS]
    commented, complaint, answer = map(
        names.index, ("deliverable commented", "complaint", "bad answer")
    )
    for step in (*STEPS[:commented], *STEPS[complaint:answer]):
        second.take(step)
    return cast, second.story


async def lengthen(home: Home, client_id: str) -> None:
    """Give a client a long timeline."""
    server = home.state()["postgres_url"].rpartition("/")[0]
    connection = await asyncpg.connect(f"{server}/{database_name('clients')}")
    await connection.execute(_ENTRIES, UUID(client_id), ENTRIES)
    await connection.execute("ANALYZE own_entries")
    await connection.close()


def process_at(instance: Instance, port: int) -> Server:
    """The instance's process that answers there; all of them may hold the socket it listens on."""
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        ours = connection.sock.getsockname()[1]
        for process in instance.children(deep=False):
            held = process.net_connections("tcp")
            if any(each.raddr and each.raddr.port == ours for each in held):
                return Server(port, process.pid)
    raise LookupError(f"nobody answers on {port}")


def ways(instance: Instance, cast: Cast, story: Story) -> dict[str, Way]:
    """Everything that is measured in a walked instance."""
    home = Home(instance.home)
    servers = {
        name: process_at(instance, port)
        for name, port in home.state()["ports"].items()
        if name != "gateway"
    }
    signer = Signer(home.secrets().identity_private_key)
    manager = Actor(UUID(cast.manager.id), "manager", Side.FIRM, frozenset({"client_manager"}))
    pm = Actor(UUID(cast.pm.id), "pm", Side.CLIENT, client_id=UUID(cast.client_id))

    def reading(
        service: str, path: str, floor: str, *, held: bool = True, who: Actor = manager
    ) -> Way:
        def messages(count: int) -> list[bytes]:
            headers = {HEADER: signer.sign(who, service), "traceparent": UNTRACED}
            return [request("GET", f"/api/v1{path}", headers=headers)] * count

        return Way(servers[service], servers[service].port, messages, floor, held)

    def writing(service: str, *messages: bytes) -> Way:
        def repeated(count: int) -> list[bytes]:
            return list(messages) * (count // len(messages))

        return Way(servers[service], instance.port, repeated, "write")

    engagement, deliverable = story.ids["engagement"], f"/api/v1{story.path('deliverable')}"
    version, comment = {"text": "目标、范围、里程碑。"}, {"body": "请补充接口清单。"}
    core, peripheral = cast.core.headers, cast.peripheral.headers
    return {
        "engagement list": reading("engagements", "/engagements", "list of 50"),
        "engagement": reading("engagements", f"/engagements/{engagement}", "one row"),
        "tasks of an engagement": reading(
            "engagements", f"/tasks?engagement_id={engagement}&limit=50", "list of 50"
        ),
        "scores": reading("surveys", "/scores", "one row", held=False),
        "what waits for a client PM": reading("engagements", "/waiting", "list of 50", who=pm),
        "invitations of a client PM": reading("surveys", "/invitations", "list of 50", who=pm),
        PAGE: reading("clients", f"/clients/{cast.client_id}/page", "one row", held=False),
        "comment on a deliverable": writing(
            "engagements", request("POST", f"{deliverable}/comments", comment, peripheral)
        ),
        "take back and submit": writing(
            "engagements",
            request("POST", f"{deliverable}/take-back", None, core),
            request("POST", f"{deliverable}/submit", version, core),
        ),
        "part of an answer": writing(
            "surveys",
            request("PUT", "/api/v1/answers", {"answers": BAD}, {"Survey-Token": story.token}),
        ),
    }


def floors(stack: ExitStack, engines: Engines) -> dict[str, Way]:
    """What the same kinds of request cost where nothing stands in front of PostgreSQL."""
    sample = engines.empty_database("sample")
    loan = asyncio.run(bench_reading.fill(sample))
    bare = stack.enter_context(bench_reading.serving("floor", {"FIRM_DSN": sample.firm}))
    writes = engines.empty_database("sample")
    asyncio.run(bench_create.tables(writes))
    port = free_port()
    command = ["tests.bench.bench_create", "floor", str(port)]
    writer = stack.enter_context(bench_create.running(command, port, {"OWNER_DSN": writes.owner}))
    made = request("POST", "/api/v1/cases", bench_create.BODY)

    def always(server: Server, message: bytes, name: str) -> Way:
        return Way(server, server.port, lambda count: [message] * count, name)

    return {
        "one row": always(bare, request("GET", f"/loans/{loan}"), "one row"),
        "list of 50": always(bare, request("GET", "/loans"), "list of 50"),
        "write": always(writer, made, "write"),
    }


def once(way: Way) -> tuple[float, list[float]]:
    """CPU-ms per request in the way's process, and the milliseconds each request took."""
    before = way.server.cpu_seconds()
    messages = way.messages(FEWER if way.floor == "write" else REQUESTS)
    taken = asyncio.run(ask(way.port, messages))
    spent = way.server.cpu_seconds() - before
    return spent / len(messages) * 1000, [seconds * 1000 for seconds in taken]


def measure(measured: dict[str, Way], bare: dict[str, Way]) -> bool:
    """Rounds in turns; prints ratios and times; whether every goal is met."""
    costs: dict[str, list[float]] = {name: [] for name in (*measured, *bare)}
    times: dict[str, list[float]] = {name: [] for name in costs}
    for at in range(ROUNDS + 1):
        for name, way in (measured | bare).items():
            cost, taken = once(way)
            if at:  # the first round warms up
                costs[name].append(cost)
                times[name] += taken
    met = [report(name, way, costs, times[name]) for name, way in measured.items()]
    return all(met)


def report(name: str, way: Way, costs: dict[str, list[float]], times: list[float]) -> bool:
    """Print one way's figures; whether its goal is met."""
    ratios = [ours / bare for ours, bare in zip(costs[name], costs[way.floor], strict=True)]
    ratio, half = statistics.median(ratios), statistics.median(times)
    goal = GOALS[way.floor] if way.held else None
    met = ratio <= goal if goal else name != PAGE or half <= PAGE_MILLISECONDS
    verdict = "met" if met else "missed"
    said = f"goal {goal:.0f} x {verdict}" if goal else "no goal"
    if name == PAGE:
        said = f"goal {PAGE_MILLISECONDS:.0f} ms {verdict}"
    print(
        f"{name}: {ratio:.1f} x floor '{way.floor}' ({min(ratios):.1f}-{max(ratios):.1f}), "
        f"CPU-ms {statistics.median(costs[name]):.2f}; p50 {half:.1f} ms, "
        f"p99 {statistics.quantiles(times, n=100)[98]:.1f} ms; {said}"
    )
    return met


def main() -> int:
    """Start everything, walk, measure, stop everything; 1 when a goal is missed."""
    engines = Engines()
    engines.start()
    try:
        with ExitStack() as stack:
            kept = stack.enter_context(tempfile.TemporaryDirectory())
            instance = stack.enter_context(empty_instance(Path(kept)))
            cast, story = walked(instance)
            asyncio.run(lengthen(Home(instance.home), cast.client_id))
            met = measure(ways(instance, cast, story), floors(stack, engines))
            return 0 if met else 1
    finally:
        engines.stop()


if __name__ == "__main__":
    raise SystemExit(main())
