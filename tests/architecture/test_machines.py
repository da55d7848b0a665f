"""Every state machine, every pair of its states, against what is written out here.

A machine is a table of its `rules.py` whose name ends in TRANSITIONS. What it allows stands below
a second time on purpose: a step that gets into a table by mistake, or is lost, fails here. One of
the product's words changes in both places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any, Final, NamedTuple

import pytest

from gateway.users import rules as users
from services.clients.imports import rules as imports
from services.clients.opportunities import rules as opportunities
from services.clients.registry import rules as registry
from services.desk.cases import rules as cases
from services.desk.followups import rules as followups
from services.desk.promises import rules as promises
from services.desk.solutions import rules as solutions
from services.engagements.deliverables import rules as deliverables
from services.engagements.engagement import rules as engagement
from services.engagements.members import rules as members
from services.engagements.phases import rules as phases
from services.engagements.plan import rules as plan
from services.engagements.stakeholders import rules as stakeholders
from services.surveys.rounds import rules as rounds
from shared.errors import Problem
from shared.states import State
from tests.architecture.sources import PACKAGES, ROOT, modules_of

NO_MACHINES: Final = {"RowStatus"}
"""Named like states, and settled once: what a dry run found about a row."""
OPEN_STAGES: Final = (
    "lead site_survey value_proposition decision_maker_confirmed qualified needs_analysis"
    " perception_analysis proposal negotiation"
)


class Machine(NamedTuple):
    """What leads where, as words; how a step is asked for, and to which states one can ask."""

    allowed: Mapping[str, str]
    step: Callable[[Any, Any], Any]
    targets: str = ""
    """Of a machine with acts instead of a general step: the states the act leads to."""


def _round(current: rounds.RoundStatus, target: rounds.RoundStatus) -> rounds.RoundStatus:
    if not rounds.may_become(current, target):
        raise rounds.NoSuchLink()
    return target


MACHINES: Final[dict[type[State], Machine]] = {
    users.UserStatus: Machine(
        {
            "invited": "active deactivated",
            "active": "deactivated",
            "deactivated": "active invited",
        },
        users.check_step,
    ),
    registry.Stage: Machine(
        {
            "prospect": "qualified disqualified",
            "qualified": "prospect negotiating dormant disqualified",
            "negotiating": "qualified active dormant disqualified",
            "active": "dormant former",
            "dormant": "qualified negotiating active former",
            "former": "qualified negotiating active",
            "disqualified": "prospect",
        },
        lambda current, target: registry.move_to(current, target, "because"),
    ),
    opportunities.OpportunityStage: Machine(
        {
            **{
                stage: f"{OPEN_STAGES} won lost".replace(f"{stage} ", "", 1)
                for stage in OPEN_STAGES.split()
            },
            "won": "",
            "lost": OPEN_STAGES,
        },
        lambda current, target: opportunities.move_to(current, target, "because"),
    ),
    imports.Status: Machine(
        {
            "analysing": "ready failed",
            "ready": "analysing applying failed discarded",
            "applying": "applied undone failed",
            "applied": "applying",
            "undone": "",
            "failed": "applying discarded",
            "discarded": "",
        },
        imports.move_to,
    ),
    cases.CaseStatus: Machine(
        {
            "open": "assigned withdrawn",
            "assigned": "open in_progress waiting_client resolved withdrawn",
            "in_progress": "solution_offered waiting_client resolved withdrawn",
            "waiting_client": "withdrawn",
            "solution_offered": "in_progress solution_accepted withdrawn",
            "solution_accepted": "in_progress waiting_client resolved withdrawn",
            "resolved": "closed reopened",
            "closed": "reopened",
            "reopened": "assigned in_progress waiting_client resolved withdrawn",
            "withdrawn": "",
        },
        cases.become,
    ),
    promises.PromiseStatus: Machine(
        {
            "made": "kept broken superseded released",
            "kept": "",
            "broken": "",
            "superseded": "",
            "released": "",
        },
        promises.settle,
    ),
    solutions.SolutionStatus: Machine(
        {
            "offered": "accepted declined not_chosen withdrawn",
            "accepted": "",
            "declined": "",
            "not_chosen": "",
            "withdrawn": "",
        },
        solutions.settle,
    ),
    followups.FollowUpStatus: Machine(
        {"scheduled": "done waived", "done": "", "waived": ""}, followups.settle
    ),
    engagement.EngagementStatus: Machine(
        {
            "draft": "proposed cancelled",
            "proposed": "active cancelled",
            "active": "on_hold closing cancelled",
            "on_hold": "active cancelled",
            "closing": "active closed",
            "closed": "",
            "cancelled": "",
        },
        engagement.become,
    ),
    members.MemberStatus: Machine(
        {"planned": "live ended", "live": "ended", "ended": ""}, members.become
    ),
    phases.PhaseStatus: Machine(
        {"planned": "active", "active": "ended", "ended": ""}, phases.become
    ),
    plan.TaskStatus: Machine({"planned": "active", "active": "done", "done": ""}, plan.become),
    plan.NodeStatus: Machine(
        {"planned": "held", "held": ""}, lambda current, _: plan.hold(current), targets="held"
    ),
    deliverables.DeliverableStatus: Machine(
        {
            "draft": "commenting checking",
            "commenting": "checking draft",
            "checking": "deciding draft",
            "deciding": "accepted draft",
            "accepted": "rolling_out",
            "rolling_out": "done",
            "done": "",
        },
        deliverables.become,
    ),
    stakeholders.ActionStatus: Machine(
        {"planned": "done", "done": ""},
        lambda current, _: stakeholders.finish(current),
        targets="done",
    ),
    rounds.RoundStatus: Machine({"open": "closed", "closed": ""}, _round),
    rounds.InvitationStatus: Machine(
        {"open": "answered closed", "answered": "", "closed": "", "spared": ""}, rounds.become
    ),
}
CALLED_IN: Final = {
    users.UserStatus: "users.status",
    registry.Stage: "clients.stage",
    opportunities.OpportunityStage: "opportunities.stage",
    imports.Status: "imports.status",
    cases.CaseStatus: "cases.status",
    promises.PromiseStatus: "promises.status",
    solutions.SolutionStatus: "solutions.status",
    engagement.EngagementStatus: "engagements.status",
    phases.PhaseStatus: "plan.phase_status",
    plan.TaskStatus: "plan.task_status",
    deliverables.DeliverableStatus: "deliverables.status",
    rounds.InvitationStatus: "surveys.status",
}
"""Where the interface's texts name the states: file and block."""
NOT_NAMED: Final = {
    followups.FollowUpStatus,
    members.MemberStatus,
    plan.NodeStatus,
    stakeholders.ActionStatus,
    rounds.RoundStatus,
}
"""Shown by their place, day or sign: the interface names one or two of the states, none as such."""
PAIRS: Final = [
    (states, current, target) for states in MACHINES for current, target in product(states, states)
]


