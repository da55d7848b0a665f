"""What the desk's acts do to a case's status, and what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from services.desk.cases.rules import (
    INTERRUPTIBLE,
    LIVE,
    TRANSITIONS,
    CaseNotLive,
    CaseStatus,
    IllegalCaseStep,
    after_assignment,
    after_firm_contact,
    case_number,
    check_assignee,
    over,
    resume_target,
)
from services.desk.cases.schemas import CasePatch
from services.desk.history.wording import FIELDS, LABELS, SENTENCES, WORDING, fields_named
from services.desk.messages.rules import acknowledgement
from services.desk.promises import rules as promises
from shared.assigning import NotAssignable
from shared.ids import new_id
from tests.architecture.test_machines import allows


def test_nothing_leads_from_an_offer_to_work_but_the_clients_choice_or_none_left() -> None:
    """What is on offer ends accepted, all declined, or with the case withdrawn; never resolved."""
    assert CaseStatus.RESOLVED not in TRANSITIONS[CaseStatus.SOLUTION_OFFERED]


@pytest.mark.parametrize("status", CaseStatus)
def test_assignment(status: CaseStatus) -> None:
    """A live case can be given to someone; it becomes assigned only where nobody had begun."""
    if status not in LIVE:
        with pytest.raises(CaseNotLive):
            after_assignment(status)
        return
    fresh = {CaseStatus.OPEN, CaseStatus.REOPENED}
    assert after_assignment(status) is (CaseStatus.ASSIGNED if status in fresh else status)


def test_nobody_is_told_to_reopen_what_was_withdrawn() -> None:
    """A refusal advises what can be done: a closed case reopens, one taken back never does."""
    assert "reopen it first" in over(CaseStatus.CLOSED).detail("en")
    assert "open a new one" in over(CaseStatus.WITHDRAWN).detail("en")


@pytest.mark.parametrize("status", CaseStatus)
def test_steps_taken_by_the_way_obey_the_table(status: CaseStatus) -> None:
    """What a reply or an answer does to the status is a step of the table or none."""
    reached = after_firm_contact(status)
    assert reached is status or allows(status, reached)
    if status in INTERRUPTIBLE:
        assert resume_target(status) is status
    else:
        with pytest.raises(IllegalCaseStep):
            resume_target(status)


def test_who_can_be_assigned() -> None:
    """An active agent whom the case is not about."""
    user = new_id()
    check_assignee(user, roles=["agent"], active=True, about=[])
    check_assignee(user, roles=["service_lead"], active=True, about=[new_id()])
    for roles, active, about in (
        (["agent"], True, [user]),
        (["agent"], False, []),
        (["consultant"], True, []),
        ([], True, []),
    ):
        with pytest.raises(NotAssignable):
            check_assignee(user, roles=roles, active=active, about=about)


def test_numbers_read_as_people_say_them() -> None:
    """Year and six digits, more when there are more."""
    assert case_number(2026, 381) == "K-2026-000381"
    assert case_number(2026, 1_234_567) == "K-2026-1234567"


def test_a_promise_is_broken_from_its_due_instant_on() -> None:
    """Not a microsecond before it, and nothing mends it afterwards."""
    due = datetime(2026, 11, 23, 9, tzinfo=UTC)
    made = promises.PromiseStatus.MADE
    promises.require_open(made, due, due - timedelta(microseconds=1))
    for now in (due, due + timedelta(days=1)):
        with pytest.raises(promises.PromisePassed):
            promises.require_open(made, due, now)
    with pytest.raises(promises.PromisePassed):
        promises.require_open(promises.PromiseStatus.BROKEN, due, due - timedelta(hours=1))
    with pytest.raises(promises.PromiseSettled):
        promises.require_open(promises.PromiseStatus.KEPT, due, due - timedelta(hours=1))


def test_which_act_keeps_which_promise() -> None:
    """A reply answers, an offer offers, a resolution resolves; a call is made by hand."""
    kinds = promises.PromiseKind
    assert promises.KEEPS[promises.Act.REPLIED] == {kinds.FIRST_RESPONSE, kinds.UPDATE}
    assert kinds.SOLUTION in promises.KEEPS[promises.Act.OFFERED]
    assert kinds.RESOLUTION in promises.KEEPS[promises.Act.RESOLVED]
    assert all(kinds.CALLBACK not in kept for kept in promises.KEEPS.values())


def test_kept_rate() -> None:
    """Kept among those that came due; nothing before the first."""
    assert promises.kept_rate(3, 1) == 0.75
    assert promises.kept_rate(0, 0) is None


@pytest.mark.parametrize("kind", sorted(WORDING))
def test_every_step_has_a_sentence_in_both_languages(kind: str) -> None:
    """The same parameters fill both, and the Chinese one is Chinese."""
    params = {
        name: next(iter(LABELS[name])) if name in LABELS else f"<{name}>"
        for name in (
            "actor", "case_kind", "subject", "number", "assignee", "fields", "text", "comment",
            "reason", "promise_kind", "due", "earlier", "title", "resolution", "due_on",
        )
    }  # fmt: skip
    said = SENTENCES.said(kind, params)
    assert said["en"].isascii()
    assert any("\u4e00" <= character <= "\u9fff" for character in said["zh"])
    for name in ("reason", "comment", "title", "resolution", "number", "assignee"):
        assert (f"<{name}>" in said["en"]) == (f"<{name}>" in said["zh"])


def test_every_field_that_may_be_corrected_has_a_name_in_both_languages() -> None:
    """A history never shows the name that programs use."""
    assert set(FIELDS) == set(CasePatch.model_fields)
    said = SENTENCES.said(
        "changed", {"actor": "韩梅", "fields": fields_named(["kind", "severity"])}
    )
    assert said == {"en": "韩梅 changed: kind, severity.", "zh": "韩梅修改了：类型、严重程度。"}


def test_braces_in_what_people_write_are_text() -> None:
    """A subject is never a template."""
    said = SENTENCES.said("withdrawn", {"actor": "{x}", "reason": "{actor.__class__} {}"})
    assert said["en"] == "{x} withdrew the case: {actor.__class__} {}"


def test_steps_about_handling_are_the_firms() -> None:
    """Whom it is about, notes, and priorities never show on the client side."""
    assert all(
        SENTENCES.firm_only(kind) for kind in ("about_changed", "noted", "changed", "unassigned")
    )
    assert not any(
        SENTENCES.firm_only(kind) for kind in ("opened", "replied", "promise_broken", "closed")
    )


def test_acknowledgement_speaks_the_requesters_language() -> None:
    """Number and next step."""
    assert "K-2026-000001" in acknowledgement("zh", "K-2026-000001")
    assert "下一步" in acknowledgement("zh", "K-2026-000001")
    assert "Next:" in acknowledgement("en", "K-2026-000001")


def test_a_user_id_is_not_its_text() -> None:
    """The about list compares ids, whatever they were written as."""
    user = new_id()
    with pytest.raises(NotAssignable):
        check_assignee(UUID(str(user)), roles=["agent"], active=True, about=[user])


def test_a_step_that_somebody_took_already_is_told_as_that() -> None:
    said = {
        target: IllegalCaseStep(CaseStatus.RESOLVED, target).detail("en")
        for target in (CaseStatus.RESOLVED, CaseStatus.WAITING_CLIENT)
    }
    assert said == {
        CaseStatus.RESOLVED: "It is “Resolved” already; somebody may have been quicker.",
        CaseStatus.WAITING_CLIENT: "A case that is “Resolved” cannot become “Waiting for client”.",
    }
