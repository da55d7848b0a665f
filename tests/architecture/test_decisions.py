"""Decisions: each has a number of its own and fits on a page."""

from collections import Counter

from tests.architecture.sources import ROOT

DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LONGEST = 50


def test_every_number_is_given_once() -> None:
    numbers = Counter(path.name[:4] for path in DECISIONS)
    assert numbers
    assert [number for number, count in numbers.items() if count > 1] == []


def test_every_decision_fits_on_a_page() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in DECISIONS}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}
