"""Alembic revisions of the surveys' database."""
