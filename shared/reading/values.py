"""Public values that more than one column makes: references and money; instants inside JSON."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from shared.audience import Audience
from shared.reading.specification import EXACT, RANGE, Column, Op


class Reference(BaseModel):
    """Another record by id and the label a reader knows it by."""

    id: UUID
    name: str | None


class Money(BaseModel):
    """An amount in integer minor units of an ISO 4217 currency."""

    amount_minor: int
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]


def instant(sql: str) -> str:
    """SQL that renders the timestamptz expression `sql` as `2026-11-23T08:00:00Z` text."""
    return f"""to_char(({sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


def reference(
    name: str,
    *,
    id: str,
    label: str,
    audience: Audience,
    required: bool = False,
    sortable: bool = False,
    description: str = "",
) -> Column:
    """A column `{id, name}`; null where the id is, unless `required`. Sorts by the label."""
    built = f"json_build_object('id', {id}, 'name', {label})"
    return Column(
        name,
        built if required else f"CASE WHEN {id} IS NOT NULL THEN {built} END",
        Reference if required else Reference | None,
        audience=audience,
        sortable=sortable,
        sort_sql=label,
        sort_type=str | None,
        description=description,
    )


def money(
    name: str,
    *,
    amount: str,
    currency: str,
    audience: Audience,
    filters: frozenset[Op] = EXACT | RANGE,
    sortable: bool = False,
    description: str = "",
) -> Column:
    """A column `{amount_minor, currency}` or null; filters and sorts compare minor units."""
    return Column(
        name,
        f"CASE WHEN {amount} IS NOT NULL THEN "
        f"json_build_object('amount_minor', {amount}, 'currency', {currency}) END",
        Money | None,
        audience=audience,
        filters=filters,
        filter_sql=amount,
        filter_type=int,
        sortable=sortable,
        sort_sql=amount,
        sort_type=int | None,
        description=description,
    )
