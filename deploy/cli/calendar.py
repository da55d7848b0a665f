"""`rapport calendar`: days that are worked or not, against what holidays and weekdays say."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, time
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from deploy.cli.access import Opened, with_services
from deploy.supervisor.home import CannotStart
from deploy.supervisor.topology import PROCESSES
from shared.calendar import FIRST, LAST, Hours, forget_override, load_calendar, override_day

app = typer.Typer(help="The working calendar: show, work, off, forget.", no_args_is_help=True)
Day = Annotated[str, typer.Argument(help="2027-02-20")]
Note = Annotated[str, typer.Option(help="why, for whoever looks later")]


@app.command()
def show(year: int) -> None:
    """The days that are decided by hand."""
    days = with_services(("desk",), lambda opened: _overrides(opened, year))["desk"]
    for day, hours in days.items():
        typer.echo(f"{day}  {_words(hours)}")


@app.command()
def work(
    day: Day,
    hours: Annotated[str, typer.Option(help="09:00-12:00,13:30-18:00; none: the usual")] = "",
    note: Note = "",
) -> None:
    """Make a day a working day, as make-up days are once they are published."""
    when, times = _day(day), _hours(hours)
    _everywhere(lambda s: override_day(s, when, working=True, hours=times, note=note))


@app.command()
def off(day: Day, note: Note = "") -> None:
    """Make a day a day off."""
    when = _day(day)
    _everywhere(lambda s: override_day(s, when, working=False, note=note))


@app.command()
def forget(day: Day) -> None:
    """Let holidays and weekdays decide the day again."""
    when = _day(day)
    _everywhere(lambda s: forget_override(s, when))


def _everywhere(change: Callable[[AsyncSession], Awaitable[None]]) -> None:
    async def apply(opened: Opened) -> None:
        async with opened.database.worker_session() as session:
            await change(session)

    with_services(PROCESSES, apply)


async def _overrides(opened: Opened, year: int) -> dict[date, Hours]:
    async with opened.database.worker_session() as session:
        calendar = await load_calendar(session, opened.service.settings.firm_zone)
    return {day: hours for day, hours in sorted(calendar.overrides.items()) if day.year == year}


def _words(hours: Hours) -> str:
    return ", ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in hours) or "off"


def _day(written: str) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise CannotStart(f"{written!r} is no date; write it like 2027-02-20.") from error
    if not FIRST <= day <= LAST:
        raise CannotStart(f"{day} is not in the working calendar, which is {FIRST} to {LAST}.")
    return day


def _hours(written: str) -> Hours:
    try:
        pairs = [part.split("-") for part in written.split(",") if part]
        times = tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in pairs)
    except ValueError as error:
        raise CannotStart(f"{written!r} are no hours; write 09:00-12:00,13:30-18:00.") from error
    edges = [edge for pair in times for edge in pair]
    if any(edge.tzinfo for edge in edges):
        raise CannotStart("the hours are those of the firm's clocks; leave out the time zone.")
    if edges != sorted(set(edges)):
        raise CannotStart("the hours overlap or run backwards.")
    return times
