"""How a history tells the time; pure."""

from datetime import datetime
from zoneinfo import ZoneInfo


def local_minute(instant: datetime, zone: ZoneInfo) -> str:
    """A UTC instant as people of the firm's zone read it: 2026-11-23 16:00."""
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
