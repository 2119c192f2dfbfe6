"""What the rows that exist get in a column that is new."""

import re
from enum import Enum

from schemadiff.deploy.sql_type import column_type
from schemadiff.model import Column

_NULL = r"(?is)\(*\s*null\s*\)*\s*(::.*)?\Z"
_VOLATILE = (
    r"(?i)\b(gen_random_uuid|uuid_generate_v\w+|uuidv\w+|nextval|random|clock_timestamp"
    r"|timeofday|gen_random_bytes|gen_ulid|nanoid|cuid)\b"
)
_CALL = r"\w\s*\("
_STABLE = (
    r"(?i)\b(now|current_timestamp|transaction_timestamp|statement_timestamp"
    r"|localtimestamp|current_date|current_time|localtime|lower|upper|concat"
    r"|date_trunc|to_char|timezone|array_\w+|jsonb?_\w+|coalesce|md5)\s*\("
)


class Given(Enum):
    """The values of existing rows in a new column."""

    NULL = "null"
    """NULL in every row."""
    ALIKE = "alike"
    """One and the same value in every row."""
    DISTINCT = "distinct"
    """Another value in every row."""
    ANY = "any"
    """It depends on the row, or it is not known."""
    NOTHING = "nothing"
    """None: it is required and has none, so the statement fails or empties."""


def is_required(column: Column) -> bool:
    """Tell whether drizzle-kit declares a column NOT NULL."""
    return column.not_null or column.primary_key or is_numbered(column)


def is_numbered(column: Column) -> bool:
    """Tell whether a sequence fills the column: serial or identity."""
    return column.identity is not None or column_type(column).is_serial


def defaults_to_null(column: Column) -> bool:
    """Tell whether the column has a default, and that is NULL."""
    if column.default is None:
        return False
    default = column.default.value
    return default is None or bool(
        isinstance(default, str) and re.match(_NULL, default)
    )


def given(column: Column) -> Given:
    """Return what `ADD COLUMN` puts into the rows that exist."""
    if is_numbered(column):
        return Given.DISTINCT
    if column.generated is not None:
        return Given.ANY
    if column.default is None or defaults_to_null(column):
        return Given.NOTHING if is_required(column) else Given.NULL
    default = column.default.value
    return _computed(default) if isinstance(default, str) else Given.ALIKE


def _computed(default: str) -> Given:
    if re.search(_VOLATILE, default):
        return Given.DISTINCT
    if re.search(_CALL, re.sub(_STABLE, "", default)) and not default.startswith("'"):
        return Given.ANY
    return Given.ALIKE
