"""What the database itself holds: row security on PostgreSQL, and tables in which nothing is ever changed.

Used by migrations only. A test walks all models and finds every `Scoped` table behind row security and every
`AppendOnly` table behind a trigger.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

from afferent.web.scope import SETTING


class _OnTable(Operation):
    """A statement or two about one table, different on each kind of database."""

    reversible = True
    reduces_to_sql = False

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay as they are."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        for statement in getattr(self, editor.connection.vendor)():
            editor.execute(statement, params=None)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        for statement in getattr(self, f"undo_{editor.connection.vendor}")():
            editor.execute(statement, params=None)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {}


class RowSecurity(_OnTable):
    """Only rows of the clinic named to the connection are seen or written; without a name, none. PostgreSQL only."""

    def sqlite(self) -> list[str]:
        return []

    undo_sqlite = sqlite

    def postgresql(self) -> list[str]:
        mine = f"clinic_id = nullif(current_setting('{SETTING}', true), '')::uuid"
        return [
            f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY own_clinic ON "{self.table}" USING ({mine}) WITH CHECK ({mine})',
        ]

    def undo_postgresql(self) -> list[str]:
        return [
            f'DROP POLICY own_clinic ON "{self.table}"',
            f'ALTER TABLE "{self.table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY',
        ]

    def describe(self) -> str:
        return f"Row security on {self.table}"


class WrittenOnce(_OnTable):
    """No row is ever changed; with `kept`, none is ever removed either (the audit outlives what it speaks of)."""

    def __init__(self, table: str, kept: bool = False) -> None:
        super().__init__(table)
        self.kept = kept

    @property
    def _events(self) -> list[str]:
        return ["UPDATE", "DELETE"] if self.kept else ["UPDATE"]

    def sqlite(self) -> list[str]:
        return [
            f'CREATE TRIGGER "{self.table}_no_{event.lower()}" BEFORE {event} ON "{self.table}" '
            f"BEGIN SELECT RAISE(ABORT, 'entries of {self.table} are written once'); END"
            for event in self._events
        ]

    def undo_sqlite(self) -> list[str]:
        return [f'DROP TRIGGER "{self.table}_no_{event.lower()}"' for event in self._events]

    def postgresql(self) -> list[str]:
        return [
            "CREATE OR REPLACE FUNCTION afferent_written_once() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'entries of % are written once', TG_TABLE_NAME; END $$",
            f'CREATE TRIGGER "{self.table}_written_once" BEFORE {" OR ".join(self._events)} ON "{self.table}" '
            "FOR EACH ROW EXECUTE FUNCTION afferent_written_once()",
        ]

    def undo_postgresql(self) -> list[str]:
        return [f'DROP TRIGGER "{self.table}_written_once" ON "{self.table}"']

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {"kept": True} if self.kept else {}

    def describe(self) -> str:
        return f"{self.table} is written once"
