"""What may be read of a client's grades over time."""

from datetime import datetime
from uuid import UUID

from services.clients.registry.readings import CLIENT, every_client
from services.clients.registry.rules import Grade
from shared.audience import FIRM
from shared.reading import ANY_OF, RANGE, Column, Listing, Parent, reference

GRADES = Listing(
    name="grades",
    path="/clients/{client_id}/grades",
    item="ClientGrade",
    policy="client:view",
    summary="The grades a client has had, newest first",
    source="client_grades g",
    scope=every_client,
    order="-at",
    parents=(Parent("client_id", "g.client_id", CLIENT),),
    columns=(
        Column("id", "g.id", UUID, audience=FIRM),
        Column("grade", "g.grade", Grade | None, audience=FIRM, filters=ANY_OF),
        Column("before", "g.before", Grade | None, audience=FIRM),
        Column("reason", "g.reason", str, audience=FIRM),
        Column("at", "g.at", datetime, audience=FIRM, filters=RANGE, sortable=True),
        reference("by", id="g.by_id", label="g.by_name", audience=FIRM, required=True),
    ),
)
