"""What was large and is freed goes back to the system, however large the blocks before it were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
from shared.serving import give_back_freed_memory
if {tuned}:
    give_back_freed_memory()
MB = 1024 * 1024
held = bytearray(30 * MB)
del held  # from now on glibc by itself takes blocks of less than 30 MB from its heap
blocks, pins = [], []
for _ in range(100):
    blocks.append(bytearray(MB))
    pins.append(bytearray(64 * 1024))
del blocks
with open("/proc/self/statm") as file:
    print(int(file.read().split()[1]) * 4096 // MB)
"""


def resident_megabytes(*, tuned: bool) -> int:
    """What a process of its own has in memory once it freed a hundred of its megabytes."""
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", PROGRAM.format(tuned=tuned)]
    said = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return int(said.stdout)


def test_memory_that_was_freed_between_what_is_kept_is_given_back() -> None:
    assert resident_megabytes(tuned=True) + 80 < resident_megabytes(tuned=False)
