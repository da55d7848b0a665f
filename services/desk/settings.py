"""Typed settings of the desk, prefix RAPPORT_DESK_."""

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class DeskSettings(ServiceSettings):
    """What the desk needs beyond what every service does."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_DESK_", extra="ignore", frozen=True)

    follow_up_days: int = Field(
        default=3, ge=1, le=60, description="working days from resolution to the first follow-up"
    )
