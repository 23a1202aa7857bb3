"""Who may do what in the database, and the switch to the owner for migrations.

``bilans_owner`` owns the tables and migrates. ``bilans_app`` serves people; it owns
nothing, so it can neither change a table nor leave row-level security.
``bilans_audit`` owns the trail and cannot log in.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg import sql

from bilans.database.url import APP, OWNER

SERVER = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bilans_audit') THEN
    CREATE ROLE bilans_audit NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bilans_owner') THEN
    CREATE ROLE bilans_owner LOGIN NOINHERIT;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'bilans_app') THEN
    CREATE ROLE bilans_app LOGIN;
  END IF;
  -- the owner may act for the trail when a migration says so, and inherits nothing from it
  IF current_setting('server_version_num')::int >= 160000 THEN
    EXECUTE 'GRANT bilans_audit TO bilans_owner WITH INHERIT FALSE, SET TRUE';
  ELSE
    GRANT bilans_audit TO bilans_owner;
  END IF;
END $$;
ALTER ROLE bilans_app SET statement_timeout = '30s';
ALTER ROLE bilans_app SET lock_timeout = '5s';
ALTER ROLE bilans_app SET idle_in_transaction_session_timeout = '2min';
ALTER ROLE bilans_owner SET lock_timeout = '10s';
"""

DATABASE = """
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO bilans_owner;
GRANT USAGE ON SCHEMA public TO bilans_app;
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION bilans_audit;
GRANT USAGE ON SCHEMA audit TO bilans_app;
ALTER DEFAULT PRIVILEGES FOR ROLE bilans_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO bilans_app;
ALTER DEFAULT PRIVILEGES FOR ROLE bilans_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO bilans_app;
"""


def provision_server(
    connection: psycopg.Connection, passwords: Mapping[str, str], database: str
) -> None:
    """Make the roles and the owner's database; doing it again changes nothing."""
    connection.execute(SERVER)
    for role in (OWNER, APP):
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(passwords[role])
            )
        )
    create_database(connection, database)


def create_database(connection: psycopg.Connection, name: str) -> None:
    """Make the owner's database when there is none, closed to everybody but our roles."""
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    database, owner, app = (sql.Identifier(part) for part in (name, OWNER, APP))
    if found is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, app))


def provision_database(connection: psycopg.Connection) -> None:
    """Give each role its rights in the connected database, also on later tables."""
    connection.execute(DATABASE)


@contextmanager
def as_owner(alias: str = "default") -> Iterator[None]:
    """Connect as the owner of the tables inside the block, as the application after it.

    Raises:
        ImproperlyConfigured: a server of one's own is named, its owner is not.
    """
    connection = connections[alias]
    settings: dict[str, Any] = connection.settings_dict
    if settings["OWNER"] is None:
        raise ImproperlyConfigured(
            "Set DATABASE_OWNER_URL to the role that owns the tables (docs/operations.md)."
        )
    if connection.in_atomic_block:
        raise RuntimeError("as_owner() must be the outermost block")
    application = {name: settings[name] for name in settings["OWNER"]}
    _reconnect(connection, settings["OWNER"])
    try:
        yield
    finally:
        _reconnect(connection, application)


def _reconnect(connection: Any, access: Mapping[str, Any]) -> None:
    connection.close()
    connection.close_pool()
    connection.settings_dict.update(access)
