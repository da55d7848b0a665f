"""Parts of set-up and supervisor that need no process: lines, locks, summaries, addresses."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest

from deploy.checks import summary
from deploy.locks import tidy
from deploy.processes import free_port
from deploy.supervisor.children import Child, reasons_of
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.output import Output, entry_of, readable, went_well
from deploy.supervisor.topology import (
    PROCESSES,
    Engines,
    engine_port,
    environment,
    gateway_port,
    listen,
)


def test_lines_keep_their_name_and_order_also_when_they_arrive_in_pieces() -> None:
    stream = io.StringIO()
    output = Output(stream)
    reader, writer = os.pipe()
    output.attach("desk", reader)
    for piece in (b"one\ntw", b"o\n\xe5\x8d", b"\x8e\xe4\xbf\xa1\nrest"):
        os.write(writer, piece)
        output.pump(1)
    os.close(writer)
    output.pump(1)
    assert stream.getvalue().splitlines() == [
        f"desk        │ {line}" for line in ("one", "two", "华信", "rest")
    ]


class Terminal(io.StringIO):
    """Where a person reads along."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_every_process_has_a_colour_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    labels = {}
    for name in ("rapport", "demo", *PROCESSES):
        stream = Terminal()
        Output(stream).say(name, "hello")
        colour, words = stream.getvalue().removeprefix("\033[").split("m", 1)
        labels[name] = colour
        assert words == f"{name:<11}\033[0m │ hello\n"
    assert len(set(labels.values())) == len(labels)
    monkeypatch.setenv("NO_COLOR", "1")
    Output(plain := Terminal()).say("desk", "hello")
    assert "\033" not in plain.getvalue()


def test_where_nothing_is_said_it_lives_in_dot_rapport_and_answers_at_8080(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RAPPORT_HOME", "RAPPORT_PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    assert Home().folder == tmp_path / ".rapport"
    assert gateway_port() == 8080


def test_a_log_entry_is_shortened_for_a_person() -> None:
    request = {
        "event": "request",
        "method": "GET",
        "path": "/x",
        "status": 200,
        "milliseconds": 3.4,
    }
    assert readable(entry_of(json.dumps(request))) == "GET /x 200 3 ms"
    entry = {"event": "nats", "level": "warning", "error": "gone", "timestamp": "t", "service": "s"}
    assert readable(entry_of(json.dumps(entry))) == "warning nats error=gone"
    assert entry_of("{not json") == entry_of("plain") == {}


@pytest.mark.parametrize(
    ("status", "milliseconds", "left_out"), [(201, 30, True), (422, 30, False), (200, 3000, False)]
)
def test_what_went_well_needs_no_line(status: int, milliseconds: int, left_out: bool) -> None:
    entry = {"event": "request", "status": status, "milliseconds": milliseconds}
    assert went_well(entry) is left_out


def test_a_child_that_keeps_ending_waits_longer_and_a_calm_one_does_not() -> None:
    with listen("desk") as listener:
        child = Child("desk", listener, lambda: None, {})
        child.started_at = 100.0
        pauses = [child.ended(101.0) for _ in range(10)]
        assert pauses == sorted(pauses)
        assert pauses[0] < 1
        assert pauses[-1] == 15.0
        assert child.ended(200.0) < 1


def test_reasons_name_only_what_is_not_well() -> None:
    body = json.dumps({"checks": {"nats": "not connected", "postgres": "ok"}}).encode()
    assert reasons_of(body) == "nats: not connected"
    assert reasons_of(b"<html>") == "<html>"


def test_what_the_operator_sets_for_a_process_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAPPORT_DESK_POOL_SIZE", "16")
    monkeypatch.setenv("RAPPORT_DESK_NATS_URL", "nats://elsewhere")
    engines = Engines("postgresql://postgres:x@127.0.0.1:1/postgres", "nats://127.0.0.1:2")
    ports = {"clients": 3, "desk": 4, "gateway": 5}
    settings = environment("desk", Home(tmp_path), engines, ports, demo=False)
    assert settings["RAPPORT_DESK_POOL_SIZE"] == "16"
    assert settings["RAPPORT_DESK_NATS_URL"] == "nats://elsewhere"
    assert "RAPPORT_DESK_IDENTITY_PRIVATE_KEY" not in settings


def test_every_port_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"gateway": "RAPPORT_PORT"}
    for process in PROCESSES:
        port = free_port()
        monkeypatch.setenv(names.get(process, f"RAPPORT_{process.upper()}_PORT"), str(port))
        with listen(process) as listener:
            assert listener.getsockname() == ("127.0.0.1", port)
    for engine, port in (("postgres", 5432), ("nats", 4222)):
        monkeypatch.setenv(f"RAPPORT_{engine.upper()}_PORT", str(port))
        assert engine_port(engine) == port


def test_a_port_that_is_no_number_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAPPORT_PORT", "eighty")
    with pytest.raises(CannotStart, match="RAPPORT_PORT"):
        gateway_port()


def test_a_web_lock_loses_addresses_and_gains_other_platforms(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    optional = {"@x/x-linux-x64-musl": "1.2.3", "@x/x-darwin-arm64": "1.2.3", "y": "^1"}
    packages = {
        "": {"name": "web"},
        "node_modules/x": {"version": "1.2.3", "optionalDependencies": optional, "dev": True},
        "node_modules/z": {"version": "1.0.0", "resolved": "https://registry.example/z.tgz"},
    }
    lock.write_text(json.dumps({"packages": packages}))
    tidy(lock)
    tidied = json.loads(lock.read_text())["packages"]
    assert "://" not in lock.read_text()
    assert tidied["node_modules/@x/x-linux-x64-musl"] == {
        "version": "1.2.3",
        "cpu": ["x64"],
        "optional": True,
        "dev": True,
        "libc": ["musl"],
        "os": ["linux"],
    }
    assert tidied["node_modules/@x/x-darwin-arm64"]["os"] == ["darwin"]
    assert "node_modules/y" not in tidied


def test_the_last_line_of_all_runs_reads_like_pytest() -> None:
    counts = Counter(passed=12, failed=1, skipped=2)
    assert summary(counts, 3.5) == "==== 1 failed, 12 passed, 2 skipped in 3.50s ===="
