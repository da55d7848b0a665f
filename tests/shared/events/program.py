"""A process that relays and subscribes, for tests that kill or stop it.

`python -m tests.shared.events.program <worker dsn> <nats url> <crash point or -> <ack wait> <by>`
ends at the crash point by SIGKILL, or by another signal that is named.
"""

from __future__ import annotations

import asyncio
import sys
from signal import Signals

from shared.bus import Bus
from shared.database import Database, Dsns
from shared.faults import arm
from shared.relay import Relay
from shared.subscriber import Subscriber
from tests.shared.events.sample import KEEP, NOTE, SERVICE


async def parts(dsn: str, url: str, ack_wait: str) -> tuple[Relay, Subscriber]:
    """A relay and a subscriber on one open database."""
    database = Database(Dsns(owner=dsn, firm=dsn, client=dsn, worker=dsn))
    await database.open()
    relay = Relay(database, Bus(url, name=SERVICE), publisher=SERVICE)
    subscriber = Subscriber(
        database,
        Bus(url, name="mirror"),
        consumer="mirror",
        subscriptions=[KEEP, NOTE],
        ack_wait=float(ack_wait),
    )
    return relay, subscriber


async def main(dsn: str, url: str, point: str, ack_wait: str, by: str) -> None:
    """Relay and subscribe until killed."""
    arm("" if point == "-" else point, Signals[by])
    relay, subscriber = await parts(dsn, url, ack_wait)
    await asyncio.gather(relay.run(), subscriber.run())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
