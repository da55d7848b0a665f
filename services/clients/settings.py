"""Typed settings of the client registry, prefix RAPPORT_CLIENTS_."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class ClientsSettings(ServiceSettings):
    """What every service needs; the registry adds the size of an import file."""

    model_config = SettingsConfigDict(env_prefix="RAPPORT_CLIENTS_", extra="ignore", frozen=True)

    max_import_bytes: int = 20_000_000
