"""`make test` leaves no test out and runs none twice: its stages share all of them among them."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Self

from deploy.checks import STAGES
from tests.architecture.sources import ROOT, name_of, python_files, tree_of

MARKS = frozenset({"faults", "alone", "e2e", "bench", "slow"})


@dataclass(frozen=True)
class Selection:
    """What a stage gives pytest: where to look, what to leave out, which marks it wants."""

    folders: tuple[Path, ...]
    ignored: tuple[str, ...]
    wanted: str

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Self:
        """Read pytest's arguments."""
        wanted = arguments[arguments.index("-m") + 1] if "-m" in arguments else "True"
        ignored = (each.partition("=") for each in arguments if each.startswith("--ignore"))
        return cls(
            tuple(ROOT / each for each in arguments if (ROOT / each).exists()),
            tuple(
                what if kind.endswith("glob") else f"{ROOT / what}/*" for kind, _, what in ignored
            ),
            wanted,
        )

    def looks_into(self, path: Path) -> bool:
        """Whether pytest collects this file."""
        left_out = any(fnmatch(str(path), pattern) for pattern in self.ignored)
        return not left_out and any(path.is_relative_to(folder) for folder in self.folders)

    def wants(self, marks: set[str]) -> bool:
        """Whether it runs a test with these marks."""
        return bool(eval(self.wanted, {}, {mark: mark in marks for mark in MARKS}))


def items_of(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The tests of a file with their marks; what a state machine makes has the file's."""
    tree = tree_of(path)
    own = {
        mark
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        for mark in _marks(node.value)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).startswith("Test"):
            yield ast.unparse(node.targets[0]), own
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_test(node.name):
            yield node.name, own.union(*map(_marks, node.decorator_list))


def _is_test(name: str) -> bool:
    return name.startswith("test")


def _marks(node: ast.AST) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)} & MARKS


def test_the_stages_of_make_test_run_every_test_once() -> None:
    selections = [Selection.of(stage.command[1:]) for stage in STAGES if stage.pytest]
    times: Counter[str] = Counter()
    for path in python_files("tests"):
        if path.name.startswith("test_"):
            here = [each for each in selections if each.looks_into(path)]
            for name, marks in items_of(path):
                times[f"{name_of(path)}::{name}"] = sum(each.wants(marks) for each in here)
    assert len(times) > 1000
    assert {name: often for name, often in times.items() if often != 1} == {}


def test_browser_tests_run_among_themselves() -> None:
    """Playwright's loop stands in the way of tests that need one of their own."""
    files = list((ROOT / "tests" / "e2e").glob("test_*.py"))
    assert len(files) > 10
    stray = [name for path in files for name, marks in items_of(path) if "e2e" not in marks]
    assert stray == []
