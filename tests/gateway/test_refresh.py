"""Refresh tokens: rotation, families, grace; as rules, as a state machine, and at the door."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gateway.sessions import actions
from gateway.sessions.rules import GRACE, REFRESH_LASTS, BadGrant, Kind, Use, refresh_use
from shared.database import Database, Dsns
from tests.gateway.support import PEOPLE, Gateway, enter

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_a_token_is_judged_by_its_first_use() -> None:
    later = NOW + timedelta(days=1)
    assert refresh_use(None, later, NOW) is Use.FIRST
    assert refresh_use(None, NOW, NOW) is Use.EXPIRED
    assert refresh_use(NOW - GRACE, later, NOW) is Use.AGAIN_IN_GRACE
    assert refresh_use(NOW - GRACE - timedelta(seconds=1), later, NOW) is Use.REUSED


async def _tokens(gateway: Gateway, client: Any, **form: str) -> Any:
    return await client.post("/api/v1/auth/token", data=form)


async def test_two_tabs_refresh_at_once_and_both_stay_signed_in(gateway: Gateway) -> None:
    async with gateway.client() as client:
        first = await _tokens(
            gateway,
            client,
            grant_type="password",
            username="pm@huaxin.example",
            password="rapport-demo",
        )
        token = first.json()["refresh_token"]
        tabs = await asyncio.gather(
            *(
                _tokens(gateway, client, grant_type="refresh_token", refresh_token=token)
                for _ in range(2)
            )
        )
        assert [tab.status_code for tab in tabs] == [200, 200]
        assert tabs[0].json()["refresh_token"] != tabs[1].json()["refresh_token"]
        for tab in tabs:
            bearer = {"Authorization": f"Bearer {tab.json()['access_token']}"}
            assert (await client.get("/api/v1/me", headers=bearer)).status_code == 200


async def test_a_stolen_token_used_later_ends_the_whole_family(gateway: Gateway) -> None:
    async with gateway.client() as client:
        first = await _tokens(
            gateway,
            client,
            grant_type="password",
            username="pm@huaxin.example",
            password="rapport-demo",
        )
        stolen = first.json()["refresh_token"]
        second = await _tokens(gateway, client, grant_type="refresh_token", refresh_token=stolen)
        await gateway.sql(
            "UPDATE refresh_tokens SET used_at = used_at - interval '1 minute'"
            " WHERE used_at IS NOT NULL"
        )
        theft = await _tokens(gateway, client, grant_type="refresh_token", refresh_token=stolen)
        assert theft.status_code == 400
        assert theft.json()["error"] == "invalid_grant"
        owner = await _tokens(
            gateway,
            client,
            grant_type="refresh_token",
            refresh_token=second.json()["refresh_token"],
        )
        assert owner.status_code == 400
        await asyncio.sleep(gateway.settings.live_revocation_seconds + 0.2)
        bearer = {"Authorization": f"Bearer {second.json()['access_token']}"}
        assert (await client.get("/api/v1/me", headers=bearer)).status_code == 401


@pytest.mark.parametrize("form", [{}, {"grant_type": "magic"}, {"grant_type": "password"}])
async def test_other_grants_are_refused(gateway: Gateway, form: dict[str, str]) -> None:
    async with gateway.client() as client:
        answer = await client.post("/api/v1/auth/token", data=form)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


class Family(RuleBasedStateMachine):
    """Any party may present any token it ever saw, at any time; the model says what must hold."""

    dsns: Dsns

    @initialize()
    def sign_in(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.now = NOW
        self.database = Database(self.dsns, pool_size=1, clock=lambda: self.now)
        self.loop.run_until_complete(self.database.open())
        ids = self.loop.run_until_complete(enter(self.dsns, PEOPLE[:1], {}))
        self.user = ids[PEOPLE[0].email]
        self._run_sql("UPDATE users SET sessions_since = '2026-01-01'")
        begun = self.loop.run_until_complete(self._begin())
        self.first_use: dict[str, datetime | None] = {begun.secret: None}
        self.issued: dict[str, datetime] = {begun.secret: self.now}
        self.alive = True

    def _run_sql(self, statement: str) -> None:
        self.loop.run_until_complete(self.database.worker_pool().execute(statement))

    async def _begin(self) -> actions.SignedIn:
        async with self.database.worker_session() as session:
            return await actions.begin(session, self.user, Kind.TOKEN)

    async def _refresh(self, token: str) -> actions.SignedIn | None:
        async with self.database.worker_session() as session:
            return await actions.refresh(session, token)

    @rule(seconds=st.sampled_from([0, 1, 19, 20, 21, 3_600]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(which=st.integers(min_value=0))
    def present(self, which: int) -> None:
        token = list(self.first_use)[which % len(self.first_use)]
        used = self.first_use[token]
        fresh = self.now < self.issued[token] + REFRESH_LASTS
        good = self.alive and (fresh if used is None else self.now - used <= GRACE)
        try:
            answer = self.loop.run_until_complete(self._refresh(token))
        except BadGrant:
            answer = None
        assert (answer is not None) == good
        if answer is None:
            self.alive = self.alive and used is None
            return
        self.first_use[token] = used or self.now
        self.first_use[answer.secret] = None
        self.issued[answer.secret] = self.now

    @rule()
    def present_garbage(self) -> None:
        with pytest.raises(BadGrant):
            self.loop.run_until_complete(self._refresh("x" * 43))

    @invariant()
    def the_session_lives_exactly_as_the_model_says(self) -> None:
        if not hasattr(self, "alive"):
            return
        ended = self.loop.run_until_complete(
            self.database.worker_pool().fetchval(
                "SELECT ended_at IS NOT NULL FROM sessions ORDER BY id DESC LIMIT 1"
            )
        )
        assert ended != self.alive

    def teardown(self) -> None:
        if hasattr(self, "loop"):
            self.loop.run_until_complete(self.database.close())
            self.loop.close()


@pytest.fixture
def family(service_database: Callable[[str], Dsns]) -> Iterator[type[Family]]:
    """The machine, on a database of its own."""
    Family.dsns = service_database("gateway")
    yield Family


def test_no_sequence_of_uses_keeps_a_thief_and_its_victim_both_signed_in(
    family: type[Family],
) -> None:
    machine: Any = family
    machine.TestCase.settings = settings(
        max_examples=15,
        stateful_step_count=12,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine.TestCase().runTest()
