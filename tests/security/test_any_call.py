"""Whatever the one document allows, and much that it does not, is answered as it says.

schemathesis reads the document of a running instance and calls every operation: shapes at their
limits, broken ones, and chains in which an answer's ids go into the next call.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import orjson
import pytest

from tests.support.instances import Instance
from tests.support.people import Person, first_administrator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SECONDS: Final = 18
# The administrator last: among what they may do is keeping the others out.
PEOPLE: Final = ("pm", "agent", "admin")
COLLECTIONS: Final = (
    *("clients", "contacts", "interactions", "imports", "cases", "promises", "solutions"),
    *("follow-ups", "users"),
)
CHECKS: Final = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance"
)
LEFT_OUT: Final = ("sign_out", "change_password", "stream_events")
"""What would end the caller's own session, and what never ends."""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Person]]:
    """People of an instance of its own, with something of everything, to be treated badly."""
    home = tmp_path_factory.mktemp("home")
    # A refusal for too many requests would be documented and show nothing.
    with Instance(home, RAPPORT_GATEWAY_REQUESTS_PER_SECOND="100000") as instance:
        admin = first_administrator(instance)
        client = admin.post("/clients", {"legal_name": "华信科技有限公司"})["id"]
        lead = {"side": "firm", "roles": ["agent", "service_lead"]}
        agent = admin.bring_in("agent@firm.example", "Agent", **lead)
        pm = admin.bring_in("pm@huaxin.example", "PM", side="client", client_id=client)
        _records(agent, pm, client)
        yield {"pm": pm, "agent": agent, "admin": admin}


def _records(agent: Person, pm: Person, client: str) -> None:
    agent.post("/contacts", {"client_id": client, "name": "马娟"})
    called = {"client_id": client, "kind": "call", "summary": "x"}
    agent.post("/interactions", called | {"occurred_at": "2026-01-05T02:00:00Z"})
    for _ in range(3):
        raised = {"kind": "complaint", "subject": "x", "description": "y"}
        case = pm.post("/cases", raised)["id"]
        agent.post(f"/cases/{case}/assign", {"assignee_id": agent.id})
        agent.post(f"/cases/{case}/restate", {"text": "z"})
        pm.post(f"/cases/{case}/confirm-need", {"confirmed": True})
        offer = {"title": "t", "description": "d", "duration_days": 1, "risk": "low"}
        agent.post("/solutions", {"case_id": case, **offer})


@pytest.mark.parametrize("who", PEOPLE)
def test_every_operation_answers_as_documented(
    people: dict[str, Person], who: str, tmp_path: Path
) -> None:
    instance, headers = people[who].instance, people[who].headers
    assert isinstance(instance, Instance)
    (tmp_path / "schemathesis.toml").write_text(_known_ids(instance, headers))
    said = _call_everything(instance, headers, tmp_path)
    # As many as the machine manages in the time: all of them, unless it is busy.
    tested = re.search(r"Tested: (\d+)", said)
    assert tested and int(tested[1]) > 20, said
    with httpx.Client(base_url=instance.address, headers=headers) as client:
        assert client.get("/api/v1/me").status_code == 200, "the caller was kept out on the way"
        assert client.get("/readyz").status_code == 200
    assert [line for line in instance.lines if '"level":"error"' in line] == []


def _call_everything(instance: Instance, headers: dict[str, str], folder: Path) -> str:
    """Run schemathesis; its report. Fails with the report when an answer was not as documented."""
    command = [str(Path(sys.executable).with_name("schemathesis"))]
    command += ["--config-file", str(folder / "schemathesis.toml"), "run"]
    command += [f"{instance.address}/api/openapi.json", "--checks", CHECKS]
    command += ["--phases", "coverage,stateful,fuzzing", "--max-time", str(SECONDS)]
    command += ["--seed", "1", "--no-shrink", "--continue-on-failure"]
    command += ["--warnings", "off", "--no-color", "--output-sanitize", "false"]
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    for operation in LEFT_OUT:
        command += ["--exclude-operation-id", operation]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS * 4, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def _known_ids(instance: Instance, headers: dict[str, str]) -> str:
    """schemathesis' configuration: records that exist, for paths, bodies and versions."""
    found = {name: _ids(instance, headers, name) for name in COLLECTIONS}
    lines = ["[dictionaries.versions]", "values = ['\"1\"', '\"2\"', '\"3\"']"]
    for name, ids in found.items():
        lines += [f"[dictionaries.{name}]", f"values = {orjson.dumps(ids).decode()}"]
    for name in found:
        lines += ["[[operations]]", f"include-path-regex = '^/api/v1/{name}(/|$)'"]
        lines += ["[operations.parameters]", _binding("path.id", name)]
        lines += [_binding("header.if-match", "versions")]
        for other in found:
            singular = other.removesuffix("s").replace("-", "_")
            lines += [_binding(f"path.{singular}_id", other)]
            lines += [_binding(f"body.{singular}_id", other)]
        lines += [_binding(f"body.{role}_id", "users") for role in ("owner", "assignee")]
        lines += [_binding("body.requester_id", "users")]
    return "\n".join(lines)


def _ids(instance: Instance, headers: dict[str, str], collection: str) -> list[str]:
    """Some records of a collection that the caller sees, or an id that nobody has."""
    address = f"{instance.address}/api/v1/{collection}"
    answer: Any = httpx.get(address, params={"limit": 5, "fields": "id"}, headers=headers)
    items = answer.json()["items"] if answer.status_code == 200 else []
    return [item["id"] for item in items] or ["01930000-0000-7000-8000-000000000000"]


def _binding(place: str, dictionary: str) -> str:
    return f'"{place}" = {{ dictionary = "{dictionary}", probability = 0.7 }}'
