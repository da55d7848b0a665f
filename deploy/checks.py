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
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BIN: Final = ROOT / ".venv" / "bin"
# pytest's own words for outcomes: the total must also tell of what was left out.
_COUNTED: Final = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")


@dataclass(frozen=True)
class Stage:
    """One command with what it shows."""

    title: str
    command: tuple[str, ...]
    folder: Path = ROOT
    pytest: bool = False


def _tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(BIN / name), *arguments)


def _npm(script: str) -> tuple[str, ...]:
    return ("npm", "run", "--silent", script)


STAGES: Final = (
    Stage("style of Python (ruff)", _tool("ruff", "check", ".")),
    Stage("layout of Python (ruff format)", _tool("ruff", "format", "--check", ".")),
    Stage("types of Python (mypy strict)", _tool("mypy")),
    Stage("what may know what (import-linter)", _tool("lint-imports")),
    Stage("types of the interface (tsc)", _npm("check"), ROOT / "web"),
    Stage("style of the interface (eslint)", _npm("lint"), ROOT / "web"),
    Stage("tests of the interface (vitest)", _npm("test"), ROOT / "web"),
    Stage(
        "tests side by side",
        _tool(
            *("pytest", "-q", "-n", "3", "--dist=loadscope", "--no-loadscope-reorder"),
            *("--durations=10", "-m", "not faults and not e2e and not bench", "tests"),
        ),
        pytest=True,
    ),
    Stage(
        "fault tests, one after another",
        _tool("pytest", "-q", "--durations=10", "-m", "faults", "tests"),
        pytest=True,
    ),
    Stage(
        "browser tests",
        _tool(
            *("pytest", "-q", "-n", "2", "--dist=loadscope", "--durations=10"),
            *("-m", "e2e", "tests/e2e"),
        ),
        pytest=True,
    ),
)


def main() -> int:
    """Run all stages; returns 0 when every one passed."""
    started = time.monotonic()
    counts: Counter[str] = Counter()
    results: list[tuple[Stage, int, float]] = []
    environment = _environment()
    for number, stage in enumerate(STAGES, 1):
        print(f"\n── {number}/{len(STAGES)} {stage.title} " + "─" * 20, flush=True)
        began = time.monotonic()
        code, last = _run(stage, environment)
        seconds = time.monotonic() - began
        print(f"── {'passed' if code == 0 else 'FAILED'} in {seconds:.0f} s", flush=True)
        results.append((stage, code, seconds))
        if stage.pytest:
            counts.update({kind.removesuffix("s"): int(n) for n, kind in _COUNTED.findall(last)})
    print()
    for stage, code, seconds in results:
        print(f"  {'passed' if code == 0 else 'FAILED':<7} {seconds:6.0f} s  {stage.title}")
    print(summary(counts, time.monotonic() - started))
    return int(any(code for _, code, _ in results))


def _environment() -> dict[str, str]:
    """Ours with the tools of .venv first, and a Node of this folder where one was installed."""
    folders = [str(BIN)]
    node = ROOT / ".cache" / "node" / "bin"
    if node.is_dir():
        folders.append(str(node))
    return {**os.environ, "PATH": ":".join([*folders, os.environ.get("PATH", "")])}


def _run(stage: Stage, environment: dict[str, str]) -> tuple[int, str]:
    """Run one stage with its output shown; returns exit code and the last line that says much."""
    last = ""
    with subprocess.Popen(
        stage.command,
        cwd=stage.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            if _COUNTED.search(line):
                last = line
    return process.returncode, last


def summary(counts: Counter[str], seconds: float) -> str:
    """One line in pytest's words over all of its runs."""
    order = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")
    parts = [f"{counts[kind]} {kind}" for kind in order if counts[kind]]
    return f"==== {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ===="


if __name__ == "__main__":
    sys.exit(main())
