"""Who of the firm may know of what engagements and surveys told: the first wall.

Row security says the same again (migration 0003).
"""

from shared.identity import Actor
from shared.reading import Scope


def may_know(alias: str, reader: str = "$2", roles: str = "$3::text[]") -> str:
    """The condition on rows of `alias`, by the places of the reader's id and roles."""
    return (
        f"(NOT ({reader} = ANY ({alias}.excluded)) AND ({alias}.roles = '{{}}'"
        f" OR {reader} = ANY ({alias}.firm_users) OR {alias}.roles && {roles}))"
    )


def known_entries(actor: Actor) -> Scope:
    """The entries of a timeline `t` that somebody may know of."""
    return Scope(may_know("t", ":actor_id", ":held::text[]"), {"held": sorted(actor.roles)})
