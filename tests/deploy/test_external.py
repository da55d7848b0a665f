"""An external engine that is not there is said in one sentence, without its password."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from deploy.supervisor.external import check_nats, check_postgres
from deploy.supervisor.home import CannotStart, Home
from deploy.supervisor.stores import open_stores
from tests.support.engines import Engines


@pytest.fixture
def nobody() -> int:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def stranger() -> Iterator[int]:
    """A server that speaks neither protocol."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def greet() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                connection.sendall(b"220 mail.example ESMTP\r\n")
                connection.close()

        threading.Thread(target=greet, daemon=True).start()
        yield int(listener.getsockname()[1])


def test_a_postgresql_that_is_none_is_refused(nobody: int, stranger: int) -> None:
    for url in (f"postgresql://a:hush@127.0.0.1:{nobody}/x", f"mysql://a:hush@127.0.0.1:{nobody}",
                "no address", f"postgresql://a:hush@127.0.0.1:{stranger}/x"):  # fmt: skip
        with pytest.raises(CannotStart, match="RAPPORT_POSTGRES_URL does not lead to") as refused:
            check_postgres(url)
        assert "hush" not in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize("letters", ["LC_CTYPE 'C'", "LC_CTYPE 'C' ENCODING 'SQL_ASCII'"])
def test_a_postgresql_that_knows_no_chinese_is_refused(engines: Engines, letters: str) -> None:
    url = engines.postgres.admin_dsn
    check_postgres(url)
    asyncio.run(told(url, f"CREATE DATABASE rapport_odd TEMPLATE template0 {letters}"))
    try:
        with pytest.raises(CannotStart, match=r"database rapport_odd knows no Chinese .*C\.UTF-8"):
            check_postgres(url)
    finally:
        asyncio.run(told(url, "DROP DATABASE rapport_odd"))


async def told(url: str, statement: str) -> None:
    """Have the server do something."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def test_a_nats_that_is_none_is_refused(nobody: int, stranger: int) -> None:
    for url in (f"nats://a:hush@127.0.0.1:{nobody}", "http://127.0.0.1:4222", "nats://x:port", "",
                f"nats://a:hush@127.0.0.1:{stranger}"):  # fmt: skip
        with pytest.raises(CannotStart, match="RAPPORT_NATS_URL does not lead to") as refused:
            check_nats(url)
        assert "hush" not in str(refused.value) and "\n" not in str(refused.value)


def test_of_several_nats_one_that_answers_is_enough(nobody: int, nats_url: str) -> None:
    check_nats(f"nats://127.0.0.1:{nobody},{nats_url}")


@pytest.mark.parametrize("name", ["RAPPORT_POSTGRES_URL", "RAPPORT_NATS_URL"])
def test_nothing_is_started_beside_a_wrong_address(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "nowhere")
    with pytest.raises(CannotStart, match=name):
        open_stores(Home(tmp_path))
    assert list(tmp_path.iterdir()) == []
