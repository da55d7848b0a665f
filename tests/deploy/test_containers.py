"""The images' start commands, exercised as they stand: an instance made of them without an engine.

Each process runs in a copy of its image's code, with its image's variables, the compose file's
environment and exactly the secret files that compose mounts for it. Only the addresses differ: a
container network has names where one machine has ports.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.engines import Postgres
from deploy.processes import free_port
from deploy.secret_files import write_secrets
from deploy.supervisor.topology import PROCESSES, SERVICES
from tests.deploy.dockerfile import ROOT, Dockerfile
from tests.deploy.external_nats import ConfiguredNats
from tests.support.people import Person, accept

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
READY_SECONDS = 150
WRITABLE = {"state", "tmp", "postgres", "nats"}
"""The volumes, /tmp in memory, and what belongs to the engines."""


@dataclass
class Machine:
    """What stands for the container engine: addresses, secrets and processes."""

    folder: Path
    compose: dict[str, Any]
    ports: dict[str, int] = field(
        default_factory=lambda: {
            name: free_port() for name in (*PROCESSES, "postgres", "nats", "monitor")
        }
    )
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    image: Dockerfile = field(default_factory=Dockerfile.read)

    @property
    def secrets(self) -> Path:
        """Every secret of the deployment, with this machine's addresses."""
        return self.folder / "secrets"

    def write_secrets(self) -> None:
        """As `make secrets` does, then names of the container network become ports."""
        for path in write_secrets(self.secrets):
            path.chmod(0o600)
            path.write_text(self.here(path.read_text()))

    def here(self, text: str) -> str:
        """The text with variables at their defaults and container names as this machine's ports."""
        text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", text)
        names = {"postgres:5432": "postgres", "nats:4222": "nats"}
        names |= {f"{service}:8000": service for service in SERVICES}
        for address, name in names.items():
            text = text.replace(f"@{address}", f"@127.0.0.1:{self.ports[name]}")
            text = text.replace(f"//{address}", f"//127.0.0.1:{self.ports[name]}")
        return text

    def command(self, container: str) -> subprocess.Popen[bytes]:
        """Start what compose would start for a container."""
        described = self.compose["services"][container]
        service = described["build"]["args"]["SERVICE"]
        words = described.get("command") or self.image.start_command()
        return subprocess.Popen(
            words, cwd=self.code(service), env=self.environment(container, service)
        )

    def lay_out(self) -> None:
        """The code of each image and the secrets of each container, before any of them runs."""
        for process in PROCESSES:
            self.code(process)
            for container in (process, f"{process}-schema"):
                self.environment(container, process)

    def start(self) -> None:
        """The `-schema` containers, then the services; returns when all say they are healthy."""
        schemas = {process: self.command(f"{process}-schema") for process in PROCESSES}
        assert {process: schema.wait(90) for process, schema in schemas.items()} == dict.fromkeys(
            PROCESSES, 0
        )
        self.running = {process: self.command(process) for process in PROCESSES}
        until = time.monotonic() + READY_SECONDS
        for process, started in self.running.items():
            while self.health(process) != 0:
                assert started.poll() is None, f"{process} ended"
                assert time.monotonic() < until, f"{process} is not healthy"
                time.sleep(0.2)

    def health(self, process: str) -> int:
        """The exit code of the image's health check."""
        return subprocess.run(
            self.image.health_command(),
            cwd=self.code(process),
            env=self.environment(process, process),
            stderr=subprocess.DEVNULL,
            check=False,
        ).returncode

    @property
    def address(self) -> str:
        """Where the gateway answers."""
        return f"http://127.0.0.1:{self.ports['gateway']}"

    def invite(self) -> str:
        """The invitation of the first administrator, as the papers say to ask for it."""
        invited = subprocess.run(
            ["python", "-m", "deploy.container", "invite"],
            cwd=self.code("gateway"),
            env=self.environment("gateway", "gateway"),
            capture_output=True,
            text=True,
            check=True,
        )
        return invited.stdout

    def stop(self) -> dict[str, int]:
        """Stop everything as the engine does; the exit codes."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        return {name: process.wait(25) for name, process in self.running.items()}

    def end(self) -> None:
        """Leave nothing behind, however the test went."""
        for process in self.running.values():
            process.kill()
            process.wait()

    def read_only(self) -> dict[Path, tuple[int, int]]:
        """All that a container may not write to, folders too: size and time of the last change."""
        tops = [top for top in self.folder.iterdir() if top.name not in WRITABLE]
        paths = [path for top in tops for path in (top, *top.rglob("*"))]
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in paths}

    def code(self, service: str) -> Path:
        folder = self.folder / "code" / service
        if not folder.exists():
            folder.mkdir(parents=True)
            self.image.copy_code(service, folder)
        return folder

    def environment(self, container: str, service: str) -> dict[str, str]:
        described = self.compose["services"][container]
        mounted = self.folder / "mounted" / container
        if not mounted.exists():
            mounted.mkdir(parents=True)
            for secret in described["secrets"]:
                shutil.copy(self.secrets / secret, mounted)
        temporary = self.folder / "tmp" / container
        temporary.mkdir(parents=True, exist_ok=True)
        prefix = f"RAPPORT_{service.upper()}_"
        return {
            "HOME": str(self.folder / "state" / service),
            "TMPDIR": str(temporary),
            "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ['PATH']}",
            **self.image.environment(service),
            **{key: self.here(value) for key, value in described.get("environment", {}).items()},
            "RAPPORT_SECRETS_DIR": str(mounted),
            f"{prefix}PORT": str(self.ports[service]),
            f"{prefix}FILES_DIR": str(self.folder / "state" / service),
            f"{prefix}ANCHOR_DIR": str(self.folder / "state" / service / "anchors"),
            f"{prefix}MAIL_FOLDER": str(self.folder / "state" / "mail"),
        }


@pytest.fixture
def machine(open_home: Path) -> Iterator[Machine]:
    """PostgreSQL and NATS as compose configures them, and nothing else yet."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    made = Machine(open_home, compose)
    made.write_secrets()
    with ExitStack() as stack:
        stack.callback(made.end)
        password = (made.secrets / "postgres_password").read_text()
        stack.enter_context(
            Postgres(
                open_home / "postgres", made.ports["postgres"], password=password, durable=False
            )
        )
        stack.enter_context(
            ConfiguredNats(
                open_home / "nats",
                made.ports["nats"],
                monitor=made.ports["monitor"],
                configuration=made.secrets / "nats_conf",
            )
        )
        yield made


