"""Typed settings of a service, read from the environment once at start."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """What every process needs; a service derives it with its own prefix `RAPPORT_<SERVICE>_`.

    Secrets may be given as files: `RAPPORT_SECRETS_DIR` names the folder, one file per setting.
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
