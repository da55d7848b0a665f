"""The interface's types are those of the running API."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

WEB = Path(__file__).parents[2] / "web"


def test_the_types_of_the_interface_are_those_of_the_api(address: str) -> None:
    """Whoever changes a public shape runs `npm run schema` and mends what no longer fits."""
    node = shutil.which("node")
    assert node, "no Node here"
    check = [node, "scripts/schema.mjs", f"{address}/api/openapi.json", "--check"]
    done = subprocess.run(check, cwd=WEB, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
