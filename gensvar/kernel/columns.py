"""Writing columns of many rows by one statement that is prepared once.

Django's `bulk_update` builds a CASE for every row and column: of one post taken in, that was a fifth of the time.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def write(rows: Collection[Model], names: Sequence[str]) -> None:
    """Save these columns of `rows`, which are of one model, each row with values of its own.

    Called within a transaction. As with `bulk_update`, no `save` is called and nothing else is written.
    """
    if not rows:
        return
    meta = type(next(iter(rows)))._meta
    fields = [meta.get_field(name) for name in names]
    with connection.cursor() as cursor:
        cursor.executemany(_statement(meta, fields), [_values(row, fields) for row in rows])


def _statement(meta: Any, fields: Sequence[Any]) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    # Names of our own tables and columns; every value is a parameter.
    return f"UPDATE {quoted(meta.db_table)} SET {columns} WHERE {quoted(meta.pk.column)} = %s"  # noqa: S608


def _values(row: Model, fields: Sequence[Any]) -> list[Any]:
    return [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