def allows(current: State, target: State) -> bool:
    """Whether a step stands above."""
    return target in MACHINES[type(current)].allowed[current].split()


@lru_cache(maxsize=1)
def tables() -> dict[type[State], Mapping[State, frozenset[State]]]:
    """Every table of every `rules.py`, by its states."""
    found = {}
    for package in PACKAGES.values():
        for module in modules_of(package):
            for name, value in vars(module).items():
                if name.endswith("TRANSITIONS") and module.__name__.endswith(".rules"):
                    found[type(next(iter(value)))] = value
    return found


@pytest.mark.parametrize(("states", "current", "target"), PAIRS)
def test_every_pair_of_states_of_every_machine(
    states: type[State], current: State, target: State
) -> None:
    machine = MACHINES[states]
    assert (target in tables()[states][current]) == allows(current, target)
    if machine.targets and target not in machine.targets.split():
        return  # no act leads there
    if allows(current, target):
        assert machine.step(current, target) in (target, None)
        return
    with pytest.raises(Problem) as refused:
        machine.step(current, target)
    assert refused.value.status == (404 if states.__module__ == rounds.__name__ else 409)


def test_every_table_of_states_is_written_out_here() -> None:
    assert set(tables()) == set(MACHINES)
    for states, table in tables().items():
        assert set(table) == set(states)
        words = " ".join(MACHINES[states].allowed.values()).split()
        assert set(words) <= set(states), "a word of no state allows nothing"


@pytest.mark.parametrize(("states", "place"), CALLED_IN.items(), ids=str)
def test_a_sentence_calls_a_state_what_the_interface_calls_it(
    states: type[State], place: str
) -> None:
    file, block = place.split(".")
    for language, locale in (("en", "en"), ("zh", "zh-CN")):
        texts = (ROOT / f"web/src/locales/{locale}/{file}.ts").read_text()
        (named,) = re.findall(rf"^  {block}: {{(.*?)}},$", texts, re.MULTILINE | re.DOTALL)
        shown = dict(re.findall(r'(\w+): "([^"]+)"', named))
        assert shown == {state.value: state.called(language) for state in states}


def test_every_state_has_its_word_in_both_languages() -> None:
    assert set(CALLED_IN) | NOT_NAMED == set(MACHINES)
    for states in MACHINES:
        for language in ("en", "zh"):
            words = [state.called(language) for state in states]
            assert all(words) and len(set(words)) == len(words), states


def test_everything_that_is_named_like_states_has_a_table() -> None:
    named = {
        value
        for package in PACKAGES.values()
        for module in modules_of(package)
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, StrEnum)
        and name.endswith(("Status", "Stage"))
        and name not in NO_MACHINES
    }
    assert named == set(MACHINES)
