"""What may be read of a case's history."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.desk.cases.readings import CASE
from services.desk.cases.store import case_scope
from shared.audience import EVERYONE, FIRM
from shared.identity import Actor, Side
from shared.reading import ANY_OF, Column, Listing, Parent, Scope


class StepText(BaseModel):
    """A step's sentence in both languages."""

    en: str
    zh: str


def step_scope(actor: Actor) -> Scope:
    """The steps of cases in reach; of those the client side reads the public ones."""
    case = case_scope(actor)
    if actor.side is Side.CLIENT:
        return Scope(f"({case.sql}) AND NOT t.firm_only", case.params)
    return case


STEPS = Listing(
    name="case_steps",
    path="/cases/{case_id}/steps",
    item="CaseStep",
    policy="step:list",
    summary="The history of a case",
    source="case_steps t JOIN cases c ON c.id = t.case_id",
    parents=(Parent("case_id", "t.case_id", CASE),),
    columns=(
        Column("id", "t.id", UUID, audience=EVERYONE),
        Column("case_id", "t.case_id", UUID, audience=EVERYONE),
        Column("at", "t.at", datetime, audience=EVERYONE, sortable=True),
        Column("position", "t.position", int, audience=EVERYONE, sortable=True),
        Column("kind", "t.kind", str, audience=EVERYONE, filters=ANY_OF),
        Column("firm_only", "t.firm_only", bool, audience=FIRM),
        Column("actor_name", "t.actor_name", str, audience=EVERYONE),
        Column("params", "t.params", dict[str, str], audience=EVERYONE),
        Column("text", "t.text", StepText, audience=EVERYONE),
    ),
    scope=step_scope,
    order="at,position",
    exclusions=True,
)
