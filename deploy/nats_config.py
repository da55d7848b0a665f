"""nats-server's configuration: JetStream on disk, a user per service with the least rights.

Two accounts: the system's, which nobody signs in to, and Rapport's. The one thing Rapport's account
imports from the system's is the answer to how durable storing is, so that readiness can tell.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shared.bus_rights import Rights
from shared.durability import DURABILITY

EVERYBODY: Final = "anyone"
MEMORY: Final = "256MiB"
"""How much memory nats-server means to take (RAPPORT_NATS_MEMORY): above it freed memory is
collected more often. At everyday work it takes less than half; 200,000 events at once took 407 MB
without a limit and 251 with it, for up to a tenth more processor time; at 128MiB twice the time."""
_DURABILITY_OF_SERVER: Final = "$SYS.REQ.SERVER.PING.JSZ"


@dataclass(frozen=True)
class NatsUser:
    """Who may sign in; `rights` None means all of them: the operator."""

    name: str
    password: str
    rights: Rights | None = None


def configuration(
    *,
    port: int,
    store: Path,
    users: Sequence[NatsUser],
    host: str = "127.0.0.1",
    pid_file: Path | None = None,
    monitor: int | None = None,
    durable: bool = True,
) -> str:
    """The configuration file's text. Without users whoever connects may do everything.

    `monitor` is a port on which the server answers `/healthz` to its own machine.
    """
    asked = _quoted(_DURABILITY_OF_SERVER)
    sync = "always" if durable else '"2m"'
    open_door = "" if users else f"no_auth_user: {EVERYBODY}\n"
    listed = users or (NatsUser(EVERYBODY, EVERYBODY),)
    return (
        f"listen: {_quoted(f'{host}:{port}')}\n"
        f"{f'pid_file: {_quoted(str(pid_file))}' if pid_file else ''}\n"
        f"{f'http: 127.0.0.1:{monitor}' if monitor else ''}\n"
        "server_name: rapport\n"
        "max_payload: 4MB\n"
        f"jetstream {{ store_dir: {_quoted(str(store))}, sync_interval: {sync} }}\n"
        "system_account: SYSTEM\n"
        "accounts {\n"
        f"  SYSTEM {{ exports: [{{ service: {asked} }}] }}\n"
        "  RAPPORT {\n"
        "    jetstream: enabled\n"
        f"    imports: [{{ service: {{ account: SYSTEM, subject: {asked} }},"
        f" to: {_quoted(DURABILITY)} }}]\n"
        f"    users: [\n{''.join(_user(user) for user in listed)}    ]\n"
        "  }\n"
        "}\n"
        f"{open_door}"
    )


def _user(user: NatsUser) -> str:
    permissions = ""
    if user.rights is not None:
        publish, subscribe = _list(user.rights.publish), _list(user.rights.subscribe)
        permissions = f", permissions: {{ publish: {publish}, subscribe: {subscribe} }}"
    name, password = _quoted(user.name), _quoted(user.password)
    return f"      {{ user: {name}, password: {password}{permissions} }}\n"


def _list(subjects: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, subjects))}]"


def _quoted(text: str) -> str:
    return json.dumps(text)
