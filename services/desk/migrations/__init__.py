"""Alembic revisions of the desk's database."""
