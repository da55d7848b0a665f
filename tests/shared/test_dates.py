"""Dates in texts that are fixed when written: as the readers of each language write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from shared.dates import day_words, minute_words

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_a_date_is_written_as_each_language_writes_it() -> None:
    assert day_words(date(2026, 3, 9)) == {"en": "9 Mar 2026", "zh": "2026年3月9日"}


def test_a_minute_is_the_one_that_clocks_of_the_zone_show() -> None:
    late = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)
    assert minute_words(late, SHANGHAI) == {"en": "1 Jan 2027 00:05", "zh": "2027年1月1日 00:05"}
