"""Alembic's entry: the caller's connection and transaction, so that a migration happens whole or not at all."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
