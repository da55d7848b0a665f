"""Lock files, Makefile and set-up as a newcomer meets them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_carry_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    pins = re.findall(r"^\S+==\S+.*\\$", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-zA-Z]", text, re.MULTILINE))
    for entry in re.split(r"\n(?=[a-zA-Z])", text.strip()):
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_web_lock_carries_integrity_and_no_address() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    for path, package in lock["packages"].items():
        if not path or package.get("link"):
            continue
        assert "resolved" not in package, path
        # A package of another platform may have been unavailable when the lock was written.
        elsewhere = package.get("optional") and not path.endswith("linux-x64-gnu")
        assert "integrity" in package or elsewhere, path


def test_web_lock_names_the_packages_of_every_platform() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    for package in packages.values():
        for name, version in package.get("optionalDependencies", {}).items():
            if re.fullmatch(r"\d+\.\d+\.\d+", version):
                assert f"node_modules/{name}" in packages, name


def test_every_wanted_package_is_locked() -> None:
    for name in ("requirements", "requirements-dev"):
        wanted = (ROOT / f"{name}.in").read_text().splitlines()
        locked = (ROOT / f"{name}.txt").read_text().lower().replace("_", "-")
        for line in wanted:
            if line and not line.startswith("-"):
                package = line.split("[")[0].lower()
                assert re.search(rf"^{re.escape(package)}==", locked, re.MULTILINE), package


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, re.MULTILINE)) - {"python"}
    told = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for target in targets:
        assert re.search(rf"\b{target}\b", told), target


def refusal(program: str, *, sentences: int = 1) -> str:
    """What set-up says, in a process where something is missing."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, deploy.bootstrap as b\n{program}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == sentences, done.stderr
    return done.stderr


def test_set_up_names_both_where_python_and_the_interface_fail_side_by_side() -> None:
    program = """
def pip(dev):
    b._pip([sys.executable, "-c", "print('ERROR: no index'); sys.exit(1)"], 0)
def npm():
    raise b.Missing("`npm ci` failed in web/")
b.install_python, b.build_web = pip, npm
sys.exit(b.main([]))
"""
    said = refusal(program, sentences=2).splitlines()
    assert "could not be installed (ERROR: no index)" in said[0]
    assert said[1] == "rapport: `npm ci` failed in web/"


def test_set_up_names_an_old_python_and_the_mend() -> None:
    said = refusal("b.PYTHON_NEEDED = (4, 0); sys.exit(b.main(['--no-web']))")
    assert "newer is needed" in said
    assert "PYTHON=" in said


def test_set_up_names_a_missing_venv_module_and_the_mend(tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho 'ensurepip is not available'\nexit 1\n")
    bare.chmod(0o755)
    said = refusal(
        f"sys.executable = {str(bare)!r}\n"
        f"b.VENV = b.Path({str(tmp_path / 'venv')!r})\n"
        "sys.exit(b.main(['--no-web']))"
    )
    assert "venv module is missing" in said
    assert "apt-get install python3" in said


def test_set_up_names_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    said = refusal(f"b.ROOT = b.Path({str(tmp_path / 'absent')!r})\nsys.exit(b.main(['--no-web']))")
    assert "cannot be written" in said


def test_make_names_a_missing_python_and_the_mend() -> None:
    done = subprocess.run(
        ["make", "setup", "PYTHON=no-such-python"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "apt-get install python3.11" in done.stderr
