"""What ships: tests shrink these limits to be quick, so their own figures are held here."""

from gateway.live.rules import HEARTBEAT_SECONDS
from gateway.settings import GatewaySettings
from shared.settings import ServiceSettings


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
