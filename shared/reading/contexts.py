"""Row-security context inside the statement that needs it: no transaction, no round trip.

`GATE` is a condition without columns of its own. PostgreSQL evaluates such a condition once, as
the one-time filter of a Result node above the scans it guards, before any of them starts; so the
settings are there when the policies ask for them. They are local to the transaction, which
here is the single statement: a pooled connection carries nothing on. `set_config` also keeps the
statement out of parallel workers. A test reads the plans for that filter.
"""

from typing import Final

from shared.identity import Actor, Side

GATE: Final = (
    "(SELECT set_config('rapport.user_id', :_context_user, true) "
    "|| set_config('rapport.client_id', :_context_client, true) "
    "|| set_config('rapport.side', :_context_side, true)) IS NOT NULL"
)


def needs_context(actor: Actor, exclusions: bool) -> bool:
    """Whether a policy will ask who reads: firm-side people only where rows exclude some."""
    return exclusions or actor.side is not Side.FIRM


def context_values(actor: Actor) -> dict[str, str]:
    """What the gate sets; an empty client is no client."""
    return {
        "_context_user": str(actor.user_id),
        "_context_client": str(actor.client_id) if actor.client_id else "",
        "_context_side": str(actor.side),
    }
