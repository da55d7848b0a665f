"""What happens at which moment, as data."""

from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from services.surveys.belonging import OWNED
from services.surveys.rounds.actions import close, remind
from services.surveys.rounds.rules import CLOSE, REMIND, Links
from services.surveys.snapshots import SNAPSHOTS
from shared.following import sweeping
from shared.jobs import Every, Job, Periodic, TimerHandler
from shared.mail import purge_mail

JOBS: Final[tuple[Job, ...]] = (
    Periodic("purge_mail", Every(hours=6), purge_mail),
    sweeping(OWNED, SNAPSHOTS),
)


def timers(links: Links, zone: ZoneInfo) -> dict[str, TimerHandler]:
    """Reminders and closes; days and hours in mail are those of the firm's `zone`."""
    return {REMIND: partial(remind, links=links, zone=zone), CLOSE: close}
