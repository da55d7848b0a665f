"""The sum of a request body, taken while it arrives, so that uploads are never read twice."""

from __future__ import annotations

import hashlib
import re

from starlette.types import Message, Receive


class BodyDigest:
    """SHA-256 of a request body, taken while it streams by.

    A multipart boundary is random in every call, so it is left out of the sum.
    """

    def __init__(self, content_type: str) -> None:
        found = re.search(r'boundary="?([^";,]+)"?', content_type)
        multipart = content_type.lower().startswith("multipart/")
        self._boundary = found[1].encode() if found and multipart else b""
        self._hash = hashlib.sha256()
        self._tail = b""
        self.complete = False

    def watch(self, receive: Receive) -> Receive:
        """`receive`, with every chunk passing through the sum."""

        async def watched() -> Message:
            message = await receive()
            if message["type"] == "http.request":
                self.feed(message.get("body", b""))
                self.complete = not message.get("more_body", False)
            return message

        return watched

    def feed(self, chunk: bytes) -> None:
        """Add a chunk; where the chunks are cut does not matter."""
        if not self._boundary:
            self._hash.update(chunk)
            return
        data = (self._tail + chunk).replace(self._boundary, b"\0")
        cut = max(len(data) - len(self._boundary) + 1, 0)
        self._hash.update(data[:cut])
        self._tail = data[cut:]

    def finish(self, query: str) -> bytes:
        """The sum over the body and the query string."""
        self._hash.update(self._tail + b"\0" + query.encode())
        return self._hash.digest()
