"""Languages, ids, policy rules and problem documents."""

from __future__ import annotations

import pytest

from services.desk.cases.rules import CaseStatus
from shared.errors import Field, NotKnownYet, Problem, Unprocessable
from shared.identity import Actor, Side
from shared.ids import new_id
from shared.language import pick_language
from shared.policy import CLIENT, FIRM, role, scope_allows
from shared.transitions import IllegalTransition


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5, zh;q=0.9", "zh"),
        ("de, en;q=0.3, zh;q=0.2", "en"),
        ("zh;q=0", "en"),
        ("zh;q=oops", "en"),
        ("*", "en"),
    ],
)
def test_language_of_the_caller(header: str | None, language: str) -> None:
    assert pick_language(header) == language


def test_ids_are_uuid7_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(2000)]
    assert {id.version for id in ids} == {7}
    assert len(set(ids)) == len(ids)
    assert [id.int >> 80 for id in ids] == sorted(id.int >> 80 for id in ids)


def actor(side: Side, *roles: str, scopes: frozenset[str] | None = None) -> Actor:
    return Actor(new_id(), "x", side, frozenset(roles), scopes=scopes)


def test_a_rule_admits_by_side_or_role() -> None:
    rule = role("agent") | CLIENT
    assert rule.allows(actor(Side.FIRM, "agent"))
    assert rule.allows(actor(Side.CLIENT))
    assert not rule.allows(actor(Side.FIRM, "partner"))


def test_a_firm_role_on_a_client_side_actor_opens_nothing() -> None:
    assert not role("admin").allows(actor(Side.CLIENT, "admin"))
    assert not FIRM.allows(actor(Side.CLIENT, "admin"))


@pytest.mark.parametrize(
    ("scope", "action", "may"),
    [
        ("case:read", "case:list", True),
        ("case:read", "case:close", False),
        ("case:*", "case:close", True),
        ("case:write", "case:close", True),
        ("case:write", "case:list", False),
        ("client:*", "case:list", False),
    ],
)
def test_scopes_of_a_key(scope: str, action: str, may: bool) -> None:
    assert scope_allows(actor(Side.FIRM, scopes=frozenset({scope})), action) is may


def test_a_problem_names_the_place_in_the_callers_language() -> None:
    field = Field("/due_at", en="lies in the past", zh="已过去")
    document = Unprocessable(errors=[field]).document("zh", "r-1")
    assert document["errors"] == [{"pointer": "/due_at", "detail": "已过去", "code": "invalid"}]
    assert document["status"] == 422 and document["request_id"] == "r-1"
    assert document["type"].endswith("/invalid")


def test_problems_fill_their_sentences() -> None:
    refused = IllegalTransition(CaseStatus.WAITING_CLIENT, CaseStatus.OPEN)
    assert "“Waiting for client” cannot become “New”" in refused.detail("en")
    assert "“等待客户”" in refused.detail("zh") and "“新建”" in refused.detail("zh")
    assert NotKnownYet("client", 7).document("en", "")["retryable"] is True


def every(kind: type[Problem]) -> set[type[Problem]]:
    return {kind}.union(*(every(child) for child in kind.__subclasses__()))


def test_every_problem_speaks_both_languages() -> None:
    for kind in every(Problem):
        assert set(kind.title) == set(kind.text) == {"en", "zh"}, kind
        assert kind.title["en"] and kind.title["zh"]
