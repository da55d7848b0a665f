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


class Forecast(BaseModel):
    """Rows without error that are not repeated in the file, by what applying would do with them.

    `new` ones have no client yet; `similar` ones neither, but are like another organisation;
    `known` ones have exactly one; of `unclear` ones the client is there, but the key does not say
    which it is, so they are skipped.
    """

    new: int
    similar: int
    known: int
    unclear: int


class Forecasts(BaseModel):
    """The forecast by each key that a row and a client may be matched by."""

    credit_code: Forecast
    legal_name: Forecast
    number: Forecast


class Counts(BaseModel):
    """How many rows; `warnings` counts warnings. `problems` are rows that stay out.

    `duplicates` repeat another row of the file; `known` ones are of clients in the registry.
    """

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
