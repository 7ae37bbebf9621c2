"""Emptying the database after a test that commits: only the tables that were filled.

Django truncates all of its tables, some hundred and thirty. Each gets new files, and so does each of its indexes: that
takes longer than most tests.
"""

from collections.abc import Sequence

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg import sql

MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}
"""What no test changes, and what would be made again after each."""

EMPTY = """
DO $$
DECLARE
    name text;
    filled boolean;
BEGIN
    FOREACH name IN ARRAY {names}::text[] LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
END $$
"""
"""Foreign keys are looked at when this commits: no order of the tables is needed."""


def only_what_was_filled(patch: pytest.MonkeyPatch) -> None:
    """From now on `flush` leaves empty tables alone. Sequences are never set back, as in any test that commits."""
    patch.setattr(DatabaseOperations, "sql_flush", _sql_flush)


def _sql_flush(_operations: DatabaseOperations, _style: object, tables: Sequence[str], **_options: bool) -> list[str]:
    names = [name for name in tables if name not in MADE_BY_MIGRATE]
    # As TRUNCATE does: whoever is still writing is waited for, and nobody writes meanwhile.
    lock = sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.SQL(", ").join(map(sql.Identifier, names)))
    return [lock.as_string(), sql.SQL(EMPTY).format(names=sql.Literal(names)).as_string()]
