"""The real surveys over their real database and NATS."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from services.surveys.app import create_app
from services.surveys.settings import SurveysSettings
from shared.database import Dsns
from tests.services.surveys.office import PUBLIC_KEY, Office

SECRET = "a secret that no database has ever held"


@pytest.fixture
async def office(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Office]:
    """Running surveys that know everybody."""
    dsns = service_database("surveys")
    settings = SurveysSettings(
        firm_dsn=dsns.firm,
        client_dsn=dsns.client,
        worker_dsn=dsns.worker,
        nats_url=nats_url,
        identity_public_key=PUBLIC_KEY,
        files_dir=tmp_path / "files",
        anchor_dir=tmp_path / "anchors",
        mail_folder=tmp_path / "mail",
        token_secret=SECRET,
        public_url="https://rapport.example",
        environment="test",
    )
    office = Office(FastAPI(), dsns, tmp_path / "mail")
    office.app = create_app(settings, clock=office.clock)
    async with office.app.router.lifespan_context(office.app):
        await office.introduce()
        yield office
