"""The demonstration's content, read without an instance: it fits together on whatever day."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from deploy.demo.cases import NOW, _Case
from deploy.demo.engagements import _Engagement
from deploy.demo.people import PEOPLE, address, everybody, handle
from deploy.demo.reading import DATA, stories, table
from deploy.demo.registry import _steps
from deploy.demo.when import Timetable
from services.clients.opportunities.rules import TRANSITIONS as OPPORTUNITY
from services.clients.opportunities.rules import OpportunityStage
from services.clients.registry.rules import TRANSITIONS as CLIENT
from services.clients.registry.rules import Stage, credit_code_is_valid
from services.engagements.templates.library import BUILT_IN, template

HANDLES = {handle(person.email) for person in everybody()}
ANCHORS = {
    "monday": datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    "saturday night": datetime(2026, 11, 28, 15, 30, tzinfo=UTC),
    "new year's festival": datetime(2026, 2, 19, 6, 0, tzinfo=UTC),
    "after the golden week": datetime(2026, 10, 9, 0, 10, tzinfo=UTC),
}
MONTHS: Final = (
    r"January|February|March|April|May(?! (?:I|we|you|he|she|it|they)\b)|June|July|August|September"
    r"|October|November|December|(?<=\d )(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
OF_ONE_SEASON: Final = re.compile(
    rf"\b(?:{MONTHS}|Easter|Christmas|Thanksgiving|New Year)\b"
    r"|\b(?i:spring|summer|autumn|winter|season|holidays?|year end|Q[1-4])\b"
    r"|\b(?:[Tt]his|[Nn]ext|[Ll]ast) year\b"
    r"|(?<![\d./+-])(?:19|20)\d\d(?![\d./-]|\s\d)"
    r"|(?<![个数每几上下本\d])(?:[正腊一二三四五六七八九十]|\d{1,2})月(?!度)|[上中下]旬"
    r"|元旦|春节|过年|元宵|清明|端午|中秋|国庆|重阳|劳动节|五一|十一[假长前后黄]|圣诞|双十|双1|黄金周"
    r"|节[前后日]|[一二三四1-4]季度|[春夏秋冬][季天节]|秋冬|春夏|[旺淡]季|农[忙闲]|[上下]半年"
    r"|[去今明前本]年|(?<![半两几\d一二三四五六七八九十])年[初中底末内前后终]"
)
"""Words that are true at one time of the year, or in one year, alone."""


def texts(value: Any) -> Iterator[str]:
    """Every text in a value of the data files, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.values()))
    elif isinstance(value, list):
        yield from itertools.chain.from_iterable(texts(each) for each in value)


def actors(story: dict[str, Any]) -> set[str]:
    named = {act[1] for act in story.get("acts", [])} - {"requester"}
    return named | set(story.get("hands", {}).values()) | {p[1] for p in story.get("team", [])}


@pytest.mark.parametrize("anchor", ANCHORS.values(), ids=list(ANCHORS))
def test_everything_told_lies_in_the_past_whatever_day_it_is(anchor: datetime) -> None:
    times = Timetable(anchor)
    words = [row["at"] for row in table("touches") if row["at"] != NOW]
    words += [row["at"] for row in table("answers_phases")]
    words += [at for row in table("opportunities") for _, at in _steps(row["path"])]
    words += [at for row in table("clients") for _, at in _steps(row["stages"])]
    words += [story["at"] for story in stories("cases") if story["at"] != NOW]
    words += [act[0] for s in stories("engagement_") for act in s["acts"] if act[0] != NOW]
    assert len(words) > 400
    assert max(times.moment(each) for each in words) <= anchor
    assert {times.moment(each).tzinfo for each in words} == {UTC}


@pytest.mark.parametrize("anchor", ANCHORS.values(), ids=list(ANCHORS))
def test_days_that_fall_together_keep_their_order(anchor: datetime) -> None:
    times = Timetable(anchor)
    for row in (*table("opportunities"), *table("clients")):
        moments = [times.moment(at) for _, at in _steps(row.get("path") or row["stages"])]
        assert moments == sorted(moments), row


