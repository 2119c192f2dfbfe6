"""Which columns use an enum, and which labels left it."""

from collections.abc import Iterator

from schemadiff.deploy.sql_type import parse_type
from schemadiff.model import Column, EnumType, Name, Schema, Table


def uses(column: Column, enum: Name) -> bool:
    """Tell whether a column is of this enum, tracked by drizzle-kit or not."""
    if column.enum is not None:
        return column.enum == enum
    return parse_type(column.type).family.strip('"') == enum.name


def users(schema: Schema, enum: Name) -> Iterator[tuple[Table, Column]]:
    """Yield every column of an enum with its table."""
    for table in schema.tables.values():
        for column in table.columns.values():
            if uses(column, enum):
                yield table, column


def removed_labels(base: EnumType, head: EnumType) -> tuple[str, ...]:
    """Return the labels that only base has, in order."""
    return tuple(label for label in base.labels if label not in head.labels)


def added_labels(base: EnumType, head: EnumType) -> tuple[str, ...]:
    """Return the labels that only head has, in order."""
    return tuple(label for label in head.labels if label not in base.labels)
