"""Typed settings of engagements, prefix RAPPORT_ENGAGEMENTS_."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class EngagementsSettings(ServiceSettings):
    """What engagements need: nothing beyond what every service does."""

    model_config = SettingsConfigDict(
        env_prefix="RAPPORT_ENGAGEMENTS_", extra="ignore", frozen=True
    )
