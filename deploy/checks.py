"""Every check and every test, stage by stage: what `make test` runs after setting up.

Stages go on after a failure, so that one run tells all; the exit code is 1 when any failed. The
last line sums pytest's own summaries.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tests.support.prepared import share_folder

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = ROOT / ".venv" / "bin"
_OUTCOMES: Final = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
"""pytest's own words, in its order; what a stage deselects, another one runs."""
_COUNTED: Final = re.compile(rf"(\d+) ({'|'.join(_OUTCOMES)})s?\b")


@dataclass(frozen=True)
class Stage:
    """One command with what it shows."""

    title: str
    command: tuple[str, ...]
    folder: Path = ROOT
    pytest: bool = False
    most_seconds: float | None = None
    """What the stage may take; one that took longer is called late, and passes."""


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _npm(script: str) -> tuple[str, ...]:
    return ("npm", "run", "--silent", script)


_MATRICES: Final = sorted(map(str, (ROOT / "tests" / "security").glob("test_matrix_*.py")))
CHECKS: Final = (
    Stage("style of Python (ruff)", _tool("ruff", "check", ".")),
    Stage("layout of Python (ruff format)", _tool("ruff", "format", "--check", ".")),
    Stage("types of Python (mypy strict)", _tool("mypy")),
    Stage("what may know what (import-linter)", _tool("lint-imports")),
    Stage("shape of the sources", _tool("pytest", "-q", "tests/architecture"), pytest=True),
    Stage("types of the interface (tsc)", _npm("check"), ROOT / "web"),
    Stage("style of the interface (eslint)", _npm("lint"), ROOT / "web"),
    Stage("tests of the interface (vitest)", _npm("test"), ROOT / "web"),
    Stage(
        "authorisation matrices",  # they wait for tokens to run out, each service for its own
        _tool("pytest", "-q", "-n", "3", "--dist=loadfile", *_MATRICES),
        pytest=True,
    ),
)
"""These run beside the fault tests, which mostly wait, and behind everything those do."""
_MODESTLY: Final = ("nice", "-n", "19")
SIDE_BY_SIDE: Final = Stage(
    "tests side by side",
    _tool(
        *("pytest", "-q", "-n", "4", "--dist=loadscope", "--no-loadscope-reorder"),
        *("--durations=10", "-m", "not faults and not alone and not e2e and not bench"),
        *("--ignore=tests/architecture", "--ignore-glob=*/test_matrix_*.py", "tests"),
    ),
    pytest=True,
)
ALONE: Final = Stage(
    "starting, stopping and too much at once, with nothing beside",
    _tool(
        "pytest",
        "-q",
        "-m",
        "alone",
        "tests/deploy/test_starting.py",
        "tests/faults/test_overload.py",
    ),
    pytest=True,
)
FAULTS: Final = Stage(
    "fault tests, one after another",
    _tool("pytest", "-q", "--durations=10", "-m", "faults", "tests"),
    pytest=True,
    most_seconds=480,
)
BROWSER: Final = Stage(
    "browser tests",
    _tool(
        *("pytest", "-q", "-n", "2", "--dist=worksteal", "--durations=10"),
        *("-m", "e2e", "tests/e2e"),
    ),
    pytest=True,
)
STAGES: Final = (ALONE, SIDE_BY_SIDE, FAULTS, *CHECKS, BROWSER)


@dataclass(frozen=True)
class Outcome:
    """How a stage went; `last` is the last line in which pytest counts."""

    stage: Stage
    code: int
    seconds: float
    last: str


def main() -> int:
    """Run all stages; returns 0 when every one passed."""
    started = time.monotonic()
    share_folder()
    environment = _environment()
    outcomes = [
        _shown(ALONE, environment),
        _shown(SIDE_BY_SIDE, environment),
        *_with_checks(FAULTS, environment),
        _shown(BROWSER, environment),
    ]
    print()
    counts: Counter[str] = Counter()
    for each in outcomes:
        print(f"  {_word(each):<7} {each.seconds:6.0f} s  {each.stage.title}")
        if each.stage.pytest:
            found = _COUNTED.findall(each.last)
            counts.update({kind: int(n) for n, kind in found})
    print(summary(counts, time.monotonic() - started))
    return int(any(each.code for each in outcomes))


def _with_checks(stage: Stage, environment: dict[str, str]) -> Iterator[Outcome]:
    """Run a stage and meanwhile the checks; what each says is shown whole, in their order."""
    with ThreadPoolExecutor(1) as pool:
        said: list[list[str]] = [[] for _ in CHECKS]
        running = [
            pool.submit(_run, check, environment, lines.append, _MODESTLY)
            for check, lines in zip(CHECKS, said, strict=True)
        ]
        yield _shown(stage, environment)
        for check, lines, future in zip(CHECKS, said, running, strict=True):
            _begin(check)
            outcome = future.result()
            print("".join(lines), end="")
            yield _ended(outcome)


def _shown(stage: Stage, environment: dict[str, str]) -> Outcome:
    """Run a stage with what it says as it says it."""
    _begin(stage)
    return _ended(_run(stage, environment, partial(print, end="", flush=True)))


def _begin(stage: Stage) -> None:
    place = STAGES.index(stage) + 1
    print(f"\n── {place}/{len(STAGES)} {stage.title} " + "─" * 20, flush=True)


def _ended(outcome: Outcome) -> Outcome:
    print(f"── {_word(outcome)} in {outcome.seconds:.0f} s", flush=True)
    return outcome


def _word(outcome: Outcome) -> str:
    if outcome.code:
        return "FAILED"
    most = outcome.stage.most_seconds
    return "late" if most is not None and outcome.seconds > most else "passed"


def _environment() -> dict[str, str]:
    """Ours with the tools of .venv first, and a Node of this folder where one was installed.

    Bytecode is kept: without it every test process compiles all tests anew.
    """
    folders = [str(BIN)]
    node = ROOT / ".cache" / "node" / "bin"
    if node.is_dir():
        folders.append(str(node))
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PATH": ":".join([*folders, kept.get("PATH", "")])}


def _run(
    stage: Stage,
    environment: dict[str, str],
    say: Callable[[str], object],
    under: Sequence[str] = (),
) -> Outcome:
    """Run one stage, under another command if given; `say` gets each line of its output."""
    began = time.monotonic()
    last = ""
    with subprocess.Popen(
        (*under, *stage.command),
        cwd=stage.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            say(line)
            if _COUNTED.search(line):
                last = line
    return Outcome(stage, process.returncode, time.monotonic() - began, last)


def summary(counts: Counter[str], seconds: float) -> str:
    """One line in pytest's words over all of its runs."""
    parts = [f"{counts[kind]} {kind}" for kind in _OUTCOMES if counts[kind]]
    return f"==== {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ===="


if __name__ == "__main__":
    sys.exit(main())
