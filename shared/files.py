"""Files: taken in with a limit, summed and sniffed, then kept in a folder or an S3 bucket.

    taken = await take_in(upload, limit=20_000_000, accept=("xlsx", "csv"), name="list.csv")
    key = await store.put(taken)                        # the key is the content's SHA-256
    async for chunk in store.read(key): ...

The kind of a file is what its bytes say; the declared type counts for nothing, and a name that says
otherwise is refused. Markup that a browser would run (HTML, SVG, XML) is refused everywhere.
`download_headers` makes browsers save a file, not show it. This is the one place that imports the
object store.
"""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol
from urllib.parse import quote

import filetype
import obstore
from obstore.store import LocalStore, ObjectStore, from_url
from starlette.requests import Request

from shared.errors import (
    EmptyFile,
    Field,
    NotFound,
    Problem,
    TooLarge,
    Unprocessable,
    UnsupportedMedia,
)
from shared.xlsx_check import check_xlsx

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "zip": "application/zip",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
_ALSO_NAMED: Final[Mapping[str, frozenset[str]]] = {
    "csv": frozenset({"txt"}),
    "xlsx": frozenset({"xlsm"}),
    "jpg": frozenset({"jpeg"}),
}
_KNOWN_NAMES: Final = frozenset({*MEDIA_TYPES, "xls"}.union(*_ALSO_NAMED.values()))
INLINE: Final = frozenset({"pdf", "png", "jpg", "gif", "webp"})
_CHUNK: Final = 1 << 18
_IN_MEMORY: Final = 1 << 20
_HEAD: Final = 8192


class Misnamed(UnsupportedMedia):
    """The name of a file promises another kind than its content has."""

    code = "misnamed_file"
    title = {"en": "The name and the content of this file disagree", "zh": "文件名与内容不符"}
    text = {
        "en": 'The name ends in ".{named}", but what is in the file is {found}. Save the table anew'
        " as the kind you mean, or rename the file to .{found}.",
        "zh": "文件名以“.{named}”结尾，但内容是 {found}。请按需要的格式重新保存，"
        "或将文件改名为 .{found}。",
    }


class NoText(UnsupportedMedia):
    """A file is named as a table of text, and its content is none."""

    code = "no_text"
    title = {"en": "What is in this file is no table", "zh": "文件内容不是表格"}
    text = {
        "en": 'The name ends in ".{named}", but the content is no text that could be a table: it is'
        " binary, or markup such as HTML. Save the table anew as one of: {accepted}.",
        "zh": "文件名以“.{named}”结尾，但内容不是表格文本，而是二进制数据或 HTML 等标记。"
        "请将表格重新保存为以下格式之一：{accepted}。",
    }


class Upload(Protocol):
    """What a framework hands over: something to read in pieces."""

    async def read(self, size: int = -1) -> bytes:
        """The next piece, empty at the end."""


@dataclass
class TakenIn:
    """An upload on local disk, known by its content; close it (or use `with`)."""

    file: IO[bytes]
    size: int
    sha256: str
    kind: str

    @property
    def media_type(self) -> str:
        """The media type that the content has."""
        return MEDIA_TYPES[self.kind]

    def __enter__(self) -> TakenIn:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


async def require_one(request: Request, name: str) -> None:
    """Raise `Unprocessable` (422) unless the form has this one part and no other.

    Of several the framework would take the last without a word, and leave others out.
    """
    form = await request.form()
    if len(form.getlist(name)) != 1:
        raise Unprocessable(errors=[Field(f"/{name}", "Send one file.", "只能上传一个文件。")])
    if others := sorted(form.keys() - {name}):
        words = {"en": "is not known", "zh": "未知"}
        raise Unprocessable(errors=[Field(f"/{other}", **words) for other in others])


async def take_in(
    upload: Upload, *, limit: int, accept: Sequence[str], name: str | None = None
) -> TakenIn:
    """Spool an upload to disk, counting, summing and sniffing on the way.

    `limit` is in bytes, `accept` names kinds of `MEDIA_TYPES`. Raises `TooLarge` (413) as soon as
    the limit is passed, `EmptyFile` (422), `UnsafeOfficeFile` (422), `UnsupportedMedia` (415) for
    any other kind or a disguised one (`NoText` where the `name` says .csv), and `Misnamed` (415)
    where the `name` says another kind; all of them point at `/file`, the part of the form.
    """
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    try:
        digest, size = hashlib.sha256(), 0
        while chunk := await upload.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(limit=limit)
            digest.update(chunk)
            await asyncio.to_thread(file.write, chunk)
        if not size:
            raise EmptyFile()
        kind = await asyncio.to_thread(_kind_of, file)
        if kind is None or kind not in accept:
            raise _refusal(name or "", accept)
        _check_name(name or "", kind)
        file.seek(0)
        return TakenIn(file, size, digest.hexdigest(), kind)
    except BaseException as error:
        file.close()
        if isinstance(error, Problem):
            error.point_at("/file")
        raise


