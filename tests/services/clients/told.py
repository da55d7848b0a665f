"""What other services tell the registry, as tests hand it over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from shared.contracts.desk import CaseState
from shared.contracts.engagements import (
    EngagementState,
    EngagementStep,
    PhaseSummary,
    TeamSummary,
)
from shared.contracts.surveys import ResponseState
from shared.events import Visibility
from shared.ids import new_id
from tests.services.clients.conftest import Registry
from tests.support.telling import tell as handed

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NO_EXECUTIVE = {"en": "No executive of the client.", "zh": "缺少企业高层。"}


tell = partial(handed, at=AT)
"""Hand an event to every subscription that wants it."""


def reach(registry: Registry) -> Visibility:
    """An engagement's: its consultant, client managers and administrators."""
    return Visibility(roles=("admin", "client_manager"), firm_users=(registry.consultant.user_id,))


def engagement(registry: Registry, client_id: str, met: str = "key_node_held") -> EngagementState:
    """An engagement at work, with its history: one step by which both sides met."""
    steps = (
        EngagementStep(
            id=new_id(),
            at=AT,
            kind=met,
            actor_id=registry.consultant.user_id,
            actor_name="Consultant",
            text={"en": "Key node held: workshop", "zh": "关键节点完成：研讨会"},
        ),
    )
    return EngagementState(
        id=new_id(),
        visibility=reach(registry),
        number="E-2026-001",
        client_id=UUID(client_id),
        title="流程优化",
        status="active",
        starts_on=date(2026, 10, 1),
        phases=(
            PhaseSummary(
                id=new_id(),
                key="diagnosis",
                title={"en": "Diagnosis", "zh": "诊断"},
                position=1,
                status="active",
            ),
        ),
        team=TeamSummary(client=4, firm=2, gaps=(NO_EXECUTIVE,)),
        opened_at=AT,
        steps=steps,
    )


def answer(registry: Registry, client_id: str, kind: str, score: int) -> ResponseState:
    """A personal answer about an engagement."""
    return ResponseState(
        id=new_id(),
        visibility=reach(registry),
        survey_key=f"phase_{kind}",
        survey_version=1,
        kind=kind,
        score=score,
        low=score < 3,
        client_id=UUID(client_id),
        subject="E-2026-001",
        person_id=new_id(),
        person_name="陈经理",
        role="client_pm",
        answered_at=AT,
    )


def follow_up(registry: Registry, state: ResponseState) -> CaseState:
    """The case that a low answer opened; it concerns the agent."""
    return CaseState(
        id=new_id(),
        visibility=Visibility(excluded=(registry.agent.user_id,)),
        number="K-2026-000007",
        kind="complaint",
        subject="跟进",
        status="assigned",
        client_id=state.client_id,
        requester_id=state.person_id,
        opened_at=AT,
        source_id=state.id,
    )
