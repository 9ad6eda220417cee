"""Alembic scripts, one a change of the schema, never edited once released."""
