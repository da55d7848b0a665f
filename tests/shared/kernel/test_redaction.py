"""No log line holds a secret: by key however deep, by shape inside texts and tracebacks."""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any

import pytest
import structlog

from shared.identity import Actor, Side, Signer, generate_keys
from shared.ids import new_id
from shared.redaction import BLANK, BlankingFormatter, blanked
from shared.telemetry import configure_logging

SECRET = "hunter2-very-secret"
PRIVATE, _ = generate_keys()
JWT = Signer(PRIVATE).sign(Actor(new_id(), "Li", Side.FIRM), "desk")


@pytest.mark.parametrize(
    "fields",
    [
        {"password": SECRET},
        {"form": {"user": {"new_password": SECRET}}},
        {"headers": [{"Authorization": SECRET}, {"Cookie": SECRET}]},
        {"settings": ({"worker_dsn": SECRET}, {"API_KEY": {"any": SECRET}})},
    ],
)
def test_a_secret_is_blanked_by_its_key_however_deep(fields: dict[str, Any]) -> None:
    assert SECRET not in str(blanked(fields))
    assert BLANK in str(blanked(fields))


@pytest.mark.parametrize(
    "text",
    [
        f"cannot connect to postgresql://desk_firm:{SECRET}@127.0.0.1:5432/rapport_desk",
        f"nats://desk:{SECRET}@127.0.0.1:4222: connection refused",
        f"smtp failed: password={SECRET}, retrying",
        f"{{'client_secret': '{SECRET}', 'name': 'partner'}}",
        f'{{"refresh_token":"{SECRET}"}}',
        f"POST /api/v1/auth/token?client_secret={SECRET}&x=1",
        f"Authorization: Bearer {SECRET}",
        f"GET /s/{JWT}",
        f"ValueError(DSN('postgresql://a:{SECRET}@h/d'))",
    ],
)
@pytest.mark.parametrize("wrap", [str, ValueError, lambda text: {"a": [text]}, str.encode])
def test_a_secret_is_blanked_by_its_shape_wherever_it_stands(text: str, wrap: Any) -> None:
    said = str(blanked(wrap(text)))
    assert SECRET not in said
    assert JWT not in said
    assert BLANK in said


def test_tokens_that_the_product_makes_are_blanked_in_texts() -> None:
    without_digits = "g-bjWzvfVcWeLcNcWZUkqlsHdxIAxVHrCtzXoI-yeEs"
    for token in (without_digits, *(secrets.token_urlsafe(32) for _ in range(200))):
        assert token not in blanked(f"/invitations/{token} was opened")


@pytest.mark.parametrize(
    "value",
    [
        {"request_id": "01a21fff-57a3-7fec-aa24-d087856ce79d", "milliseconds": 12.5, "status": 201},
        {"path": "/api/v1/cases/01a21fff-57a3-7fec-aa24-d087856ce79d/close"},
        {"reason": "connection to postgresql://127.0.0.1:5432/rapport_desk refused"},
        {"name": "test_a_service_that_was_killed_comes_back_up_"},
        {"digest": "a" * 64, "event": "request", "trace": None},
    ],
)
def test_what_is_no_secret_stays_readable(value: dict[str, Any]) -> None:
    assert blanked(value) == value


@pytest.mark.usefixtures("own_logging")
def test_a_log_line_with_a_traceback_holds_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("desk")
    # A logger made before would keep an older configuration.
    logger = structlog.get_logger("redaction", fresh=new_id())
    try:
        try:
            raise OSError(f"no route to postgresql://desk_firm:{SECRET}@db/rapport_desk")
        except OSError as cause:
            raise RuntimeError(f"password={SECRET}") from cause
    except RuntimeError as error:
        logger.error("failed", exc_info=error, body={"user": {"password": SECRET}})
    line = json.loads(capsys.readouterr().out.strip().splitlines()[-1])
    assert line["event"] == "failed"
    assert "no route to postgresql://desk_firm:[blanked]@db/rapport_desk" in line["exception"]
    assert SECRET not in json.dumps(line)


def test_what_libraries_log_holds_no_secret() -> None:
    record = logging.LogRecord(
        "asyncio", logging.ERROR, "x", 1, "failed: %s", (f"postgresql://a:{SECRET}@h/d",), None
    )
    assert SECRET not in BlankingFormatter("%(name)s %(message)s").format(record)