def survey_link(admin: Person) -> str:
    """The link mailed to a client-side person whose question was answered and closed."""
    client = admin.post("/clients", {"legal_name": "华信科技有限公司"})["id"]
    person = admin.bring_in("pm@huaxin.example", "李慧", side="client", client_id=client)
    agent = admin.bring_in("agent@firm.example", "孙悦", side="firm", roles=["agent"])
    question = {"kind": "inquiry", "subject": "例会时间", "description": "下周例会几点开始？"}
    case = f"/cases/{person.post('/cases', question)['id']}"
    agent.post(f"{case}/assign", {"assignee_id": agent.id})
    agent.post(f"{case}/resolve", {"resolution": "周五十点。"})
    agent.post(f"{case}/close", {"waive_reason": "问题简单"})
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        for mail in admin.get("/dev/mail", to=person.email)["items"]:
            if found := re.search(r"\S+/survey\S+", mail["text"]):
                return found[0]
        time.sleep(0.2)
    raise AssertionError("no survey came by mail")


def test_an_instance_of_images_starts_answers_and_stops(machine: Machine) -> None:
    machine.lay_out()
    before = machine.read_only()
    machine.start()
    with urllib.request.urlopen(f"{machine.address}/readyz") as answer:
        assert answer.status == 200
    with urllib.request.urlopen(f"{machine.address}/") as answer:
        assert b'<div id="root">' in answer.read()
    invitation = machine.invite()
    assert invitation.startswith("http://127.0.0.1:8080/")
    link = survey_link(accept(machine, invitation, "admin@firm.example"))
    assert link.startswith("http://127.0.0.1:8080/survey")
    assert machine.stop() == dict.fromkeys(PROCESSES, 0)
    assert machine.health("gateway") == 1
    assert machine.read_only() == before


def test_a_missing_secret_is_one_sentence(machine: Machine) -> None:
    (machine.secrets / "rapport_desk_owner_dsn").unlink()
    machine.compose["services"]["desk-schema"]["secrets"].remove("rapport_desk_owner_dsn")
    command = machine.compose["services"]["desk-schema"]["command"]
    done = subprocess.run(
        command,
        cwd=machine.code("desk"),
        env=machine.environment("desk-schema", "desk"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.strip().endswith("there is no secret file rapport_desk_owner_dsn")
