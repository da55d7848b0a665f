"""Steps of other services' records, as entries of a client's timeline."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import UUID

import orjson

from shared.contracts.steps import HistoryStep
from shared.events import Envelope

_STEP: Final = {"id", "at", "kind", "actor_id", "actor_name", "text"}
Record = Mapping[str, Any]


def told(
    envelopes: Iterable[Envelope[Any]], record_of: Callable[[Any], Record]
) -> list[tuple[bool, str]]:
    """The steps that events tell, each with what `record_of` says of its record, as JSON rows.

    Those of acts (False) and those that were said again (True): their words replace what stands,
    since a person may have been erased from it.
    """
    rows: dict[bool, dict[UUID, dict[str, Any]]] = {False: {}, True: {}}
    for envelope in envelopes:
        record = {**record_of(envelope.state), "record_id": envelope.state.id}
        steps: Iterable[HistoryStep] = envelope.state.steps
        for step in steps:
            rows[envelope.again][step.id] = step.model_dump(mode="json", include=_STEP) | record
    return [
        (again, orjson.dumps([*each.values()]).decode()) for again, each in rows.items() if each
    ]
