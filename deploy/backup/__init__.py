"""Backups of the embedded PostgreSQL, and its way back to any moment since.

`archive` says where log and backups lie, `owning` which archive is a home's, `taking` makes a
backup, `choosing` finds the one that leads to a moment, `restoring` lays out a new home from it,
`recovery` is the server that replays the log, `looking` says how it all is.
"""
