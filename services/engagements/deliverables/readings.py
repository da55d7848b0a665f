"""What may be read of deliverables."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from services.engagements.deliverables.rules import (
    SILENCE,
    DeliverableStatus,
    ReviewStep,
    VerdictKind,
)
from services.engagements.engagement.readings import (
    ENGAGEMENT_REFERENCE,
    HOLDS,
    EngagementReference,
    can,
)
from services.engagements.engagement.store import engagement_scope
from services.engagements.members.rules import MemberRole
from services.engagements.templates.rules import Chain
from services.engagements.work.readings import Titled
from shared.audience import EVERYONE
from shared.reading import ANY_OF, Can, Column, Listing, Parent, reference

SOURCE = (
    "deliverables d JOIN engagements e ON e.id = d.engagement_id JOIN tasks t ON t.id = d.task_id"
)
DUE = "CASE WHEN d.status <> 'done' THEN coalesce(d.step_due_on, t.ends_on) END"
STEP = (
    "CASE d.status WHEN 'draft' THEN 'draft' WHEN 'commenting' THEN 'comment'"
    " WHEN 'checking' THEN 'check' WHEN 'deciding' THEN 'decide'"
    " WHEN 'accepted' THEN 'rollout' WHEN 'rolling_out' THEN 'rollout' END"
)
ROLE = (
    "CASE d.status WHEN 'draft' THEN 'core' WHEN 'commenting' THEN 'peripheral'"
    " WHEN 'checking' THEN 'client_pm' WHEN 'deciding' THEN 'executive'"
    " WHEN 'accepted' THEN 'core' WHEN 'rolling_out' THEN 'core' END"
)
COLUMNS = (
    Column("id", "d.id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement_id", "d.engagement_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("engagement", ENGAGEMENT_REFERENCE, EngagementReference, audience=EVERYONE),
    Column("phase_id", "d.phase_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("task_id", "d.task_id", UUID, audience=EVERYONE, filters=ANY_OF),
    Column("key", "d.key", str, audience=EVERYONE, filters=ANY_OF),
    Column("title", "d.title", Titled, audience=EVERYONE),
    Column("domain", "d.domain", str | None, audience=EVERYONE, filters=ANY_OF),
    Column("status", "d.status", DeliverableStatus, audience=EVERYONE, filters=ANY_OF),
    Column("version_number", "d.version_number", int, audience=EVERYONE),
    Column("step", STEP, ReviewStep | None, audience=EVERYONE),
    Column("waits_for", ROLE, MemberRole | None, audience=EVERYONE),
    Column("due_on", DUE, date | None, audience=EVERYONE, description=SILENCE),
    Column("chain", "d.chain", Chain, audience=EVERYONE),
    Column("created_at", "d.created_at", datetime, audience=EVERYONE),
    Column("updated_at", "d.updated_at", datetime, audience=EVERYONE, sortable=True),
    Column("version", "d.version", int, audience=EVERYONE),
)
DELIVERABLES = Listing(
    name="deliverables",
    path="/deliverables",
    item="Deliverable",
    policy="deliverable:list",
    summary="Deliverables, latest change first",
    source=SOURCE,
    columns=COLUMNS,
    scope=engagement_scope,
    order="-updated_at",
    exclusions=True,
)

CONCERNED = (
    "EXISTS (SELECT 1 FROM members h WHERE h.engagement_id = e.id AND h.user_id = :actor_id"
    " AND h.status = 'live' AND h.role = '{role}'"
    " AND (d.domain IS NULL OR h.domains = '{{}}' OR d.domain = ANY (h.domains)))"
)
_CORE = CONCERNED.format(role="core")
_PERIPHERAL = CONCERNED.format(role="peripheral")


def _can(action: str, status: str, who: str) -> Can:
    return can(action, f"d.status = '{status}' AND {who}")


DELIVERABLE = DELIVERABLES.detail(
    name="deliverable",
    policy="deliverable:view",
    summary="A deliverable",
    version="d.version",
    can=(
        _can("deliverable:submit", "draft", _CORE),
        _can("deliverable:comment", "commenting", _PERIPHERAL),
        _can("deliverable:take-back", "commenting", _CORE),
        _can("deliverable:request-check", "commenting", _CORE),
        _can("deliverable:check", "checking", HOLDS.format(roles="'client_pm'")),
        _can("deliverable:decide", "deciding", HOLDS.format(roles="'executive'")),
        _can("deliverable:start-rollout", "accepted", _CORE),
        _can("deliverable:finish-rollout", "rolling_out", _CORE),
    ),
)


def _under(table: str) -> tuple[str, tuple[Parent, ...]]:
    source = f"{table} x JOIN engagements e ON e.id = x.engagement_id"
    return source, (Parent("deliverable_id", "x.deliverable_id", DELIVERABLE),)


_OWN = (
    Column("id", "x.id", UUID, audience=EVERYONE),
    Column("deliverable_id", "x.deliverable_id", UUID, audience=EVERYONE),
    Column("number", "x.number", int, audience=EVERYONE, filters=ANY_OF, sortable=True),
)
_AUTHOR = reference(
    "author", id="x.author_id", label="x.author_name", audience=EVERYONE, required=True
)
VERSIONS_SOURCE, VERSIONS_PARENTS = _under("deliverable_versions")
VERSIONS = Listing(
    name="deliverable_versions",
    path="/deliverables/{deliverable_id}/versions",
    item="DeliverableVersion",
    policy="deliverable:view",
    summary="The versions of a deliverable, newest first",
    source=VERSIONS_SOURCE,
    parents=VERSIONS_PARENTS,
    columns=(
        *_OWN,
        Column("text", "x.text", str | None, audience=EVERYONE),
        Column("reference", "x.reference", str | None, audience=EVERYONE),
        _AUTHOR,
        Column("submitted_at", "x.submitted_at", datetime, audience=EVERYONE),
    ),
    scope=engagement_scope,
    order="-number",
    exclusions=True,
)
COMMENTS_SOURCE, COMMENTS_PARENTS = _under("deliverable_comments")
COMMENT_COLUMNS = (
    *_OWN,
    _AUTHOR,
    Column("body", "x.body", str, audience=EVERYONE),
    Column("created_at", "x.created_at", datetime, audience=EVERYONE, sortable=True),
)
COMMENTS = Listing(
    name="deliverable_comments",
    path="/deliverables/{deliverable_id}/comments",
    item="DeliverableComment",
    policy="deliverable:view",
    summary="What was said about a deliverable, oldest first",
    source=COMMENTS_SOURCE,
    parents=COMMENTS_PARENTS,
    columns=COMMENT_COLUMNS,
    scope=engagement_scope,
    order="created_at",
    exclusions=True,
)
COMMENT = COMMENTS.detail(
    name="deliverable_comment",
    policy="deliverable:view",
    summary="A comment",
)
VERDICTS_SOURCE, VERDICTS_PARENTS = _under("deliverable_verdicts")
VERDICTS = Listing(
    name="deliverable_verdicts",
    path="/deliverables/{deliverable_id}/verdicts",
    item="DeliverableVerdict",
    policy="deliverable:view",
    summary="Checks and decisions per version, oldest first",
    source=VERDICTS_SOURCE,
    parents=VERDICTS_PARENTS,
    columns=(
        *_OWN,
        Column("step", "x.step", Literal["check", "decide"], audience=EVERYONE),
        Column("verdict", "x.verdict", VerdictKind, audience=EVERYONE),
        Column("reason", "x.reason", str | None, audience=EVERYONE),
        reference("by", id="x.by_id", label="x.by_name", audience=EVERYONE, required=True),
        Column("at", "x.at", datetime, audience=EVERYONE, sortable=True),
    ),
    scope=engagement_scope,
    order="at",
    exclusions=True,
)
