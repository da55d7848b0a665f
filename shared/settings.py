"""Typed settings of a service, read from the environment once at start."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)


class ServiceSettings(BaseSettings):
    """What every process needs; a service derives it with its own prefix `RAPPORT_<SERVICE>_`.

    Secrets may be given as files: `RAPPORT_SECRETS_DIR` names the folder, one file per setting,
    called like its variable in lower case (`rapport_desk_firm_dsn`). A variable wins over a file.
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True)

    host: str = "127.0.0.1"
    port: int = 0
    firm_dsn: str
    client_dsn: str
    worker_dsn: str
    owner_dsn: str | None = Field(default=None, description="migrations only")
    nats_url: str
    nats_replicas: int = 1
    identity_public_key: str = Field(description="Ed25519 JWK, JSON")
    firm_zone: str = "Asia/Shanghai"
    firm_name: str | None = Field(
        default=None, description="as people read it on pages and as the sender of mail"
    )
    files_dir: Path = Path(".rapport/files")
    anchor_dir: Path = Path(".rapport/anchors")
    pool_size: int = 8
    max_body_bytes: int = 1_000_000
    request_seconds: float = 15.0
    environment: str = "production"
    demo: bool = False
    log_json: bool = True
    otlp_endpoint: str | None = None
    trace_ratio: float = 0.05
    faults: str = Field(default="", description="crash point to hit; fault tests only")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where values come from, the strongest first: arguments, environment, secret files."""
        folder = os.environ.get("RAPPORT_SECRETS_DIR")
        files = SecretsSettingsSource(settings_cls, secrets_dir=folder)
        return init_settings, env_settings, files
