"""Requests written to a socket as they are: a client that costs next to nothing."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any


def request(
    method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """One complete HTTP/1.1 request; a body goes as JSON."""
    data = b"" if body is None else json.dumps(body).encode()
    fields = {"Host": "x", "Content-Length": str(len(data)), **(headers or {})}
    if data:
        fields["Content-Type"] = "application/json"
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    return "\r\n".join([*lines, "", ""]).encode() + data


async def ask(port: int, messages: Sequence[bytes]) -> list[float]:
    """Send one after another over one connection; seconds each. Raises on any answer but 2xx."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    for message in messages:
        begun = time.perf_counter()
        writer.write(message)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 2"):
            raise RuntimeError(head.decode())
        if b"content-length: " in head:
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        taken.append(time.perf_counter() - begun)
    writer.close()
    await writer.wait_closed()
    return taken
