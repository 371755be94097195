"""A real PostgreSQL for the tests and the bench, out of a wheel, reached through a socket of this machine only."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

_FOLDER = Path(tempfile.gettempdir()) / f"afferent-postgres-{os.getuid()}"
ROLE = "afferent"


def started(folder: Path = _FOLDER, database: str = "afferent") -> str:
    """Start it if it is not running; a DATABASE_URL for a role that may make databases and is no superuser.

    It ends with the last process that started it.
    """
    import pgserver
    import psycopg
    from psycopg import sql

    server = pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined]
    with psycopg.connect(server.get_uri(), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(7)")
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER").format(sql.Identifier(ROLE)))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(database), sql.Identifier(ROLE)))
        admin.execute("SELECT pg_advisory_unlock(7)")
    return f"postgres://{ROLE}@{quote(str(folder), safe='')}/{database}"
