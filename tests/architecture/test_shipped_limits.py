"""What ships: tests shrink these limits to be quick, so their own figures are held here."""

from pathlib import Path

import pytest

from deploy.backup.archive import Archive
from deploy.backup.owning import settings_of
from gateway.live.rules import HEARTBEAT_SECONDS
from gateway.settings import GatewaySettings
from shared.bus import Bus
from shared.database import Database, Dsns
from shared.identity import MAX_AGE_SECONDS
from shared.settings import ServiceSettings
from shared.subscriber import Subscriber


def test_a_call_has_fifteen_seconds_and_so_has_its_arrival() -> None:
    for settings in (ServiceSettings, GatewaySettings):
        assert settings.model_fields["request_seconds"].default == 15
    assert GatewaySettings.model_fields["arrival_seconds"].default <= 15


def test_no_setting_lets_a_stream_outlive_its_session_by_more_than_a_minute() -> None:
    """A stream asks at each heartbeat, and believes an answer for as long as any call does."""
    believed = GatewaySettings.model_fields["live_revocation_seconds"]
    longest = max(limit.le for limit in believed.metadata if hasattr(limit, "le"))
    assert believed.default <= longest
    assert HEARTBEAT_SECONDS + longest <= 60


def test_a_service_believes_who_calls_for_a_minute_at_most() -> None:
    assert MAX_AGE_SECONDS <= 60


def test_a_consumer_without_progress_is_made_anew_after_a_minute() -> None:
    database, bus = Database(Dsns("", "", "", "")), Bus("nats://127.0.0.1:1", name="desk")
    assert Subscriber(database, bus, consumer="desk", subscriptions=()).stall_seconds == 60


def test_the_log_of_a_lost_disk_ends_a_minute_before_at_most_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("RAPPORT_BACKUP_SECONDS", raising=False)
    assert settings_of(Archive(tmp_path))["archive_timeout"] == 60
