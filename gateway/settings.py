"""Typed settings of the gateway, prefix RAPPORT_GATEWAY_."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class GatewaySettings(ServiceSettings):
    """What the gateway needs beyond what every service does."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_GATEWAY_", extra="ignore", frozen=True)

    identity_private_key: str = Field(description="Ed25519 JWK, JSON; nobody else holds it")
    services: dict[str, str] = Field(default_factory=dict, description="name -> base address")
    public_url: str = Field(default="http://127.0.0.1:8080", description="what people type")
    smtp_url: str | None = Field(default=None, description="none: mail goes to the local mailbox")
    mail_sender: str = "rapport@localhost"
    mail_folder: Path = Field(
        default=Path(".rapport/mail"), description="where services leave mail without a server"
    )
    web_dist: Path = Path("web/dist")
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="peers whose X-Forwarded-For is believed"
    )
    metrics_token: str | None = Field(default=None, description="who else may read /metrics")
    arrival_seconds: float = Field(default=15.0, description="a request must arrive within")
    arriving_bytes: int = Field(
        default=512_000_000, description="room for long bodies, of all callers and of a process"
    )
    requests_per_second: int = Field(default=100, description="per caller and process")
    # Fewer than a service takes in (its places and its line), so that what is too much is refused
    # here, before anybody has worked for it.
    service_places: int = Field(default=192, description="requests with one service at once")
    live_revocation_seconds: float = Field(
        default=20.0, le=45.0, description="how long a session is believed without asking"
    )

    @property
    def secure_cookies(self) -> bool:
        """Cookies are Secure wherever people come by https."""
        return self.public_url.startswith("https://")
