"""Who may be what in a joint team, and what a team still lacks: pure (product.md, Joint team)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from shared.errors import Conflict, Field, Unprocessable
from shared.states import State


class MemberRole(StrEnum):
    """The four roles of each side."""

    EXECUTIVE = "executive"
    CLIENT_PM = "client_pm"
    CORE = "core"
    PERIPHERAL = "peripheral"
    DIRECTOR = "director"
    CONSULTING_PM = "consulting_pm"
    CONSULTANT = "consultant"
    EXPERT = "expert"


class MemberStatus(State):
    """Whether the person is on the team; a planned place opens nothing and fills nothing yet."""

    PLANNED = "planned", "Planned", "计划中"
    LIVE = "live", "On the team", "在组"
    ENDED = "ended", "Ended", "已结束"


R = MemberRole
Days = tuple[date, date | None]
"""The first and the last day of a place."""
CLIENT_ROLES = frozenset({R.EXECUTIVE, R.CLIENT_PM, R.CORE, R.PERIPHERAL})
FIRM_ROLES = frozenset(R) - CLIENT_ROLES
ONE_OF_A_KIND = frozenset({R.CLIENT_PM, R.CONSULTING_PM})
"""Each side has one project manager."""
WITH_DOMAIN = frozenset({R.CORE, R.PERIPHERAL})
"""Who works in a business domain."""
WHOLE_TEAM = frozenset({R.CONSULTING_PM, R.CLIENT_PM, R.EXECUTIVE, R.CORE, R.PERIPHERAL})
"""What a complete team has; each phase says which of these it needs."""
CONFIRMED = frozenset({R.EXECUTIVE, R.CLIENT_PM, R.CORE, R.CONSULTING_PM})
"""Whose joining, changing or leaving both project managers confirm, with the plan."""
STAFFS: dict[MemberRole, frozenset[MemberRole]] = {
    R.DIRECTOR: frozenset(R),
    R.CONSULTING_PM: frozenset(R),
    # Not the executive: who makes the first check does not choose who decides after it.
    R.CLIENT_PM: CLIENT_ROLES - {R.EXECUTIVE},
}
"""Which roles each role of the team may fill, change and end."""
OVERSEERS = frozenset({"admin", "partner", "client_manager"})
"""Firm roles that see every engagement."""

TRANSITIONS: dict[MemberStatus, frozenset[MemberStatus]] = {
    MemberStatus.PLANNED: frozenset({MemberStatus.LIVE, MemberStatus.ENDED}),
    MemberStatus.LIVE: frozenset({MemberStatus.ENDED}),
    MemberStatus.ENDED: frozenset(),
}


@dataclass(frozen=True)
class Place:
    """A live place in a team, as the rules look at it."""

    id: UUID
    role: MemberRole
    domains: frozenset[str] = frozenset()
    answers_to: UUID | None = None


@dataclass(frozen=True)
class Gap:
    """Something a team lacks: `code` with the domain or the person concerned."""

    code: str
    domain: str | None = None
    member_id: UUID | None = None
    text: dict[str, str] = field(default_factory=dict)


class WrongSide(Unprocessable):
    """The role belongs to the other side, or the person to another client."""

    code = "wrong_side"
    title = {"en": "Not a role for this person", "zh": "此人不能担任该角色"}
    text = {
        "en": "This role is for people of the other side, or of another client.",
        "zh": "该角色属于另一方，或此人不属于该客户。",
    }


class ManagerExists(Conflict):
    """There is one active project manager on each side."""

    code = "project_manager_exists"
    title = {"en": "There is a project manager already", "zh": "已有项目经理"}
    text = {
        "en": "Each side has one project manager; end the other's place first.",
        "zh": "每一方只有一名项目经理，请先结束现任的任期。",
    }


class PlaceTaken(Conflict):
    """The person holds this role already."""

    code = "already_member"
    title = {"en": "Already in this role", "zh": "已担任该角色"}
    text = {"en": "This person holds the role already.", "zh": "此人已担任该角色。"}


class AnswersToNobody(Unprocessable):
    """A peripheral member answers to a core member of the same domain."""

    code = "answers_to_core_member"
    title = {"en": "Whom does this person answer to?", "zh": "需指定汇报的核心成员"}
    text = {
        "en": "A peripheral member answers to a core member of the same domain.",
        "zh": "外围小组成员须向同一业务领域的核心小组成员汇报。",
    }


class NoDomain(Unprocessable):
    """Core and peripheral members work in a business domain."""

    code = "domain_required"
    title = {"en": "Name the domain", "zh": "请填写业务领域"}
    text = {
        "en": "Core and peripheral members belong to at least one business domain.",
        "zh": "核心与外围小组成员须至少属于一个业务领域。",
    }


class MemberEndedAlready(Conflict):
    """The place is over."""

    code = "illegal_transition"
    title = {"en": "The place has ended", "zh": "该成员任期已结束"}
    text = {"en": "This person is no longer on the team.", "zh": "此人已不在项目组。"}


def become(current: MemberStatus, target: MemberStatus) -> MemberStatus:
    """Answer `target`. Raises `MemberEndedAlready` (409) when the table forbids the step."""
    if target not in TRANSITIONS[current]:
        raise MemberEndedAlready()
    return target


def status_on(day: date, starts_on: date, ends_on: date | None) -> MemberStatus:
    """Where a place with these first and last days stands on `day`."""
    if ends_on is not None and ends_on < day:
        return MemberStatus.ENDED
    return MemberStatus.LIVE if starts_on <= day else MemberStatus.PLANNED


def overlap(one: Days, other: Days) -> bool:
    """Whether two spans from a first to a last day (None: open) share a day."""
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def may_staff(held: Collection[str], role: str) -> bool:
    """Whether somebody who holds these roles may fill, change or end a place in `role`."""
    return any(role in STAFFS.get(MemberRole(mine), ()) for mine in held)


def check_side(role: MemberRole, *, side: str, at_home: bool, pointer: str) -> None:
    """Raise `WrongSide` (422) at `pointer` unless role and side fit.

    `at_home`: of the engagement's client.
    """
    fits = role in FIRM_ROLES if side == "firm" else role in CLIENT_ROLES and at_home
    if not fits:
        raise WrongSide(errors=[Field(pointer, en="not for this person", zh="不适用于此人")])


def check_place(place: Place, team: Sequence[Place]) -> None:
    """Whether `place` may stand beside the others of `team` (itself left out).

    Raises `ManagerExists` (409), `NoDomain`, `AnswersToNobody` (422).
    """
    others = [each for each in team if each.id != place.id]
    if place.role in ONE_OF_A_KIND and any(each.role == place.role for each in others):
        raise ManagerExists()
    if place.role in WITH_DOMAIN and not place.domains:
        raise NoDomain(errors=[Field("/domains", en="is required", zh="必填")])
    attached = place.answers_to is not None
    if attached != (place.role is R.PERIPHERAL) or (attached and not is_attached(place, others)):
        raise AnswersToNobody(errors=[Field("/answers_to", en="a core member", zh="核心成员")])


def is_attached(place: Place, team: Iterable[Place]) -> bool:
    """Whether a peripheral member answers to a core member who shares a domain."""
    return any(
        each.id == place.answers_to and each.role is R.CORE and each.domains & place.domains
        for each in team
    )


def gaps(
    team: Sequence[Place], *, domains: Collection[str], small: bool, needs: Collection[str]
) -> list[Gap]:
    """What the team lacks for a phase that `needs` these roles, most important first.

    Small engagements do without a peripheral tier. What the team has must be in order in any
    case: a peripheral member whose core member left is a gap too.
    """
    held = {place.role for place in team}
    whole = [
        _gap(f"no_{role}", _ROLE_TEXT[role])
        for role in (R.CONSULTING_PM, R.CLIENT_PM, R.EXECUTIVE)
        if role in needs and role not in held
    ]
    return [*whole, *_domain_gaps(team, domains, needs, small), *_loose(team)]


def _domain_gaps(
    team: Sequence[Place], domains: Collection[str], needs: Collection[str], small: bool
) -> list[Gap]:
    found = []
    if R.CORE in needs and not domains:
        found.append(_gap("no_domain", _NO_DOMAIN))
    for role in (R.CORE, R.PERIPHERAL):
        if role not in needs or (small and role is R.PERIPHERAL):
            continue
        staffed = {name for place in team if place.role is role for name in place.domains}
        missing = [name for name in domains if name not in staffed]
        found += [_gap(f"domain_without_{role}", _DOMAIN_TEXT[role], name) for name in missing]
    return found


def _loose(team: Sequence[Place]) -> list[Gap]:
    return [
        Gap("peripheral_without_core", member_id=place.id, text=_LOOSE)
        for place in team
        if place.role is R.PERIPHERAL and not is_attached(place, team)
    ]


def _gap(code: str, text: dict[str, str], domain: str | None = None) -> Gap:
    said = {language: line.format(domain=domain) for language, line in text.items()}
    return Gap(code, domain=domain, text=said)


_ROLE_TEXT = {
    R.CONSULTING_PM: {"en": "No consulting project manager.", "zh": "缺少顾问方项目经理。"},
    R.CLIENT_PM: {"en": "No client project manager.", "zh": "缺少客户方项目经理。"},
    R.EXECUTIVE: {"en": "No executive of the client.", "zh": "缺少企业高层。"},
}
_DOMAIN_TEXT = {
    R.CORE: {
        "en": "The domain “{domain}” has no core member.",
        "zh": "业务领域“{domain}”没有核心小组成员。",
    },
    R.PERIPHERAL: {
        "en": "The domain “{domain}” has no peripheral member.",
        "zh": "业务领域“{domain}”没有外围小组成员。",
    },
}
_NO_DOMAIN = {"en": "No business domain is named.", "zh": "尚未确定业务领域。"}
_LOOSE = {
    "en": "A peripheral member answers to no core member of the domain.",
    "zh": "有外围小组成员未归属同领域的核心小组成员。",
}
