"""The sentence of a step, from its kind and parameters; pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from services.desk.history.wording import LABELS, WORDING


def step_text(kind: str, params: dict[str, str]) -> dict[str, str]:
    """The step's sentence as {"en": ..., "zh": ...}. Raises KeyError for an unknown kind."""
    wording = WORDING[kind]
    return {
        "en": wording.en.format_map(_named(params, 0)),
        "zh": wording.zh.format_map(_named(params, 1)),
    }


def firm_only(kind: str) -> bool:
    """Whether only the firm reads steps of this kind."""
    return WORDING[kind].firm_only


def local_minute(instant: datetime, zone: ZoneInfo) -> str:
    """A UTC instant as people of the firm's zone read it: 2026-11-23 16:00."""
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _named(params: dict[str, str], language: int) -> dict[str, str]:
    return {
        name: LABELS[name][value][language] if name in LABELS else value
        for name, value in params.items()
    }
