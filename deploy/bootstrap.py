"""Sets everything up: Python environment, bytecode, Node, web build; only what changed.

Runs on a bare Python 3.11 with nothing installed, so it uses the standard library alone:

    python3 deploy/bootstrap.py            what `make run` needs
    python3 deploy/bootstrap.py --dev      and what `make test` needs
    python3 deploy/bootstrap.py --no-web   without the web interface

Whatever is missing is named in one sentence with its mend, and the exit code is 2.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
WEB = ROOT / "web"
PYTHON_NEEDED = (3, 11)
NODE_NEEDED = (20, 19)
SOURCES = ("shared", "services", "gateway", "deploy")


class Missing(Exception):
    """What the machine lacks: for each thing a sentence that names it and how to mend it."""


def main(arguments: list[str] | None = None) -> int:
    """Set up and return the exit code: 0, or 2 after one clear sentence."""
    parser = argparse.ArgumentParser(description="Set Rapport up on this machine.")
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    parser.add_argument("--no-web", action="store_true", help="leave the web interface out")
    options = parser.parse_args(arguments)
    try:
        _check_python()
        with _one_at_a_time():
            create_environment()
            set_up(dev=options.dev, web=not options.no_web)
    except Missing as missing:
        for sentence in missing.args:
            print(f"rapport: {sentence}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def say(message: str) -> None:
    """One line of visible progress."""
    print(f"\033[2m·\033[0m {message}" if sys.stdout.isatty() else f"· {message}", flush=True)


def _check_python() -> None:
    if sys.version_info[:2] < PYTHON_NEEDED:
        raise Missing(
            f"Python {'.'.join(map(str, PYTHON_NEEDED))} or newer is needed, this is "
            f"{sys.version.split()[0]}; install it and run: make PYTHON=python3.11 run"
        )
    if not os.access(ROOT, os.W_OK):
        raise Missing(
            f"{ROOT} cannot be written to; make it yours (chown) or run from a copy that is."
        )


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two starts from one checkout must not install over each other."""
    lock = ROOT / ".cache" / "setup.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is running in this folder; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def digest(paths: Iterable[Path]) -> str:
    """One hash over names and contents of files, folders included."""
    total = hashlib.sha256()
    for path in sorted(paths):
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                total.update(str(file.relative_to(ROOT)).encode() + b"\0")
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def set_up(*, dev: bool, web: bool) -> None:
    """Install what Python needs and meanwhile what the interface needs: neither asks the other.

    Raises `Missing` with what failed of either.
    """
    with ThreadPoolExecutor(1) as beside:
        building = [beside.submit(build_web).result] if web else []
        parts: list[Callable[[], None]] = [partial(install_python, dev=dev), *building]
        missing = [sentence for part in parts for sentence in _missing(part)]
    if missing:
        raise Missing(*missing)


def _missing(part: Callable[[], None]) -> tuple[str, ...]:
    try:
        part()
    except Missing as missing:
        return missing.args
    return ()


def install_python(*, dev: bool) -> None:
    """Install exactly what the lock file says into .venv, hashes checked."""
    python = VENV / "bin" / "python"
    lock = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    stamp = VENV / ".installed"
    wanted = digest([lock, ROOT / "pyproject.toml"])
    stamps = set(stamp.read_text().split()) if stamp.exists() else set()
    if wanted not in stamps:
        _install(python, lock)
        # A development set contains the other one: both count as installed.
        both = [wanted, digest([ROOT / "requirements.txt", ROOT / "pyproject.toml"])]
        stamp.write_text("\n".join(both))
    _compile_sources(python)


def create_environment() -> None:
    """Create .venv where there is none."""
    if (VENV / "bin" / "python").exists():
        return
    say(f"creating the Python environment in {VENV.name}")
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in done.stdout + done.stderr or "No module named venv" in done.stderr:
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise Missing(
                "Python's venv module is missing; install it with: "
                f"apt-get install python{version}-venv"
            )
        raise Missing(f"the Python environment could not be created: {_last(done.stderr)}")


def _install(python: Path, lock: Path) -> None:
    count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    say(f"installing {count} Python packages from {lock.name}, every hash checked")
    started = time.monotonic()
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    _pip([*pip, "install", "--require-hashes", "--no-deps", "-r", str(lock)], count)
    own = [*pip, "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    _pip(own, 0)
    say(f"Python packages ready after {time.monotonic() - started:.0f} s")


def _pip(command: list[str], count: int) -> None:
    """Run pip, showing how far it is; its last words become the message when it fails."""
    seen, words = 0, [""]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            words = [*words[-7:], line.strip()]
            seen += line.startswith(("Collecting", "Requirement already"))
            if count and line.startswith("Collecting") and seen % 25 == 0:
                say(f"  {seen} of {count} collected")
    if process.returncode != 0:
        errors = [word for word in words if "ERROR" in word or "error" in word] or words
        raise Missing(
            f"Python packages could not be installed ({errors[-1]}); check the network and "
            "pip's configuration, then run the same command again."
        )


def _compile_sources(python: Path) -> None:
    """Bytecode ahead of the first start: without it every start is three times slower."""
    folders = [str(ROOT / name) for name in SOURCES if (ROOT / name).is_dir()]
    subprocess.run([str(python), "-m", "compileall", "-q", *folders], check=False)


def build_web() -> None:
    """Install the interface's packages and build it, each only when its inputs changed."""
    if not (WEB / "package.json").exists():
        return
    packages = digest([WEB / "package.json", WEB / "package-lock.json"])
    sources = [path for path in WEB.iterdir() if path.name not in ("node_modules", "dist")]
    inputs = digest(sources)
    installed, built = WEB / "node_modules" / ".installed", WEB / "node_modules" / ".built"
    if _reads(installed, packages) and _reads(built, inputs) and (WEB / "dist").is_dir():
        return
    environment = _node_environment()
    if not _reads(installed, packages):
        say("installing the interface's packages")
        _npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], environment)
        installed.write_text(packages)
    say("building the interface")
    _npm(["run", "--silent", "build"], environment)
    built.write_text(inputs)


def _reads(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def _npm(arguments: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["npm", *arguments],
        cwd=WEB,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        raise Missing(
            f"`npm {' '.join(arguments)}` failed in web/ (its words are above); check the network "
            "and npm's configuration, then run the same command again."
        )


def _node_environment() -> dict[str, str]:
    """The environment in which `npm` is a Node that is new enough: the system's, or a wheel's."""
    if _node_version(None) >= NODE_NEEDED and shutil.which("npm"):
        return dict(os.environ)
    node = ROOT / ".cache" / "node"
    programs = node / "bin"
    if not (programs / "npm").exists():
        say("no Node 20.19 or newer here: installing one from its wheel, for this folder only")
        subprocess.run([sys.executable, "-m", "venv", str(node)], check=True)
        pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check"]
        _pip([*pip, "install", "--require-hashes", "-r", str(ROOT / "requirements-node.txt")], 0)
    return {**os.environ, "PATH": f"{programs}:{os.environ.get('PATH', '')}"}


def _node_version(path: str | None) -> tuple[int, ...]:
    program = shutil.which("node", path=path)
    if program is None:
        return (0,)
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", told.stdout)[:2]) or (0,)


def _last(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


if __name__ == "__main__":
    sys.exit(main())
