"""What runs in the background of the registry, as data."""

from services.clients.bulk.actions import KIND as BULK
from services.clients.bulk.actions import change_many
from shared.jobs import Background

JOBS = [Background(BULK, change_many)]
