"""Sentences and lines that several rules print."""

from collections.abc import Iterable, Sequence

from schemadiff.model import PUBLIC, Column, Name, Table
from schemadiff.regex import regex
from schemadiff.rules.finding import Severity

_PLAIN = regex(r"[a-z_][a-z0-9_]*\Z")
_SHELL = regex(r'(["$`\\])')
_FILE = regex(r"[^A-Za-z0-9_.-]")
_RESERVED_WORDS = """
all analyse analyze and any array as asc asymmetric both case cast check
collate column constraint create current_catalog current_date current_role
current_time current_timestamp current_user default deferrable desc distinct
do else end except false fetch for foreign from grant group having in
initially intersect into lateral leading limit localtime localtimestamp not
null offset on only or order placing primary references returning select
session_user some symmetric table then to trailing true union unique user
using variadic when where window with"""
_RESERVED = frozenset(_RESERVED_WORDS.split())
"""Words that Postgres does not take as names (manual, appendix C)."""


def listed(words: Iterable[str]) -> str:
    """Join words as a sentence does: `users, posts and comments`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def severity_of_loss(column: Column) -> Severity:
    """Return how bad it is to lose a column: what is computed can be again."""
    return Severity.ERROR if column.generated is None else Severity.WARNING


def rows_deleted(tables: Sequence[Name]) -> str:
    """Say that tables are emptied."""
    return f"every row of {listed(map(str, tables))} would be deleted"


def sql_name(name: str) -> str:
    """Write a name as SQL needs it: quoted only where it must be."""
    if _PLAIN.match(name) and name not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def sql_table(name: Name) -> str:
    """Write a table's name as SQL needs it; `public` is left out."""
    parts = (name.name,) if name.schema == PUBLIC else (name.schema, name.name)
    return ".".join(sql_name(each) for each in parts)


def key_columns(table: Table | None) -> tuple[str, ...]:
    """Return the columns of a table's primary key, wherever it is declared."""
    if table is None:
        return ()
    inline = [each.name for each in table.columns.values() if each.primary_key]
    declared = [column for key in table.primary_keys.values() for column in key.columns]
    return tuple(dict.fromkeys([*inline, *declared]))


def back_up_column(table: Table | None, name: Name, column: str) -> tuple[str, ...]:
    """Return the line that saves a column's values beside the rows' keys."""
    columns = dict.fromkeys([*key_columns(table), column])
    query = f"SELECT {', '.join(map(sql_name, columns))} FROM {sql_table(name)}"
    return (_copy(f"({query})", f"{name}.{column}.csv"),)


def back_up_tables(tables: Iterable[Name]) -> tuple[str, ...]:
    """Return the lines that save the rows of tables."""
    return tuple(_copy(sql_table(each), f"{each}.csv") for each in tables)


def _copy(what: str, file: str) -> str:
    quoted = _SHELL.sub(r"\\\1", what)
    path = _FILE.sub("_", file.replace('"', ""))
    return f'psql "$DATABASE_URL" -c "\\copy {quoted} TO \'{path}\' CSV HEADER"'
