"""Through whom the firm reaches a person of the client: pure (product.md, Channel rules)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.engagements.members.rules import MemberRole, Place
from services.engagements.templates.rules import PhaseKind
from shared.errors import Unprocessable

R = MemberRole


class Occasion(StrEnum):
    """Why somebody is contacted."""

    ROUTINE = "routine"
    KEY_NODE = "key_node"


class Rule(StrEnum):
    """Which rule decides."""

    OWN_COUNTERPART = "own_counterpart"
    EXECUTIVE_IN_SURVEY = "executive_in_survey"
    EXECUTIVE_AT_KEY_NODE = "executive_at_key_node"
    EXECUTIVE_THROUGH_CLIENT_PM = "executive_through_client_pm"
    PERIPHERAL_THROUGH_CORE = "peripheral_through_core"
    OTHERS_THROUGH_CLIENT_PM = "others_through_client_pm"
    NOBODY_BETWEEN = "nobody_between"


@dataclass(frozen=True)
class Route:
    """Direct, or through the place named; `rule` says why."""

    rule: Rule
    through: UUID | None = None

    @property
    def direct(self) -> bool:
        """Whether nobody stands between."""
        return self.through is None


class NoBypass(Unprocessable):
    """The person may be reached directly anyway."""

    code = "no_bypass"
    title = {"en": "Nothing is bypassed", "zh": "无需越级"}
    text = {
        "en": "This person may be contacted directly now.",
        "zh": "目前可以直接联系此人。",
    }


class NobodyAsked(Unprocessable):
    """Whom to reach is a user or a contact."""

    code = "person_required"
    title = {"en": "Whom?", "zh": "请指定人员"}
    text = {"en": "Name a user or a contact.", "zh": "请指定用户或联系人。"}


def route(
    held: Collection[Place],
    *,
    occasion: Occasion,
    phases: Collection[PhaseKind],
    team: Sequence[Place],
) -> Route:
    """How to reach the person who holds these places, given the phases that run.

    Executives directly in the survey phase and at key nodes, otherwise through the client PM;
    peripheral members through their core member; the client PM and core members directly;
    whoever is not on the team through the client PM. Somebody with several roles is reached by
    the most direct of them.
    """
    roles = {place.role for place in held}
    if roles - {R.EXECUTIVE, R.PERIPHERAL}:
        return Route(Rule.OWN_COUNTERPART)
    if R.EXECUTIVE in roles:
        if PhaseKind.SURVEY in phases:
            return Route(Rule.EXECUTIVE_IN_SURVEY)
        if occasion is Occasion.KEY_NODE:
            return Route(Rule.EXECUTIVE_AT_KEY_NODE)
        return _through_pm(Rule.EXECUTIVE_THROUGH_CLIENT_PM, team)
    for place in held:
        if any(each.id == place.answers_to for each in team):
            return Route(Rule.PERIPHERAL_THROUGH_CORE, place.answers_to)
    return _through_pm(Rule.OTHERS_THROUGH_CLIENT_PM, team)


def _through_pm(rule: Rule, team: Sequence[Place]) -> Route:
    manager = next((place.id for place in team if place.role is R.CLIENT_PM), None)
    return Route(rule, manager) if manager is not None else Route(Rule.NOBODY_BETWEEN)


SAID: dict[Rule, dict[str, str]] = {
    Rule.OWN_COUNTERPART: {
        "en": "Contact directly: a counterpart in the joint team.",
        "zh": "可直接联系：联合项目组的对口成员。",
    },
    Rule.EXECUTIVE_IN_SURVEY: {
        "en": "Contact directly: executives are asked in person during the survey.",
        "zh": "可直接联系：调研阶段由顾问当面访谈高层。",
    },
    Rule.EXECUTIVE_AT_KEY_NODE: {
        "en": "Contact directly: executives are met at key nodes.",
        "zh": "可直接联系：关键节点可与高层直接沟通。",
    },
    Rule.EXECUTIVE_THROUGH_CLIENT_PM: {
        "en": "Through the client project manager: no survey, no key node.",
        "zh": "通过客户方项目经理联系：非调研阶段、非关键节点。",
    },
    Rule.PERIPHERAL_THROUGH_CORE: {
        "en": "Through the core member this person answers to.",
        "zh": "通过其所属的核心小组成员联系。",
    },
    Rule.OTHERS_THROUGH_CLIENT_PM: {
        "en": "Through the client project manager: not on the joint team.",
        "zh": "通过客户方项目经理联系：此人不在联合项目组。",
    },
    Rule.NOBODY_BETWEEN: {
        "en": "Contact directly: there is no client project manager yet.",
        "zh": "可直接联系：尚无客户方项目经理。",
    },
}
"""Each rule as people are told it."""
