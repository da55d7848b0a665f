"""What surveys listen to: event state -> handler, as data."""

from zoneinfo import ZoneInfo

from services.surveys.belonging import OWNED
from services.surveys.refs.store import (
    take_over_case,
    take_over_client,
    take_over_engagement,
    take_over_member,
    take_over_user,
)
from services.surveys.rounds.inviting import inviting_requesters, inviting_teams
from services.surveys.rounds.reach import follow_the_team, keep_from_those_named
from services.surveys.rounds.rules import Links
from services.surveys.snapshots import SNAPSHOTS
from shared.contracts.clients import ClientState
from shared.contracts.desk import CaseState
from shared.contracts.engagements import EngagementState, MemberState
from shared.contracts.gateway import UserState
from shared.following import following
from shared.subscriber import Subscription

SUBSCRIPTIONS = [
    Subscription(UserState, take_over_user, tables=("user_refs",)),
    Subscription(ClientState, take_over_client, tables=("client_refs",)),
    Subscription(EngagementState, take_over_engagement, tables=("engagement_refs",)),
    Subscription(MemberState, take_over_member, tables=("member_refs",)),
    Subscription(CaseState, take_over_case, tables=("case_refs",)),
    Subscription(CaseState, keep_from_those_named),
    Subscription(MemberState, follow_the_team, many=True),
]


MERGES = [Subscription(ClientState, following(OWNED, SNAPSHOTS))]
"""Effects: rounds and answers go with their client."""


def invitations(links: Links, zone: ZoneInfo) -> list[Subscription]:
    """Effects: what makes Rapport ask; rebuilding a projection asks nobody again."""
    return [
        Subscription(CaseState, inviting_requesters(links, zone), every=True),
        Subscription(EngagementState, inviting_teams(links, zone), every=True),
    ]
