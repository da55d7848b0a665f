"""What the client registry publishes: clients, their people and touches, opportunities, imports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from shared.audience import FIRM
from shared.contracts.steps import Part
from shared.events import Event, State


class ClientState(State):
    """A client organisation, as other services need it."""

    publisher = "clients"
    aggregate = "client"

    number: Annotated[str, FIRM]
    legal_name: Annotated[str, FIRM]
    short_name: Annotated[str | None, FIRM] = None
    aliases: Annotated[tuple[str, ...], FIRM] = ()
    province: Annotated[str | None, FIRM] = None
    city: Annotated[str | None, FIRM] = None
    industry: Annotated[str | None, FIRM] = None
    stage: Annotated[str, FIRM] = "prospect"
    grade: Annotated[str | None, FIRM] = None
    owner_id: Annotated[UUID | None, FIRM] = None
    tags: Annotated[tuple[str, ...], FIRM] = ()
    archived_at: Annotated[datetime | None, FIRM] = None
    merged_into_id: Annotated[UUID | None, FIRM] = None
    """The client that this one became part of, until that is undone."""
    merge_id: Annotated[UUID | None, FIRM] = None
    """Which merge that was: the same two clients may be merged, split and merged again."""


class ClientRegistered(Event[ClientState]):
    """A client is in the registry."""

    action = "registered"


class ClientChanged(Event[ClientState]):
    """Something of the archive changed."""

    action = "changed"


class ClientStageChanged(Event[ClientState]):
    """The client moved along its lifecycle."""

    action = "stage_changed"


class ClientGraded(Event[ClientState]):
    """The client's grade was set or taken away."""

    action = "graded"


class ClientArchived(Event[ClientState]):
    """The client left the working lists."""

    action = "archived"


class ClientRestored(Event[ClientState]):
    """The client is back in the working lists."""

    action = "restored"


class ClientMerged(Event[ClientState]):
    """The client became part of another: what belongs to it belongs to that one."""

    action = "merged"


class ClientSplit(Event[ClientState]):
    """The client is itself again, with what it brought into the merge."""

    action = "split"


class ContactState(State):
    """A contact person of a client."""

    publisher = "clients"
    aggregate = "contact"

    client_id: Annotated[UUID, FIRM]
    name: Annotated[str, FIRM]
    title: Annotated[str | None, FIRM] = None
    department: Annotated[str | None, FIRM] = None
    decision_role: Annotated[str | None, FIRM] = None
    do_not_contact: Annotated[bool, FIRM] = False
    archived_at: Annotated[datetime | None, FIRM] = None

    def subject_ids(self) -> tuple[UUID, ...]:
        return (self.id,)


class ContactAdded(Event[ContactState]):
    """A contact person was added."""

    action = "added"


class ContactChanged(Event[ContactState]):
    """A contact person's record changed."""

    action = "changed"


class ContactArchived(Event[ContactState]):
    """A contact person left the working lists."""

    action = "archived"


class InteractionState(State):
    """A contact record: that a touch happened, not what was said."""

    publisher = "clients"
    aggregate = "interaction"

    client_id: Annotated[UUID, FIRM]
    kind: Annotated[str, FIRM]
    occurred_at: Annotated[datetime, FIRM]
    contact_ids: Annotated[tuple[UUID, ...], FIRM] = ()
    author_id: Annotated[UUID | None, FIRM] = None
    intent: Annotated[int | None, FIRM] = None

    def subject_ids(self) -> tuple[UUID, ...]:
        return self.contact_ids


class InteractionRecorded(Event[InteractionState]):
    """A touch with the client was written down; resets the contact clock."""

    action = "recorded"


class InteractionChanged(Event[InteractionState]):
    """A contact record was corrected within its first 24 hours."""

    action = "changed"


class InteractionAmended(Event[InteractionState]):
    """An amendment was added to a locked contact record."""

    action = "amended"


class Amount(Part):
    """Money in minor units of an ISO 4217 currency."""

    amount_minor: int
    currency: str


class OpportunityState(State):
    """An opportunity: what a client may buy, and how far that is."""

    publisher = "clients"
    aggregate = "opportunity"

    number: Annotated[str, FIRM]
    client_id: Annotated[UUID, FIRM]
    title: Annotated[str, FIRM]
    stage: Annotated[str, FIRM]
    amount: Annotated[Amount | None, FIRM] = None
    probability: Annotated[int, FIRM] = 0
    """Percent."""
    close_on: Annotated[date | None, FIRM] = None
    owner_id: Annotated[UUID | None, FIRM] = None
    template: Annotated[str | None, FIRM] = None
    """The key of the engagement template the work would follow, where one is chosen."""
    competitor: Annotated[str | None, FIRM] = None
    loss_reason: Annotated[str | None, FIRM] = None
    opened_at: Annotated[datetime, FIRM]
    closed_at: Annotated[datetime | None, FIRM] = None


class OpportunityOpened(Event[OpportunityState]):
    """An opportunity was written down."""

    action = "opened"


class OpportunityChanged(Event[OpportunityState]):
    """Amount, probability, close date or another fact changed."""

    action = "changed"


class OpportunityStageMoved(Event[OpportunityState]):
    """The opportunity moved along its pipeline, or was opened again after a loss."""

    action = "stage_moved"


class OpportunityWon(Event[OpportunityState]):
    """The client bought; happens once in an opportunity's life."""

    action = "won"


class OpportunityLost(Event[OpportunityState]):
    """The client did not buy, with the reason."""

    action = "lost"


class ImportState(State):
    """A batch of clients from a spreadsheet."""

    publisher = "clients"
    aggregate = "import"

    file_name: Annotated[str, FIRM]
    status: Annotated[str, FIRM]
    rows: Annotated[int, FIRM] = 0
    done: Annotated[int, FIRM] = 0
    created: Annotated[int, FIRM] = 0
    updated: Annotated[int, FIRM] = 0
    skipped: Annotated[int, FIRM] = 0


class ImportAnalysed(Event[ImportState]):
    """The dry run is complete."""

    action = "analysed"


class ImportProgressed(Event[ImportState]):
    """More rows of the batch are written."""

    action = "progressed"


class ImportApplied(Event[ImportState]):
    """The whole batch is written."""

    action = "applied"


class ImportUndone(Event[ImportState]):
    """The batch was taken back."""

    action = "undone"


class ImportDiscarded(Event[ImportState]):
    """The file was forgotten before anything of it was written."""

    action = "discarded"


class ImportFailed(Event[ImportState]):
    """The batch stopped; nothing half-written is left."""

    action = "failed"
