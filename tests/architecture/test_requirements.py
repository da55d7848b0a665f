"""What runs in production comes with `requirements.txt` alone: an image installs nothing else."""

import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture.sources import ROOT, imports_of, python_files

OURS = {"shared", "services", "gateway", "deploy"}
CHECKS = {ROOT / "deploy" / "checks.py"}
"""Runs the tests, and is in no image."""


def locked() -> set[str]:
    """The distributions of `requirements.txt`, named as packaging tools compare names."""
    text = (ROOT / "requirements.txt").read_text("utf-8")
    return {plain(name) for name in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", text, re.MULTILINE)}


def plain(name: str) -> str:
    """A distribution's name without what makes no difference."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_what_is_imported_at_run_time_is_locked_for_it() -> None:
    files = [path for path in python_files(*OURS) if path not in CHECKS]
    imported = {name.partition(".")[0] for path in files for name in imports_of(path)}
    foreign = imported - OURS - sys.stdlib_module_names
    assert len(foreign) > 20
    brings = packages_distributions()
    known = locked()
    missing = {
        name for name in foreign if known.isdisjoint(plain(each) for each in brings.get(name, ()))
    }
    assert missing == set()
