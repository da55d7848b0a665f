"""The real surveys over their real database and NATS."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from services.surveys.app import create_app
from services.surveys.settings import SurveysSettings
from shared.database import Dsns
from tests.services.surveys.office import Office
from tests.support.services import TestClock, settings_for, with_known_routes
from tests.support.streams import forget_everything

SECRET = "a secret that no database has ever held"


@pytest.fixture
async def office(
    service_database: Callable[[str], Dsns], nats_url: str, tmp_path: Path
) -> AsyncIterator[Office]:
    """Running surveys that know everybody."""
    await forget_everything(nats_url)
    dsns = service_database("surveys")
    settings = settings_for(
        SurveysSettings,
        dsns,
        nats_url,
        tmp_path,
        mail_folder=tmp_path / "mail",
        token_secret=SECRET,
        public_url="https://rapport.example",
    )
    clock = TestClock()
    app = with_known_routes(create_app(settings, clock=clock))
    office = Office(app=app, dsns=dsns, clock=clock, mail=tmp_path / "mail")
    async with office.app.router.lifespan_context(office.app):
        await office.introduce()
        yield office
