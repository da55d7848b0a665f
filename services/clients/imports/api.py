"""Routes that act on imports; reading is declared in `readings.py`."""

from collections.abc import AsyncIterator, Sequence
from typing import Any, Final
from uuid import UUID

from fastapi import APIRouter, Request, Response, UploadFile
from starlette.responses import StreamingResponse

from services.clients.imports import actions
from services.clients.imports.readings import IMPORT, PROBLEMS
from services.clients.imports.schemas import ApplyIn, MappingIn
from shared.answering import Answer
from shared.edge import ActorDep, RuntimeDep, SessionDep, allowed
from shared.files import download_document, download_headers, require_one, take_in
from shared.idempotency import IdempotentRoute, visible_on_replay
from shared.inputs import RecordId
from shared.language import pick_language
from shared.reading.exports import stream_listing
from shared.sheet_export import csv_chunks

router = APIRouter(prefix="/imports", tags=["imports"], route_class=IdempotentRoute)
answer_import = Answer(IMPORT)
_PROBLEM_HEADINGS: Final = {
    "en": ("Row", "Column", "Heading", "Value", "Reason", "Explanation", "Severity"),
    "zh": ("行", "列", "标题", "值", "原因代码", "说明", "级别"),
}


@router.post(
    "",
    status_code=201,
    dependencies=[allowed("import:create"), visible_on_replay(answer_import.still_visible)],
    responses=answer_import.document(201),
)
async def take_file(
    file: UploadFile, request: Request, session: SessionDep, runtime: RuntimeDep
) -> Response:
    """Take a client list in (XLSX or CSV) and start its dry run; nothing is written."""
    await require_one(request, "file")
    limit = runtime.settings.max_import_bytes
    with await take_in(file, limit=limit, accept=("xlsx", "csv"), name=file.filename) as taken:
        name = file.filename or f"clients.{taken.kind}"
        batch = await actions.take_file(session, runtime.files, taken, name=name)
    location = f"/api/v1/imports/{batch.id}"
    return await answer_import(session, batch.id, status=201, location=location)


@router.put(
    "/{id}/mapping",
    dependencies=[allowed("import:create")],
    responses=answer_import.document(),
)
async def map_columns(import_id: RecordId, body: MappingIn, session: SessionDep) -> Response:
    """Say which columns are which fields; every row is checked again."""
    await actions.map_columns(session, import_id, body.mapping)
    return await answer_import(session, import_id)


@router.post(
    "/{id}/apply",
    status_code=202,
    dependencies=[allowed("import:apply")],
    responses=answer_import.document(202),
)
async def apply(import_id: RecordId, body: ApplyIn, session: SessionDep) -> Response:
    """Write the checked rows; progress shows on the import."""
    await actions.apply(session, import_id, body)
    return await answer_import(session, import_id, status=202)


@router.post(
    "/{id}/undo",
    status_code=202,
    dependencies=[allowed("import:undo")],
    responses=answer_import.document(202),
)
async def undo(import_id: RecordId, session: SessionDep) -> Response:
    """Take the import back, updates included; later edits stay and are reported."""
    await actions.undo(session, import_id)
    return await answer_import(session, import_id, status=202)


@router.post(
    "/{id}/discard",
    dependencies=[allowed("import:discard")],
    responses=answer_import.document(),
)
async def discard(import_id: RecordId, session: SessionDep) -> Response:
    """Give up a file that wrote nothing; it is forgotten at once with all that was read from it."""
    await actions.discard(session, import_id)
    return await answer_import(session, import_id)


@router.get(
    "/{id}/problems.csv",
    dependencies=[allowed("import:view")],
    response_class=StreamingResponse,
    responses=download_document("csv"),
)
async def download_problems(
    import_id: RecordId, request: Request, actor: ActorDep, session: SessionDep, runtime: RuntimeDep
) -> StreamingResponse:
    """The problems as a table in the caller's language, to be mended beside the sheet."""
    await answer_import(session, import_id)
    language = pick_language(request.headers.get("accept-language"))
    rows = _problem_rows(runtime, actor, import_id, language)
    headers = download_headers("problems.csv", "csv")
    return StreamingResponse(csv_chunks(_PROBLEM_HEADINGS[language], rows), headers=headers)


async def _problem_rows(
    runtime: Any, actor: Any, import_id: UUID, language: str
) -> AsyncIterator[Sequence[Any]]:
    listed = stream_listing(PROBLEMS, runtime.database, actor, b"", {"import_id": import_id})
    async for problem in listed:
        yield (
            problem["row"],
            problem["column"],
            problem["heading"],
            problem["value"],
            problem["reason"],
            problem["text"][language],
            problem["severity"],
        )
