"""Alembic's entry: the shared runner does everything."""

from shared.migrating import run_migrations

run_migrations()
