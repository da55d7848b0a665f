"""Events are versioned state: each carries its record's whole public state; the newest wins.

    class CaseState(State):
        publisher = "desk"
        aggregate = "case"
        number: Annotated[str, EVERYONE]
        severity: Annotated[int | None, FIRM] = None

    class CaseOpened(Event[CaseState]):
        action = "opened"            # type and subject: desk.case.opened.v1

Rules: add optional fields or publish the next `version`; every field declares its audience; ids
rather than personal data wherever consumers do not need more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Generic, TypeVar
from uuid import UUID

import orjson
from pydantic import BaseModel, ConfigDict

from shared.audience import EVERYONE, FIRM, WORKER, Audience

SPEC_VERSION: Final = "1.0"
SNAPSHOT: Final = "snapshot"
RESTATED: Final = "restated"
MOVED: Final = "moved"
AGAIN: Final = (SNAPSHOT, RESTATED, MOVED)


class Visibility(BaseModel):
    """Who may learn of a record at all: travels in every event.

    Firm-side people except `excluded`; of the client side only `client_users`. Where `roles` is
    not empty, of the firm only who holds one of these, or is one of `firm_users`.
    """

    model_config = ConfigDict(frozen=True)

    client_id: UUID | None = None
    engagement_id: UUID | None = None
    client_users: tuple[UUID, ...] = ()
    excluded: tuple[UUID, ...] = ()
    roles: tuple[str, ...] = ()
    firm_users: tuple[UUID, ...] = ()


class State(BaseModel):
    """The public state of an aggregate. Unknown fields of a newer publisher are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    publisher: ClassVar[str]
    aggregate: ClassVar[str]

    id: Annotated[UUID, EVERYONE]
    visibility: Annotated[Visibility, WORKER] = Visibility()

    def subject_ids(self) -> tuple[UUID, ...]:
        """The persons this state is about: their erasure blanks its payloads."""
        return ()

    @classmethod
    def audiences(cls) -> dict[str, Audience | None]:
        """The declared audience of every field; None where one is missing (a defect)."""
        return {
            name: next((m for m in field.metadata if isinstance(m, Audience)), None)
            for name, field in cls.model_fields.items()
        }


S = TypeVar("S", bound=State)
StateType = type[S]


class Event(BaseModel, Generic[S]):
    """Something that happened to one aggregate, with the state it left."""

    model_config = ConfigDict(frozen=True)

    action: ClassVar[str]
    version: ClassVar[int] = 1

    state: S

    @classmethod
    def state_type(cls) -> type[State]:
        """The State this event carries."""
        annotation = cls.model_fields["state"].annotation
        assert isinstance(annotation, type) and issubclass(annotation, State)
        return annotation

    @classmethod
    def type(cls) -> str:
        """CloudEvents type and NATS subject: `desk.case.opened.v1`."""
        state = cls.state_type()
        return f"{state.publisher}.{state.aggregate}.{cls.action}.v{cls.version}"

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "action" in cls.__dict__:
            EVENTS[cls.type()] = cls


EVENTS: Final[dict[str, type[Event[Any]]]] = {}
"""Every event by its type."""


def snapshot_type(state: type[State]) -> str:
    """The type under which an aggregate's current state is published again."""
    return f"{state.publisher}.{state.aggregate}.{SNAPSHOT}.v1"


def restated_type(state: type[State]) -> str:
    """The type of the version that is published after an erasure, without the erased person."""
    return f"{state.publisher}.{state.aggregate}.{RESTATED}.v1"


def moved_type(state: type[State]) -> str:
    """The type of the version that is published when a record went to another client."""
    return f"{state.publisher}.{state.aggregate}.{MOVED}.v1"


