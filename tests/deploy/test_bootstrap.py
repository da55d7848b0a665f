"""Setting up, with programs that only say what they would do in place of pip, npm and Node."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from deploy import bootstrap

FAKE_PIP = """#!/bin/sh
case "$*" in
  *--require-hashes*) for n in $(seq 60); do echo "Collecting p$n"; done ;;
  *compileall*) exec {python} "$@" ;;
esac
"""
FAKE_NPM = """#!/bin/sh
echo "$0 $1" >> ../npm.log
mkdir -p node_modules dist
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like ours, and is set up in place of it."""
    for name, path in {"ROOT": "", "VENV": ".venv", "WEB": "web"}.items():
        monkeypatch.setattr(bootstrap, name, tmp_path / path)
    for folder in ("shared", "web"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "shared" / "some.py").write_text("SOME = 1\n")
    (tmp_path / "web" / "package.json").write_text("{}")
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    return tmp_path


def program(path: Path, script: str) -> Path:
    """An executable script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script)
    path.chmod(0o755)
    return path


def test_packages_are_installed_with_visible_progress_and_the_sources_compiled(
    checkout: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    program(checkout / ".venv" / "bin" / "python", FAKE_PIP.format(python=sys.executable))
    pins = "".join(f"p{number}==1.0 \\\n    --hash=sha256:00\n" for number in range(60))
    (checkout / "requirements.txt").write_text(pins)
    bootstrap.install_python(dev=False)
    said = capfd.readouterr().out.splitlines()
    assert said[0] == "· installing 60 Python packages from requirements.txt, every hash checked"
    assert said[1:3] == ["·   25 of 60 collected", "·   50 of 60 collected"]
    assert said[3].startswith("· Python packages ready after")
    (compiled,) = (checkout / "shared" / "__pycache__").iterdir()
    assert compiled.name.startswith("some.")
    assert compiled.suffix == ".pyc"
    bootstrap.install_python(dev=False)
    assert capfd.readouterr().out == "", "what is installed is not installed again"


@pytest.mark.parametrize(
    ("version", "chosen"),
    [("v20.18.3", "the wheel's"), ("v20.19.0", "the system's"), ("v22.1.0", "the system's")],
)
def test_node_is_the_systems_where_it_is_new_enough_and_else_the_wheels(
    checkout: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    version: str,
    chosen: str,
) -> None:
    system = checkout / "system"
    program(system / "node", f"#!/bin/sh\necho {version}\n")
    wheel = checkout / ".cache" / "node" / "bin"
    npms = {"the system's": program(system / "npm", FAKE_NPM), "the wheel's": wheel / "npm"}
    program(wheel / "npm", FAKE_NPM)
    monkeypatch.setenv("PATH", f"{system}:{os.environ['PATH']}")
    bootstrap.build_web()
    asked = (checkout / "npm.log").read_text().split()
    assert asked == [str(npms[chosen]), "ci", str(npms[chosen]), "run"]
    said = capfd.readouterr().out.splitlines()
    assert said == ["· installing the interface's packages", "· building the interface"]
    bootstrap.build_web()
    assert (checkout / "npm.log").read_text().split() == asked, "nothing has changed"
