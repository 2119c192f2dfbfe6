"""What a schema of the project declares inside one Postgres schema."""

from schemadiff.model import Name, Schema


def declared_in(schema: Schema, name: str) -> tuple[Name, ...]:
    """Return everything declared in the Postgres schema `name`, tables first."""
    every = (schema.tables, schema.enums, schema.sequences, schema.views)
    return tuple(each for names in every for each in names if each.schema == name)
