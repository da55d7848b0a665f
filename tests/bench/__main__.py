"""`python -m tests.bench [NAME...]`: every bench, or the named ones, one after the other.

A bench is a module `bench_NAME` whose `main()` prints its figures as ratios to a floor measured
in the same run and returns 0, or 1 where a goal is missed.
"""

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    """Run the benches; 1 when one of them missed a goal."""
    known = sorted(
        path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*")
    )
    unknown = set(names) - set(known)
    if unknown:
        print(f"no such bench: {', '.join(sorted(unknown))}; there are: {', '.join(known)}")
        return 2
    missed = 0
    for name in names or known:
        print(f"== {name}", flush=True)
        missed |= importlib.import_module(f"tests.bench.bench_{name}").main() or 0
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
