"""Names that Drizzle gives to what has none.

Source: drizzle-orm 0.45.4 `pg-core/*.js` and drizzle-kit 0.31.11; drizzle-kit
1.0.0-rc.5 `dialects/postgres/grammar.ts` and `dialects/common.ts`.
"""

import string
from collections.abc import Sequence

from schemadiff.drizzle.line import Line

_POSTGRES_LIMIT = 63
_ROOM = 45
_DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase


def unique_name(line: Line, table: str, columns: Sequence[str]) -> str:
    """Return the name of an inline unique constraint."""
    if line is Line.ONE:
        return f"{table}_{'_'.join(columns)}_key"
    return f"{table}_{'_'.join(columns)}_unique"


def table_unique_name(table: str, columns: Sequence[str]) -> str:
    """Return the name of a unique constraint on the table: the same in both lines."""
    return f"{table}_{'_'.join(columns)}_unique"


def index_name(table: str, columns: Sequence[str]) -> str:
    """Return the name of an index: the same in both lines."""
    return f"{table}_{'_'.join(columns)}_index"


def primary_key_name(line: Line, table: str, columns: Sequence[str]) -> str:
    """Return the name of a primary key on the table."""
    if line is Line.ONE:
        return f"{table}_pkey"
    return f"{table}_{'_'.join(columns)}_pk"


def foreign_key_name(
    line: Line,
    table: str,
    columns: Sequence[str],
    target: str,
    target_columns: Sequence[str],
) -> str:
    """Return the name of a foreign key; 1.0 shortens what Postgres would cut."""
    stem = "_".join([table, *columns, target, *target_columns])
    if line is Line.ZERO:
        return f"{stem}_fk"
    name = f"{stem}_fkey"
    if _length(name) <= _POSTGRES_LIMIT:
        return name
    short = _hashed(name)
    return f"{table}_{short}_fkey" if _length(table) < _ROOM else f"{short}_fkey"


def _length(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2


def _hashed(text: str) -> str:
    """Return drizzle-kit's hash of a name: `hash` in `dialects/common.ts`."""
    total = 62**12
    power, value = 1, 0
    for character in text:
        value = (value + ord(character) * power) % total
        power = power * 53 % total
    digits = []
    for _ in range(12):
        value, digit = divmod(value, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))


def recased(name: str, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Return `name` with each key's first occurrence replaced by its column's name.

    This is how drizzle-kit 0.31 applies `casing` to the names of keys, explicit
    names included (`String.prototype.replace`).
    """
    for key, column in zip(keys, columns, strict=True):
        name = name.replace(key, column.replace("$$", "$"), 1)
    return name
