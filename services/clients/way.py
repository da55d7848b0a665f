"""The way from a client that became part of another one to the one that stands, as SQL."""

from typing import Final

WAY: Final = (
    "WITH RECURSIVE way AS (SELECT id, number, merged_into_id, 0 AS step FROM clients"
    " WHERE {key} UNION ALL SELECT c.id, c.number, c.merged_into_id, w.step + 1"
    " FROM clients c JOIN way w ON c.id = w.merged_into_id)"
)
"""From the client that `{key}` finds, through merges of merges."""
