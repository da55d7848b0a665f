"""What may be read of a case's history."""

from services.desk.cases.readings import CASE
from services.desk.cases.store import case_scope
from shared.reading import Listing, Parent
from shared.steps import step_columns, steps_of

STEPS = Listing(
    name="case_steps",
    path="/cases/{case_id}/steps",
    item="CaseStep",
    policy="step:list",
    summary="The history of a case",
    source="case_steps t JOIN cases c ON c.id = t.case_id",
    parents=(Parent("case_id", "t.case_id", CASE),),
    columns=step_columns("case_id"),
    scope=steps_of(case_scope),
    order="at,position",
    exclusions=True,
)
