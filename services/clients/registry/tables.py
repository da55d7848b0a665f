"""Rows of client organisations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Integer, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

_VERSION = Column("version", Integer, nullable=False)


def _texts() -> Column[list[str]]:
    return Column(ARRAY(String), nullable=False)


class Client(SQLModel, table=True):
    """A client organisation. Money is in minor units; `comparison_name` finds duplicates,
    `spelled_name` tells the same name from a similar one.

    One that was merged into another is archived besides, so that nothing finds it.
    """

    __tablename__ = "clients"
    __mapper_args__ = {"version_id_col": _VERSION}

    id: UUID = Field(primary_key=True)
    number: str
    legal_name: str
    comparison_name: str
    spelled_name: str
    short_name: str | None = None
    aliases: list[str] = Field(default_factory=list, sa_column=_texts())
    credit_code: str | None = None
    province: str | None = None
    city: str | None = None
    industry: str | None = None
    main_products: list[str] = Field(default_factory=list, sa_column=_texts())
    employees: int | None = None
    revenue_minor: int | None = Field(default=None, sa_type=BigInteger)
    revenue_currency: str | None = None
    website: str | None = None
    web_domain: str | None = None
    phone: str | None = None
    phone_digits: str | None = None
    email_domain: str | None = None
    source: str | None = None
    stage: str
    owner_id: UUID | None = None
    owner_name: str | None = None
    tags: list[str] = Field(default_factory=list, sa_column=_texts())
    strength: int | None = None
    likelihood: int | None = None
    contract_total_minor: int | None = Field(default=None, sa_type=BigInteger)
    contract_total_currency: str | None = None
    first_contact_on: date | None = None
    grade: str | None = None
    grade_reason: str | None = None
    graded_on: date | None = None
    call_days: int | None = None
    visit_days: int | None = None
    notes: str | None = None
    last_contact_at: datetime | None = None
    contacts_count: int = 0
    archived_at: datetime | None = None
    merged_into_id: UUID | None = None
    merge_id: UUID | None = None
    import_id: UUID | None = None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int = Field(default=1, sa_column=_VERSION)
