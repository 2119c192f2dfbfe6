"""Which schemas and tables drizzle-kit manages, by its config."""

from collections.abc import Sequence

from schemadiff.model import PUBLIC, Name
from schemadiff.record import record


@record
class Filters:
    """`schemaFilter` and `tablesFilter` of one config; None where they are omitted."""

    schemas: tuple[str, ...] | None = None
    tables: tuple[str, ...] | None = None

    def manages_schema(self, schema: str, *, every: bool) -> bool:
        """Tell whether `schema` is managed; `every` is the default without a filter."""
        if self.schemas is None:
            return every or schema == PUBLIC
        return matches(schema, self.schemas)

    def manages_table(self, table: Name, *, every: bool) -> bool:
        """Tell whether a table, or a view, is managed."""
        return self.manages_schema(table.schema, every=every) and matches(
            table.name, self.tables or ()
        )


@record
class FiltersChanged:
    """`schemaFilter` or `tablesFilter` differ between the two configs."""

    base: Filters
    head: Filters


def matches(name: str, patterns: Sequence[str]) -> bool:
    """Tell whether drizzle-kit's filter lets `name` through (`pgPushIntrospect`).

    No pattern lets everything through. Otherwise one must say yes, and none of
    those that begin with `!` may say no.
    """
    if not patterns:
        return True
    from wcmatch import fnmatch  # noqa: PLC0415 - most projects have no filter

    flags = fnmatch.BRACE | fnmatch.EXTMATCH | fnmatch.CASE
    verdicts = []
    for pattern in patterns:
        if pattern.startswith("!"):
            verdicts.append(not fnmatch.fnmatch(name, pattern[1:], flags=flags))
        elif fnmatch.fnmatch(name, pattern, flags=flags):
            verdicts.append(True)
    return bool(verdicts) and all(verdicts)
