"""What an instance costs when nobody uses it, and how long a person waits for it.

`python -m tests.bench rest` starts a whole instance twice, as `make run` does once everything is
set up, and prints the second start's seconds and the memory of all its processes after a while
(proportional: pages that forked processes share count once).
"""

import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from tests.support.instances import Instance

GOAL_SECONDS, GOAL_MEGABYTES = 10.0, 700.0
REST_SECONDS = 20


def started(home: Path, *, rest: float = 0) -> tuple[float, float]:
    """Seconds until an instance is ready, and its megabytes after `rest` seconds of quiet."""
    begun = time.monotonic()
    with Instance(home) as instance:
        seconds = time.monotonic() - begun
        time.sleep(rest)
        assert instance.process is not None
        return seconds, megabytes(instance.process.pid)


def megabytes(pid: int) -> float:
    """The proportional memory of a process and all its children."""
    parent = psutil.Process(pid)
    total = 0.0
    for process in (parent, *parent.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # PostgreSQL's helpers come and go
            total += process.memory_full_info().pss
    return total / 2**20


def main() -> int:
    """Measure both; 1 when a goal is missed."""
    with tempfile.TemporaryDirectory(prefix="rapport-bench-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        started(home / "home")
        seconds, memory = started(home / "home", rest=REST_SECONDS)
    late, heavy = seconds > GOAL_SECONDS, memory > GOAL_MEGABYTES
    print(f"second start: ready after {seconds:.1f} s (no floor); goal {GOAL_SECONDS:.0f} s "
          f"{'missed' if late else 'met'}")  # fmt: skip
    print(f"at rest: {memory:.0f} MB in all processes (no floor); goal {GOAL_MEGABYTES:.0f} MB "
          f"{'missed' if heavy else 'met'}")  # fmt: skip
    return int(late or heavy)


if __name__ == "__main__":
    raise SystemExit(main())
