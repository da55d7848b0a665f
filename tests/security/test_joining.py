"""The attempts to join answers to people find a join that is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.ids import new_id
from tests.security.joining import Answerer, Evidence, Kept, joins

PEOPLE = [
    Answerer(f"words-{letter}", frozenset({f"person-{letter}", f"hash-{letter}"}))
    for letter in "kbxaqd"
]
"""In no order of their names."""
LIES = (3, 1, 5, 0, 4, 2)


def evidence(**columns: Callable[[int], Any]) -> Evidence:
    """Six answers that lead to nobody, but for what `columns` make of each person's number."""
    made = {
        number: {
            "id": UUID(int=(number * 5 + 2) % 6, version=4),
            "week": date(2026, 11, 23),
            "comment": person.words,
            **{name: make(number) for name, make in columns.items()},
        }
        for number, person in enumerate(PEOPLE)
    }
    rows = [Kept(made[number], position, 7) for position, number in enumerate(LIES)]
    return Evidence(PEOPLE, rows, {"audit": []}, {"log": "nothing"})


def test_answers_that_lead_to_nobody_are_left_alone() -> None:
    assert joins(evidence(role=lambda _: "core", score=lambda number: number % 2)) == []


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"person": lambda number: f"person-{'kbxaqd'[number]}"}, "in an answer"),
        ({"link": lambda number: f"hash-{'kbxaqd'[number]}"}, "in an answer"),
        ({"id": lambda _: new_id()}, "time in the ids of id"),
        ({"week": lambda n: date(2026, 11, 23) + timedelta(7 * (n > 4))}, "time in week"),
        ({"role": lambda number: "core" if number else None}, "a group of 1 by role"),
        ({"number": lambda number: f"{number:03d}"}, "order by number"),
        ({"id": lambda number: UUID(int=number, version=4)}, "order by id"),
    ],
)
def test_a_planted_key_is_found(columns: dict[str, Callable[[int], Any]], found: str) -> None:
    assert any(found in each for each in joins(evidence(**columns)))


def test_rows_that_lie_as_they_came_are_found() -> None:
    plain = evidence()
    lying = sorted(plain.answers, key=lambda row: LIES[row.position])
    plain.answers = [replace(row, position=at) for at, row in enumerate(lying)]
    assert joins(plain) == ["order by position"]


def test_answers_of_transactions_of_their_own_are_found() -> None:
    plain = evidence()
    plain.answers = [replace(row, written_by=LIES[row.position]) for row in plain.answers]
    assert joins(plain) == ["order by transaction", "answers apart by transaction"]


def test_words_beside_the_answers_are_found() -> None:
    plain = evidence()
    plain.texts = {"gateway's log": "request failed: words-x"}
    plain.tables = {"outbox": [Kept({"data": "{words-q}"}, 0, 1)]}
    assert joins(plain) == ["words in gateway's log", "words in outbox"]
