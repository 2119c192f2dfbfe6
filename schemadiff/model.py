"""What a Drizzle project declares, in the meaning of Postgres.

Names are those of the database; `key` is the property's name in TypeScript.
`schema` is spelled out everywhere, `public` included. Spans never take part in
comparisons: two tables written in different places are equal.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.values import Fingerprint

PUBLIC = "public"


@record
class Name:
    """The name of a table, enum, sequence or view, with its schema."""

    schema: str
    name: str

    def __lt__(self, other: "Name") -> bool:
        """Order names by schema, then by name."""
        return (self.schema, self.name) < (other.schema, other.name)

    def __str__(self) -> str:
        """Write the name as reports do: `public` is left out."""
        return str(self.subject())

    def subject(self, *parts: str) -> Subject:
        """Return the subject of this name, or of a part of what it names."""
        return Subject.named(self.schema, self.name, *parts)


@record
class Default:
    """A column's default as drizzle-kit records it: SQL text, or a JSON value.

    A `str` is SQL; numbers, booleans, null and raw objects are what
    `JSON.stringify` makes of the value.
    """

    value: Any


@record
class Identity:
    """`GENERATED … AS IDENTITY` and its sequence; numbers are strings, as recorded."""

    always: bool
    name: str
    increment: str
    start: str
    minimum: str
    maximum: str
    cache: str
    cycle: bool


@record
class Column:
    """A column. `type` is the SQL type as drizzle-kit writes it.

    `enum` names the type's enum when it is one that drizzle-kit tracks (its
    `typeSchema`). `dimensions` counts array brackets in the 1.0 line, where the
    type is written without them; it is 0 in 0.x, where they are in `type`.
    `runtime_default` is true for `$defaultFn` and `$onUpdate`: values that the
    application fills in, and that SQL knows nothing of.
    """

    name: str
    type: str
    enum: Name | None = None
    dimensions: int = 0
    primary_key: bool = False
    not_null: bool = False
    default: Default | None = None
    generated: str | None = None
    identity: Identity | None = None
    key: str = field(default="", compare=False)
    name_given: bool = field(default=True, compare=False)
    runtime_default: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class PrimaryKey:
    """A primary key declared on the table, or an inline one in the 1.0 line."""

    name: str
    columns: tuple[str, ...]
    name_given: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Unique:
    """A unique constraint, inline or on the table."""

    name: str
    columns: tuple[str, ...]
    nulls_not_distinct: bool = False
    name_given: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class ForeignKey:
    """A foreign key; actions are lower case: `no action`, `cascade` and so on."""

    name: str
    columns: tuple[str, ...]
    target: Name
    target_columns: tuple[str, ...]
    on_delete: str = "no action"
    on_update: str = "no action"
    name_given: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Check:
    """A check constraint; `expression` is its SQL."""

    name: str
    expression: str
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class IndexPart:
    """One column or expression of an index."""

    expression: str
    is_expression: bool = False
    ascending: bool = True
    nulls_first: bool = False
    operator_class: str | None = None


@record
class Index:
    """An index. `storage` are its `WITH` parameters, in order, as written."""

    name: str
    parts: tuple[IndexPart, ...]
    unique: bool = False
    where: str | None = None
    concurrently: bool = False
    method: str = "btree"
    storage: tuple[tuple[str, Any], ...] = ()
    name_given: bool = field(default=False, compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Policy:
    """A row-level security policy; `table` is set only when it stands on its own."""

    name: str
    permissive: bool = True
    command: str = "ALL"
    roles: tuple[str, ...] = ("public",)
    using: str | None = None
    with_check: str | None = None
    table: Name | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Table:
    """A table. Mappings are keyed by name in the database, in declaration order."""

    name: Name
    columns: Mapping[str, Column]
    primary_keys: Mapping[str, PrimaryKey] = field(default_factory=dict)
    uniques: Mapping[str, Unique] = field(default_factory=dict)
    foreign_keys: Mapping[str, ForeignKey] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    indexes: Mapping[str, Index] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    row_security: bool = False
    declared_name: str = field(default="", compare=False)
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class EnumType:
    """A Postgres enum and its labels, in order."""

    name: Name
    labels: tuple[str, ...]
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Sequence:
    """A sequence of its own; numbers are strings, as drizzle-kit records them."""

    name: Name
    increment: str
    start: str
    minimum: str
    maximum: str
    cache: str
    cycle: bool
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class View:
    """A view or materialized view; `definition` is None for an existing one."""

    name: Name
    definition: str | None
    materialized: bool = False
    existing: bool = False
    columns: Mapping[str, Column] = field(default_factory=dict)
    storage: Mapping[str, Any] = field(default_factory=dict)
    with_no_data: bool | None = None
    using: str | None = None
    tablespace: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Role:
    """A role that drizzle-kit manages."""

    name: str
    create_database: bool = False
    create_role: bool = False
    inherit: bool = True
    span: Span | None = field(default=None, compare=False, repr=False)


class Hides(Enum):
    """What may stand behind something that could not be read."""

    TABLES = "tables"
    """Whole tables, enums or other objects: an export, a file, a config."""
    TABLE = "table"
    """Anything in one table that is named."""
    COLUMNS = "columns"
    """Further columns of one table: a spread."""
    COLUMN = "column"
    """The definition of one column that is named."""
    CONSTRAINTS = "constraints"
    """Keys, uniques, checks, indexes or policies of one table."""
    DETAIL = "detail"
    """The text of one thing that is known to exist: a check, a view, an enum."""


@record
class Unreadable:
    """A part of the schema that could not be read, and why.

    `reason` is a clause: `depends on process.env.PREFIX`. Without a
    `fingerprint` it never equals what stood there before.
    """

    subject: Subject
    hides: Hides
    reason: str
    span: Span | None = field(default=None, compare=False)
    fingerprint: Fingerprint | None = None


@record
class Rejected:
    """A part of the schema at which drizzle-kit itself stops, writing nothing.

    `reason` is a clause: `two indexes in schema public are called "i"`.
    """

    subject: Subject
    reason: str
    span: Span | None = field(default=None, compare=False)


@record
class Schema:
    """Everything one Drizzle config declares. An empty one declares nothing."""

    tables: Mapping[Name, Table] = field(default_factory=dict)
    schemas: Mapping[str, Span | None] = field(default_factory=dict)
    enums: Mapping[Name, EnumType] = field(default_factory=dict)
    sequences: Mapping[Name, Sequence] = field(default_factory=dict)
    views: Mapping[Name, View] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    unreadable: tuple[Unreadable, ...] = ()
    rejected: tuple[Rejected, ...] = ()
