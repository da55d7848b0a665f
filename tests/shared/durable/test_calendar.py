"""Working time: known answers for 2026 and laws that hold for every calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from shared.calendar import (
    DAY_HOURS,
    NotInCalendar,
    NoWorkingTime,
    WorkingCalendar,
    add_working_days,
    add_working_time,
    forget_override,
    is_working_day,
    load_calendar,
    next_working_moment,
    override_day,
    working_time_between,
)
from shared.database import Database
from shared.identity import Side
from tests.shared.durable.conftest import person

FIRM = WorkingCalendar()
DAY_OFF: tuple[tuple[time, time], ...] = ()
DAY = timedelta(hours=7, minutes=30)


def at(local: str, zone: str = "+08:00") -> datetime:
    return datetime.fromisoformat(local + zone)


# State Council notice on public holidays in 2026: Spring Festival off from 15 to 23 February,
# work on Saturdays 14 and 28 February; National Day off from 1 to 7 October, work on Sunday
# 20 September and Saturday 10 October.
@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-02-13", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-16", False),
        ("2026-02-20", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-03-01", False),
        ("2026-09-20", True),
        ("2026-10-01", False),
        ("2026-10-05", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2026-11-23", True),
    ],
)
def test_public_holidays_and_make_up_days_of_2026(day: str, working: bool) -> None:
    assert is_working_day(FIRM, date.fromisoformat(day)) is working


def test_overrides_decide_over_everything() -> None:
    calendar = WorkingCalendar(
        overrides={
            date(2026, 10, 10): DAY_OFF,
            date(2026, 10, 1): DAY_HOURS,
            date(2026, 11, 24): ((time(9), time(10)),),
            date(2027, 2, 20): DAY_HOURS,
        }
    )
    assert not is_working_day(calendar, date(2026, 10, 10))
    assert is_working_day(calendar, date(2026, 10, 1))
    assert is_working_day(calendar, date(2027, 2, 20)), "a make-up Saturday not yet published"
    morning = add_working_time(calendar, at("2026-11-24T09:00"), timedelta(hours=2))
    assert morning == at("2026-11-25T10:00")


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T09:00", 3, "2026-11-23T12:00"),
        ("2026-11-23T11:00", 2, "2026-11-23T14:30"),
        ("2026-11-23T17:00", 2, "2026-11-24T10:00"),
        ("2026-11-23T06:00", 1, "2026-11-23T10:00"),
        ("2026-11-27T17:30", 1, "2026-11-30T09:30"),
        ("2026-09-30T17:00", 2, "2026-10-08T10:00"),
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),
        ("2026-02-14T17:00", 2, "2026-02-24T10:00"),
        ("2026-11-23T22:00", 0, "2026-11-23T22:00"),
    ],
)
def test_working_hours_pass_over_lunch_nights_weekends_and_holidays(
    start: str, hours: int, end: str
) -> None:
    assert add_working_time(FIRM, at(start), timedelta(hours=hours)) == at(end)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 0, "2026-11-30"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-10-08", 3, "2026-10-12"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-02-13", 2, "2026-02-24"),
    ],
)
def test_working_days_of_2026(day: str, count: int, expected: str) -> None:
    assert add_working_days(FIRM, date.fromisoformat(day), count) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T09:00", "2026-11-23T09:00"),
        ("2026-11-23T12:00", "2026-11-23T13:30"),
        ("2026-11-23T18:00", "2026-11-24T09:00"),
        ("2026-09-30T18:00", "2026-10-08T09:00"),
    ],
)
def test_the_next_working_moment(moment: str, expected: str) -> None:
    assert next_working_moment(FIRM, at(moment)) == at(expected)


def test_a_calendar_without_working_time_says_so() -> None:
    idle = WorkingCalendar(week={})
    with pytest.raises(NoWorkingTime):
        add_working_days(idle, date(2026, 11, 23), 1)
    with pytest.raises(NoWorkingTime):
        next_working_moment(idle, at("2026-11-23T09:00"))


def test_a_day_on_which_the_clocks_change_has_the_hours_it_really_has() -> None:
    night = {n: ((time(0), time(6)),) for n in range(7)}
    berlin = WorkingCalendar(zone="Europe/Berlin", week=night, country=None)
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    lengths = [
        sum((b - a for a, b in berlin.intervals(day)), timedelta()) for day in (spring, autumn)
    ]
    assert lengths == [timedelta(hours=5), timedelta(hours=7)]


moments = st.datetimes(
    min_value=datetime(2024, 1, 1),  # noqa: DTZ001
    max_value=datetime(2029, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
durations = st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=400))
days = st.dates(min_value=date(2024, 1, 1), max_value=date(2029, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any zone, hours and overrides, with some working time in every week."""
    cuts = st.lists(st.integers(0, 47), min_size=2, max_size=6, unique=True).map(sorted)
    times = cuts.map(lambda halves: [time(half // 2, half % 2 * 30) for half in halves])
    hours = times.map(lambda cut: tuple(zip(cut[::2], cut[1::2], strict=False)))
    week = draw(st.dictionaries(st.integers(0, 6), hours, min_size=1))
    overrides = draw(st.dictionaries(days, st.one_of(st.just(()), hours), max_size=20))
    zone = draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "UTC"]))
    return WorkingCalendar(
        zone=zone, week=week, overrides=overrides, country=draw(st.sampled_from(["CN", None]))
    )


