"""Somebody with much to send and a slow line."""

from __future__ import annotations

import asyncio

LOT: int = 200_000
"""Bytes a second of a slow line, above the rate that is asked for."""


async def upload(
    port: int, token: str, seconds: int, announced: int | None = None, chunked: bool = False
) -> bytes:
    """Send a lot each second, of a length that is announced or not; the whole answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
    length = f"Content-Length: {announced or LOT * seconds}"
    head += f"Connection: close\r\n{'Transfer-Encoding: chunked' if chunked else length}\r\n\r\n"
    lot = b"a" * LOT
    writer.write(head.encode())
    for _ in range(seconds):
        writer.write(b"%x\r\n%s\r\n" % (LOT, lot) if chunked else lot)
        await asyncio.sleep(1)
    if chunked:
        writer.write(b"0\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), 10)
    writer.close()
    return answer
