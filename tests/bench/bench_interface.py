"""First useful paint, change of place and the whole loop in Chromium by itself, by the design.

`python -m tests.bench interface` runs the measures of the browser tests with nothing beside them,
so that the allowance for processes which queue in turn is not made, and none at all for an act of
the loop to stand on the client page. There is no floor to compare with: the bounds are milliseconds
for a person.
"""

import os
import subprocess
import sys
from typing import Final

from tests.e2e.busy import ALONE

_MEASURES: Final = ("tests/e2e/test_measured_manners.py", "tests/e2e/test_whole_loop.py")


def main() -> int:
    """Run and print; not 0 when a bound is passed."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-s", "-q", *_MEASURES]
    chosen = ["-k", "useful_paint or tenth_of_a_second or whole_loop"]
    return subprocess.call([*command, *chosen], env=os.environ | {ALONE: "1"})


if __name__ == "__main__":
    raise SystemExit(main())
