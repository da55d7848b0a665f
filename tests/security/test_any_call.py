"""Whatever the one document allows, and much that it does not, is answered as it says.

schemathesis reads the document of a running instance and calls every operation: shapes at their
limits, broken ones, and chains in which an answer's ids go into the next call.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import orjson
import pytest

from tests.loop.cast import Cast, bring_in
from tests.loop.steps import UNTIL_RESOLVED, Walker
from tests.loop.story import Story
from tests.security.any_call import LEFT_OUT, document_of, filled, known_ids, operations
from tests.support.instances import Instance, empty_instance
from tests.support.people import Person

SECONDS: Final = (int(os.environ.get("RAPPORT_CALL_SECONDS", "10")), 60)
"""How long a phase takes; a machine that is too busy to begin in that time gets longer."""
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 2 * SECONDS[0])]
# The administrator last: among what they may do is keeping the others out.
PHASES: Final = {"pm": "Coverage", "agent": "Stateful", "admin": "Fuzzing"}
"""Who meets which phase: in one run together, the first phase would take all the time."""
CHECKS: Final = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance"
)


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """People of an instance of its own, with something of everything, to be treated badly."""
    with empty_instance(tmp_path_factory.mktemp("home")) as instance:
        cast = bring_in(instance)
        walker = Walker(Story(cast, 1))
        for step in UNTIL_RESOLVED:
            walker.take(step)
        cast.agent.post("/contacts", {"client_id": cast.client_id, "name": "马娟"})
        called = {"client_id": cast.client_id, "kind": "call", "summary": "x"}
        cast.agent.post("/interactions", called | {"occurred_at": "2026-01-05T02:00:00Z"})
        yield cast


def test_every_operation_is_called_and_answers_as_documented(cast: Cast) -> None:
    document = document_of(cast.admin)
    # Whoever acts keeps their own account; what is done to users is done to somebody else.
    ids = known_ids(cast.admin, document) | {"users": [cast.peripheral.id]}
    called, wrong = 0, []
    for each in operations(document):
        body = b"{}" if each.has_body else None
        answer = cast.admin.client.request(
            each.method,
            f"{cast.admin.instance.address}{filled(each.path, ids)}",
            content=body,
            headers={"Content-Type": "application/json", "If-Match": '"1"'},
        )
        called += 1
        if str(answer.status_code) not in each.answers:
            wrong.append(f"{each.method} {each.path}: {answer.status_code} {answer.text[:200]}")
    assert wrong == []
    assert called == sum(map(len, document["paths"].values())) - len(LEFT_OUT)
    assert errors_of(cast.admin) == []


@pytest.mark.parametrize("who", PHASES)
def test_whatever_is_sent_is_answered_as_documented(cast: Cast, who: str, tmp_path: Path) -> None:
    person: Person = getattr(cast, who)
    (tmp_path / "schemathesis.toml").write_text(_known_ids(person))
    # As much as the machine manages in the time; every operation is called once above.
    begun = r"Scenarios: +[1-9]" if PHASES[who] == "Stateful" else r"Tested: +[1-9]"
    for seconds in SECONDS:
        said = _call_everything(person, tmp_path, PHASES[who], seconds)
        if re.search(begun, said):
            break
    assert re.search(begun, said), said
    print("\n".join(re.findall(r"^.*(?:Tested|Scenarios|Generated|Test cases).*$", said, re.M)))
    assert f"{PHASES[who]} (in " in said, said
    assert person.client.get("/me").status_code == 200, "the caller was kept out on the way"
    assert errors_of(person) == []


def test_an_error_in_the_log_would_be_found() -> None:
    line = '00:00:01 desk      │ {"event": "request_failed", "level": "error", "service": "desk"}'
    for other in ("error", "desk │ not JSON: error", line.replace('"error"', '"info"'), "desk │ 1"):
        assert errors_in([other]) == []
    assert errors_in([line]) == [line]


def errors_of(person: Person) -> list[str]:
    """What the instance has logged as an error."""
    assert isinstance(person.instance, Instance)
    return errors_in(person.instance.lines)


def errors_in(lines: Sequence[str]) -> list[str]:
    """The lines of processes that tell of an error."""
    return [line for line in lines if level_of(line) in {"error", "critical"}]


def level_of(line: str) -> str | None:
    """How grave a line says it is, read behind the process's name; None of other words."""
    _, _, said = line.partition("│ ")
    try:
        told = orjson.loads(said)
    except orjson.JSONDecodeError:
        return None
    return told.get("level") if isinstance(told, dict) else None


def _call_everything(person: Person, folder: Path, phase: str, seconds: int) -> str:
    """Run a phase of schemathesis; its report.

    Fails with the report when an answer was not as documented.
    """
    command = [str(Path(sys.executable).with_name("schemathesis"))]
    command += ["--config-file", str(folder / "schemathesis.toml"), "run"]
    command += [f"{person.instance.address}/api/openapi.json", "--checks", CHECKS]
    command += ["--phases", phase.lower(), "--max-time", str(seconds)]
    command += ["--seed", "1", "--no-shrink", "--continue-on-failure"]
    command += ["--warnings", "off", "--no-color", "--output-sanitize", "false"]
    for name, value in person.headers.items():
        command += ["--header", f"{name}: {value}"]
    for operation in LEFT_OUT:
        command += ["--exclude-operation-id", operation]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=seconds + 60, check=False
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def _known_ids(person: Person) -> str:
    """schemathesis' configuration: records that exist, for paths, bodies and versions."""
    found = known_ids(person, document_of(person))
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


def _binding(place: str, dictionary: str) -> str:
    return f'"{place}" = {{ dictionary = "{dictionary}", probability = 0.7 }}'