def test_stages_follow_each_other_as_the_rules_allow() -> None:
    for row in table("clients"):
        way = [Stage(stage) for stage, _ in _steps(row["stages"])]
        assert all(b in CLIENT[a] for a, b in itertools.pairwise(way)), row["short_name"]
    for row in table("opportunities"):
        walk = [OpportunityStage(stage) for stage, _ in _steps(row["path"])]
        assert all(b in OPPORTUNITY[a] for a, b in itertools.pairwise(walk)), row["title"]


def test_whoever_is_named_is_known() -> None:
    known = {row["short_name"] for row in table("clients")}
    contacts = {(row["client"], row["name"]) for row in table("contacts")}
    for row in table("touches"):
        met = {(row["client"], name) for name in row["contacts"].split("、")}
        assert met <= contacts, row
        assert row["author"] in HANDLES, row
    for story in (*stories("cases"), *stories("engagement_")):
        assert actors(story) <= HANDLES, story.get("subject", story.get("key"))
        assert story.get("client", "华信装备") in known
    legal = {row["legal_name"] for row in table("clients")}
    assert {person.client for person in everybody()} - {None} <= legal
    assert all(address(handle(person.email)) == person.email for person in PEOPLE)


def test_nobody_who_is_not_to_be_contacted_was_contacted_lately() -> None:
    closed = {(r["client"], r["name"]) for r in table("contacts") if r["do_not_contact"]}
    assert closed
    met = {
        (row["client"], name)
        for row in table("touches")
        if row["at"] == NOW or int(row["at"].split()[0]) > -60
        for name in row["contacts"].split("、")
    }
    assert not closed & met


def test_every_act_is_one_the_loader_knows() -> None:
    for story in stories("cases"):
        for act in story.get("acts", []):
            assert hasattr(_Case, f"_{act[2].replace('-', '_')}"), act
    for story in stories("engagement_"):
        for act in story["acts"]:
            assert hasattr(_Engagement, f"_{act[2].replace('-', '_')}"), act


def test_somebody_does_every_task_of_an_engagement() -> None:
    tasks = {task.key: task.role for task in template(BUILT_IN).tasks}
    for story in stories("engagement_"):
        assert set(tasks.values()) <= set(story["hands"]), story["key"]
        named = {*story.get("late", {}), *story.get("hold", []), *story.get("open", [])}
        assert named <= set(tasks)


def test_clients_are_chinese_and_foreign() -> None:
    names = [row["legal_name"] for row in table("clients")]
    chinese = sum(bool(re.search("[一-鿿]", name)) for name in names)
    assert chinese >= 30
    assert len(names) - chinese >= 12


def test_names_and_codes_are_given_once() -> None:
    for name, column in (
        ("clients", "legal_name"),
        ("people", "email"),
        ("opportunities", "title"),
    ):
        values = [row[column] for row in table(name)]
        assert max(Counter(values).values()) == 1, name
    subjects = Counter(story["subject"] for story in stories("cases"))
    assert max(subjects.values()) == 1
    codes = [row["credit_code"] for row in table("clients") if row["credit_code"]]
    assert all(credit_code_is_valid(code) for code in codes)


@pytest.mark.parametrize(
    "said",
    [
        *(
            "双十一前",
            "元旦后进场",
            "推到三月",
            "取五月。",
            "12月到岗",
            "明年一季度",
            "旺季",
            "2025年",
        ),
        *("in October", "before Christmas", "until 31 Mar", "next year", "by 2027", "in spring"),
    ],
)
def test_a_season_is_noticed(said: str) -> None:
    assert OF_ONE_SEASON.search(said)


@pytest.mark.parametrize(
    "said", ["三个月内", "每季度", "下月", "按月", "May I ask", "you may ask", "三年内", "上月"]
)
def test_what_holds_on_any_day_is_let_through(said: str) -> None:
    assert not OF_ONE_SEASON.search(said)


def test_no_text_is_true_in_one_season_alone() -> None:
    files = [path for path in sorted(DATA.rglob("*")) if path.is_file()]
    written = [
        *(table("") + stories("")),
        *(path.read_text(encoding="utf-8") for path in files if path.parent != DATA),
    ]
    said = [each for each in texts(written) if not each.isdecimal()]
    assert len(said) > 4_000
    bound = [(each, OF_ONE_SEASON.findall(each)) for each in said if OF_ONE_SEASON.search(each)]
    assert not bound
