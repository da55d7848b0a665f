"""What may be read of imports: the batches, their rows, and what is wrong with them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from services.clients.imports.headings import FIELDS
from services.clients.imports.rules import Key, Mode, RowStatus, Similar, Status, Task
from services.clients.imports.schemas import ColumnOut, Counts, FieldOut, Forecasts, Progress
from services.clients.policy import POLICY
from services.clients.timeline.schemas import Sentence
from shared.audience import FIRM
from shared.identity import Actor
from shared.reading import (
    ANY_OF,
    Can,
    Column,
    Listing,
    Parent,
    Reference,
    Scope,
)

_COUNTED: Final = tuple(Counts.model_fields)
_COUNTS: Final = ", ".join(
    f"'{name}', i.{'alike' if name == 'similar' else name}" for name in _COUNTED
)
_FIELDS: Final = ", ".join(
    f"json_build_object('name', '{name}', 'required', {str(name == 'legal_name').lower()})"
    for name in FIELDS
)

_FINDS_CLIENTS: Final = (
    "EXISTS (SELECT 1 FROM jsonb_array_elements(i.columns) AS c WHERE c ->> 'field' IN ("
    + ", ".join(f"'{key}'" for key in Key)
    + "))"
)

_ERROR: Final = (
    "CASE WHEN jsonb_typeof(i.problem) = 'object' THEN json_build_object("
    "'en', i.problem #>> '{en,detail}', 'zh', i.problem #>> '{zh,detail}') END"
)


def every_import(actor: Actor) -> Scope:
    """The firm's keepers read every import; the client side none."""
    return Scope.nothing() if actor.is_client else Scope.everything()


COLUMNS: Final = (
    Column("id", "i.id", UUID, audience=FIRM, filters=ANY_OF),
    Column("file_name", "i.file_name", str, audience=FIRM, sortable=True),
    Column("encoding", "i.encoding", str | None, audience=FIRM),
    Column("status", "i.status", Status, audience=FIRM, filters=ANY_OF),
    Column("task", "i.task", Task, audience=FIRM),
    Column("columns", "i.columns", list[ColumnOut], audience=FIRM),
    Column("counts", f"json_build_object({_COUNTS})", Counts, audience=FIRM),
    Column(
        "progress",
        "CASE WHEN i.status IN ('analysing', 'applying')"
        " THEN json_build_object('done', i.done, 'total', i.total) END",
        Progress | None,
        audience=FIRM,
    ),
    Column("mode", "i.mode", Mode | None, audience=FIRM),
    Column("key", "i.match_key", Key | None, audience=FIRM),
    Column("similar", "i.similar_rows", Similar | None, audience=FIRM),
    Column("error", _ERROR, Sentence | None, audience=FIRM),
    Column("problem", "i.problem", dict[str, Any] | None, audience=FIRM),
    Column(
        "created_by",
        "json_build_object('id', i.created_by, 'name', i.created_by_name)",
        Reference,
        audience=FIRM,
    ),
    Column("created_at", "i.created_at", datetime, audience=FIRM, sortable=True),
    Column("updated_at", "i.updated_at", datetime, audience=FIRM),
    Column("analysed_at", "i.analysed_at", datetime | None, audience=FIRM),
    Column("applied_at", "i.applied_at", datetime | None, audience=FIRM),
    Column("undone_at", "i.undone_at", datetime | None, audience=FIRM),
    Column("version", "i.version", int, audience=FIRM),
)

IMPORTS: Final = Listing(
    name="imports",
    path="/imports",
    item="Import",
    policy="import:list",
    summary="Imports of client lists",
    source="imports i",
    columns=COLUMNS,
    scope=every_import,
    order="-created_at",
)

IMPORT: Final = IMPORTS.detail(
    name="import",
    policy="import:view",
    summary="An import of a client list",
    more=(
        Column("fields", f"json_build_array({_FIELDS})", list[FieldOut], audience=FIRM),
        Column(
            "forecast", "CASE WHEN i.status = 'ready' THEN i.forecast END", Forecasts | None,
            audience=FIRM, description="What applying would do with the rows, while it may be.",
        ),
    ),
    version="i.version",
    can=(
        Can("map", rule=POLICY["import:create"], when="i.status = 'ready'"),
        Can("apply", rule=POLICY["import:apply"], when=f"i.status = 'ready' AND {_FINDS_CLIENTS}"),
        Can(
            "undo",
            rule=POLICY["import:undo"],
            when="i.status = 'applied' OR (i.status = 'failed' AND i.task <> 'analyse')",
        ),
        Can(
            "discard",
            rule=POLICY["import:discard"],
            when="i.status = 'ready' OR (i.status = 'failed' AND i.task = 'analyse')",
        ),
    ),
)  # fmt: skip

PROBLEMS: Final = Listing(
    name="import_problems",
    path="/imports/{import_id}/problems",
    item="ImportProblem",
    policy="import:view",
    summary="What is wrong with the rows of an import, by row",
    source="import_problems p JOIN imports i ON i.id = p.import_id",
    scope=every_import,
    order="row,id",
    parents=(Parent("import_id", "p.import_id", IMPORT),),
    columns=(
        Column("id", "p.id", int, audience=FIRM),
        Column("row", "p.number", int, audience=FIRM, filters=ANY_OF, sortable=True),
        Column(
            "column", "i.columns -> p.place ->> 'column'", str | None, audience=FIRM,
            description="The column's letter, as a spreadsheet shows it.",
        ),
        Column("heading", "i.columns -> p.place ->> 'heading'", str | None, audience=FIRM),
        Column("field", "i.columns -> p.place ->> 'field'", str | None, audience=FIRM),
        Column("value", "p.value", str | None, audience=FIRM),
        Column("reason", "p.code", str, audience=FIRM, filters=ANY_OF),
        Column("text", "p.sentence", Sentence, audience=FIRM),
        Column("severity", "p.severity", str, audience=FIRM, filters=ANY_OF),
        Column("task", "p.stage", Task, audience=FIRM, filters=ANY_OF),
    ),
)  # fmt: skip

ROWS: Final = Listing(
    name="import_rows",
    path="/imports/{import_id}/rows",
    item="ImportRow",
    policy="import:view",
    summary="The rows of an import: as they stand in the file, as they were read, what became",
    source="import_rows r",
    scope=every_import,
    key="row",
    order="row",
    parents=(Parent("import_id", "r.import_id", IMPORT),),
    columns=(
        Column("row", "r.number", int, audience=FIRM, filters=ANY_OF, sortable=True),
        Column("status", "r.status", RowStatus, audience=FIRM, filters=ANY_OF),
        Column("cells", "r.cells", list[str], audience=FIRM),
        Column("client", "r.client", dict[str, Any], audience=FIRM),
        Column("person", "r.person", dict[str, Any], audience=FIRM),
        Column("outcome", "r.outcome", str | None, audience=FIRM, filters=ANY_OF),
        Column("client_id", "r.client_id", UUID | None, audience=FIRM),
        Column("contact_id", "r.contact_id", UUID | None, audience=FIRM),
    ),
)

IMPORT_READINGS: Final = (IMPORTS, IMPORT, PROBLEMS, ROWS)
