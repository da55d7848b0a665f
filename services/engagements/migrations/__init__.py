"""Alembic revisions of the engagements' database."""
