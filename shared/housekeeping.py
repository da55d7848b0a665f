"""The jobs that every service has: forgetting what need not be kept."""

from __future__ import annotations

from typing import Final

from shared.answers import purge_idempotency
from shared.background import purge_jobs
from shared.jobs import Every, Job, Periodic
from shared.limits import purge_limits
from shared.mail import purge_mail
from shared.outbox import purge_outbox

HOUSEKEEPING: Final[tuple[Job, ...]] = (
    Periodic("purge_idempotency", Every(minutes=10), purge_idempotency),
    Periodic("purge_outbox", Every(hours=1), purge_outbox),
    Periodic("purge_limits", Every(hours=1), purge_limits),
    Periodic("purge_jobs", Every(hours=6), purge_jobs),
    Periodic("purge_mail", Every(hours=6), purge_mail),
)