@given(calendars(), moments, st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=9)))
def test_added_working_time_is_the_working_time_between(
    calendar: WorkingCalendar, moment: datetime, duration: timedelta
) -> None:
    end = add_working_time(calendar, moment, duration)
    assert end >= moment
    assert working_time_between(calendar, moment, end) == duration


@given(moments, durations, durations)
def test_working_time_adds_up(moment: datetime, one: timedelta, two: timedelta) -> None:
    together = add_working_time(FIRM, moment, one + two)
    apart = add_working_time(FIRM, add_working_time(FIRM, moment, one), two)
    assert working_time_between(FIRM, together, apart) == timedelta(0)


@given(calendars(), moments, moments, moments)
def test_working_time_between_adds_up_and_is_never_longer_than_time(
    calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    a, b, c = sorted((a, a + (b - a) / 40, a + (c - a) / 40))
    whole = working_time_between(calendar, a, c)
    assert whole == working_time_between(calendar, a, b) + working_time_between(calendar, b, c)
    assert timedelta(0) <= whole <= c - a
    assert working_time_between(calendar, c, a) == -whole


@given(calendars(), moments)
def test_the_next_working_moment_is_working_and_no_work_is_skipped(
    calendar: WorkingCalendar, moment: datetime
) -> None:
    opening = next_working_moment(calendar, moment)
    assert opening >= moment
    assert working_time_between(calendar, moment, opening) == timedelta(0)
    assert next_working_moment(calendar, opening) == opening


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up_and_can_be_taken_back(day: date, one: int, two: int) -> None:
    end = add_working_days(FIRM, day, one + two)
    assert end == add_working_days(FIRM, add_working_days(FIRM, day, one), two)
    assert is_working_day(FIRM, end)
    assert add_working_days(FIRM, end, -two) == add_working_days(FIRM, day, one)


@pytest.mark.parametrize("side", [Side.FIRM, Side.CLIENT, Side.SYSTEM])
async def test_the_calendar_is_loaded_with_its_overrides(database: Database, side: Side) -> None:
    async with database.transaction(person(Side.FIRM, "admin")) as session:
        short = ((time(10), time(11, 30)),)
        await override_day(session, date(2026, 12, 23), working=False)
        await override_day(session, date(2026, 12, 24), working=True)
        await override_day(session, date(2026, 12, 24), working=False, note="closed")
        await override_day(session, date(2026, 12, 25), working=True, hours=short)
        await override_day(session, date(2026, 12, 26), working=True)
        await forget_override(session, date(2026, 12, 23))
        await session.execute(
            text(
                "INSERT INTO calendar_hours SELECT day, '8h'::interval::time, '12h'::interval::time"
                " FROM generate_series(0, 4) day WHERE day <> 1 UNION ALL"
                " SELECT 0, '13h'::interval::time, '17h'::interval::time"
            )
        )
    async with database.transaction(person(side)) as session:
        calendar = await load_calendar(session, "Asia/Shanghai")
    assert calendar.hours(date(2026, 12, 21)) == ((time(8), time(12)), (time(13), time(17)))
    assert calendar.hours(date(2026, 12, 22)) == ()
    assert calendar.hours(date(2026, 12, 23)) == ((time(8), time(12)),)
    assert calendar.hours(date(2026, 12, 24)) == ()
    assert calendar.hours(date(2026, 12, 25)) == ((time(10), time(11, 30)),)
    assert calendar.hours(date(2026, 12, 26)) == ((time(8), time(12)), (time(13), time(17)))


async def test_client_side_people_cannot_change_the_calendar(database: Database) -> None:
    with pytest.raises(Exception, match="permission denied"):
        async with database.transaction(person(Side.CLIENT)) as session:
            await session.execute(text("INSERT INTO calendar_days VALUES ('2026-12-24', false)"))


def test_one_working_day_has_seven_and_a_half_hours() -> None:
    midnight = at("2026-11-23T00:00")
    assert working_time_between(FIRM, midnight, midnight + timedelta(days=1)) == DAY


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2081, 1, 1), date.max])
async def test_a_day_outside_the_calendar_is_not_decided(database: Database, day: date) -> None:
    async with database.worker_session() as session:
        with pytest.raises(NotInCalendar):
            await override_day(session, day, working=True)
        await load_calendar(session, "Asia/Shanghai")