@dataclass(frozen=True)
class Envelope(Generic[S]):
    """An event as it arrived: who, when, which version of which aggregate, and the state."""

    id: UUID
    type: str
    aggregate_id: UUID
    epoch: int
    version: int
    time: datetime
    state: S
    actor_id: UUID | None
    historical: bool
    traceparent: str | None

    @property
    def order(self) -> tuple[int, int]:
        """What is compared: the newest (epoch, version) wins."""
        return self.epoch, self.version

    @property
    def action(self) -> str:
        """`opened` of `desk.case.opened.v1`."""
        return self.type.split(".")[2]

    @property
    def again(self) -> bool:
        """True where a state is said again, with the whole of its history."""
        return self.action in AGAIN


@dataclass(frozen=True)
class RawEnvelope:
    """An event before its state is understood; survives an unknown type."""

    id: UUID
    type: str
    aggregate: str
    aggregate_id: UUID
    epoch: int
    version: int
    body: dict[str, Any]

    @property
    def order(self) -> tuple[int, int]:
        """What is compared: the newest (epoch, version) wins."""
        return self.epoch, self.version

    @property
    def erased(self) -> bool:
        """True for a tombstone: its payload was blanked."""
        return self.body.get("data") is None

    @property
    def again(self) -> bool:
        """True where a state is said again, with the whole of its history."""
        return self.type.split(".")[2] in AGAIN

    @property
    def effectless(self) -> bool:
        """True for a step in which nothing happened: a tombstone, or a state said again."""
        return self.erased or self.type.split(".")[2] in (RESTATED, MOVED)

    @property
    def starts_epoch(self) -> bool:
        """True for an aggregate's first event ever, and its first after a restored publisher."""
        return bool(self.body.get("epochstart"))

    @property
    def subject_ids(self) -> tuple[UUID, ...]:
        """The persons the payload is about, readable without understanding the payload."""
        return tuple(UUID(each) for each in (self.body.get("subjectids") or "").split())

    def typed(self, state: StateType[S]) -> Envelope[S]:
        """The envelope with its state validated. Raises `ValidationError` where it does not fit."""
        return Envelope(
            id=self.id,
            type=self.type,
            aggregate_id=self.aggregate_id,
            epoch=self.epoch,
            version=self.version,
            time=datetime.fromisoformat(self.body["time"]),
            state=state.model_validate(self.body["data"]),
            actor_id=UUID(self.body["actorid"]) if self.body.get("actorid") else None,
            historical=bool(self.body.get("historical")),
            traceparent=self.body.get("traceparent"),
        )


def encode(row: Any) -> bytes:
    """CloudEvents 1.0 structured JSON of an outbox row."""
    body = {
        "specversion": SPEC_VERSION,
        "id": str(row["id"]),
        "source": f"/{row['type'].split('.')[0]}",
        "type": row["type"],
        "subject": str(row["aggregate_id"]),
        "time": row["occurred_at"].isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "epoch": row["epoch"],
        "version": row["version"],
        "epochstart": row["starts_epoch"],
        "subjectids": " ".join(map(str, row["subject_ids"])) or None,
        "actorid": str(row["actor_id"]) if row["actor_id"] else None,
        "historical": row["historical"],
        "traceparent": row["traceparent"],
        "data": orjson.Fragment(row["data"]) if row["data"] is not None else None,
    }
    return orjson.dumps(body)


def decode(message: bytes) -> RawEnvelope:
    """The envelope in a message. Raises ValueError or KeyError for anything malformed."""
    body = orjson.loads(message)
    return RawEnvelope(
        id=UUID(body["id"]),
        type=body["type"],
        aggregate=body["type"].split(".")[1],
        aggregate_id=UUID(body["subject"]),
        epoch=int(body["epoch"]),
        version=int(body["version"]),
        body=body,
    )


__all__ = [
    "EVENTS",
    "EVERYONE",
    "FIRM",
    "WORKER",
    "Envelope",
    "Event",
    "RawEnvelope",
    "State",
    "Visibility",
    "decode",
    "encode",
    "moved_type",
    "restated_type",
    "snapshot_type",
]
