"""The first person of an empty instance, who lets everybody else in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from deploy.supervisor.home import Home
from deploy.supervisor.topology import Engines, dsns
from gateway.invitations.actions import invite_user
from gateway.users.actions import create_user
from gateway.users.schemas import UserIn
from gateway.users.store import user_by_email
from shared.database import Database
