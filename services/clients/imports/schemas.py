"""What crosses HTTP about imports."""

from typing import Annotated

from pydantic import BaseModel
from pydantic import Field as Limit

from services.clients.imports.rules import Key, Mode, Similar
from shared.inputs import Body


class MappingIn(Body):
    """The field of each heading; null leaves the column out, an absent heading stays."""

    mapping: Annotated[dict[str, str | None], Limit(max_length=300)]


class ApplyIn(Body):
    """How the checked rows go in."""

    mode: Mode = Mode.CREATE
    key: Key = Key.CREDIT_CODE
    similar: Similar = Similar.SKIP


class ColumnOut(BaseModel):
    """A column of the sheet: its letter, heading, first value, and the field it becomes."""

    column: str
    heading: str
    field: str | None
    sample: str | None


class FieldOut(BaseModel):
    """A field that a column can become."""

    name: str
    required: bool


class Progress(BaseModel):
    """How many rows of the present work are done."""

    done: int
    total: int


class Counts(BaseModel):
    """How many rows; `warnings` counts warnings. `problems` are rows that stay out."""

    rows: int
    ready: int
    problems: int
    warnings: int
    duplicates: int
    similar: int
    known: int
    created: int
    updated: int
    skipped: int
    undone: int
    kept: int