def _kind_of(file: IO[bytes]) -> str | None:
    file.seek(0)
    kind = sniff(file.read(_HEAD))
    if kind in {"xlsx", "zip", "docx", "pptx"}:
        file.seek(0)
        return check_xlsx(file) if kind != "zip" or _looks_like_office(file) else kind
    return kind


def _refusal(name: str, accept: Sequence[str]) -> UnsupportedMedia:
    named, accepted = _ending(name), ", ".join(accept)
    if "csv" in accept and named in {"csv", *_ALSO_NAMED.get("csv", ())}:
        return NoText(named=named, accepted=accepted)
    return UnsupportedMedia(accepted=accepted)


def _ending(name: str) -> str:
    return Path(name).suffix.lower().removeprefix(".")


def _check_name(name: str, kind: str) -> None:
    named = _ending(name)
    if named in _KNOWN_NAMES - {kind} - _ALSO_NAMED.get(kind, frozenset()):
        raise Misnamed(named=named, found=kind)


def _looks_like_office(file: IO[bytes]) -> bool:
    # Some writers put the parts in an order that sniffing the first bytes does not recognise.
    file.seek(0)
    found = b"[Content_Types].xml" in file.read(_HEAD)
    file.seek(0)
    return found


def sniff(head: bytes) -> str | None:
    """The kind of content that starts with `head` (a few kilobytes), None when it is none of ours.

    Text is `csv` (plain text included) unless it is markup.
    """
    guessed = filetype.guess(head)
    if guessed is not None:
        return guessed.extension if guessed.extension in MEDIA_TYPES else None
    return "csv" if _is_plain_text(head) else None


def _is_plain_text(head: bytes) -> bool:
    text = _wide_text(head)
    if text is None:
        # One byte, one character: enough to see control characters and markup in any encoding.
        text = head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    if text.lstrip().startswith("<"):
        return False
    return not any(ord(character) < 9 or 13 < ord(character) < 32 for character in text)


def _wide_text(head: bytes) -> str | None:
    """The beginning of a UTF-16 text, with or without its mark; None where it is none."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        encoding = "utf-16"
    elif even != odd and min(even, odd) <= len(head) // 50 and b"\0" in head[:4]:
        encoding = "utf-16-be" if even > odd else "utf-16-le"
    else:
        return None
    # The last character may be cut in two.
    return head[: len(head) // 2 * 2].decode(encoding, "ignore")


def download_headers(name: str, kind: str, *, inline: bool = False) -> dict[str, str]:
    """Headers that make a browser save the file under its name; shown only where that is safe."""
    disposition = "inline" if inline and kind in INLINE else "attachment"
    return {
        "Content-Type": MEDIA_TYPES[kind],
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


def download_document(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that answers with a file of one of these kinds, for OpenAPI."""
    schema = {"type": "string", "contentMediaType": "application/octet-stream"}
    content = {MEDIA_TYPES[kind].partition(";")[0]: {"schema": schema} for kind in kinds}
    return {200: {"description": "The file", "content": content}}


class FileStore:
    """Keeps content under its own sum: in a folder, or in a bucket (`s3://bucket/prefix`)."""

    def __init__(self, place: Path | str) -> None:
        self._store: ObjectStore
        if isinstance(place, Path):
            place.mkdir(parents=True, exist_ok=True)
            self._store = LocalStore(place)
        else:
            self._store = from_url(place)

    async def put(self, taken: TakenIn) -> str:
        """Keep the content; answers its key. The same content twice is kept once."""
        key = f"{taken.sha256[:2]}/{taken.sha256}"
        taken.file.seek(0)
        await obstore.put_async(self._store, key, taken.file, use_multipart=taken.size > _IN_MEMORY)
        return key

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The content in pieces. Raises `NotFound` (404)."""
        try:
            found = await obstore.get_async(self._store, key)
        except FileNotFoundError as error:
            raise NotFound() from error
        async for chunk in found.stream(min_chunk_size=_CHUNK):
            yield bytes(chunk)

    async def delete(self, key: str) -> None:
        """Remove the content; nothing happens when it is gone already."""
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, key)

    async def local_copy(self, key: str) -> IO[Any]:
        """The content as a local temporary file, at its start; the caller closes it."""
        file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        async for chunk in self.read(key):
            await asyncio.to_thread(file.write, chunk)
        file.seek(0)
        return file
