"""Typed settings of surveys, prefix RAPPORT_SURVEYS_."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class SurveysSettings(ServiceSettings):
    """What surveys need beyond what every service does: to write mail, and to make links."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_SURVEYS_", extra="ignore", frozen=True)

    token_secret: str = Field(
        min_length=32, description="links follow from it; no database holds it"
    )
    public_url: str = Field(default="http://127.0.0.1:8080", description="what people type")
    smtp_url: str | None = Field(default=None, description="none: mail goes to the local mailbox")
    mail_sender: str = "rapport@localhost"
    mail_folder: Path = Field(
        default=Path(".rapport/mail"), description="what the local mailbox collects mail from"
    )
