"""Static files in memory: hashed assets for ever, the page itself never without asking.

The built interface is a few megabytes; held in memory it costs no file access and no thread.
Compressed twins (`app.js.br`, `app.js.gz`) are served to whoever accepts them.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.responses import Response

_HASHED: Final = re.compile(r"[.-][A-Za-z0-9_-]{8,}\.[a-z0-9]+\Z")
_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK_FIRST: Final = "no-cache"
SECURITY_HEADERS: Final = {
    # Style attributes are what the component library sets its sizes with; scripts are ours alone.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
        " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
        " manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@dataclass(frozen=True)
class File:
    """One file as it goes out."""

    body: bytes
    media_type: str
    etag: str
    cache_control: str
    twins: tuple[tuple[str, bytes], ...]

    def response(self, accept_encoding: str, if_none_match: str | None) -> Response:
        """The answer to a GET, 304 when the caller has it."""
        headers = SECURITY_HEADERS | {
            "ETag": self.etag,
            "Cache-Control": self.cache_control,
            "Vary": "Accept-Encoding",
        }
        if if_none_match is not None and self.etag in if_none_match:
            return Response(status_code=304, headers=headers)
        accepted = {part.split(";")[0].strip() for part in accept_encoding.lower().split(",")}
        body = self.body
        for encoding, twin in self.twins:
            if encoding in accepted:
                body, headers["Content-Encoding"] = twin, encoding
                break
        return Response(body, headers=headers, media_type=self.media_type)


class Folder:
    """A folder of files by address; read once, again when the build changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, File] = {}
        self._read_at: float | None = None

    def find(self, address: str) -> File | None:
        """The file at an address below the folder, such as `assets/app-1a2b3c4d.js`."""
        self._reread()
        return self._files.get(address)

    def _reread(self) -> None:
        page = self._folder / "index.html"
        stamp = page.stat().st_mtime if page.exists() else 0.0
        if stamp != self._read_at:
            self._read_at = stamp
            self._files = dict(self._read())

    def _read(self) -> list[tuple[str, File]]:
        paths = [path for path in sorted(self._folder.rglob("*")) if path.is_file()]
        twins = {path for path in paths if path.suffix in {".br", ".gz"}}
        return [
            (path.relative_to(self._folder).as_posix(), _file(path))
            for path in paths
            if path not in twins and path.suffix != ".map"
        ]


def _file(path: Path) -> File:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    twins = []
    for encoding, suffix in _ENCODINGS:
        twin = path.with_name(path.name + suffix)
        if twin.exists():
            twins.append((encoding, twin.read_bytes()))
    return File(
        body=body,
        media_type=media_type,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        cache_control=_FOREVER if _HASHED.search(path.name) else _ASK_FIRST,
        twins=tuple(twins),
    )
