"""What a statement of a migration file does to objects and rows that exist."""

from dataclasses import field

from schemadiff.model import Name
from schemadiff.record import record
from schemadiff.source import Span


@record
class RenamesSchema:
    """`ALTER SCHEMA … RENAME TO …`."""

    schema: str
    to: str


@record
class RenamesTable:
    """`ALTER TABLE … RENAME TO …` or `… SET SCHEMA …`; views count as tables."""

    table: Name
    to: Name


@record
class RenamesColumn:
    """`ALTER TABLE … RENAME COLUMN … TO …`."""

    table: Name
    column: str
    to: str


@record
class RenamesType:
    """`ALTER TYPE … RENAME TO …` or `… SET SCHEMA …`."""

    type: Name
    to: Name


@record
class RenamesLabel:
    """`ALTER TYPE … RENAME VALUE … TO …`."""

    enum: Name
    label: str
    to: str


@record
class CreatesTable:
    """`CREATE TABLE …`; with `IF NOT EXISTS` it may be there already."""

    table: Name
    if_not_exists: bool = False


@record
class DropsSchema:
    """`DROP SCHEMA …`."""

    schema: str


@record
class DropsTable:
    """`DROP TABLE …`."""

    table: Name


@record
class DropsColumn:
    """`ALTER TABLE … DROP COLUMN …`."""

    table: Name
    column: str


@record
class DropsDependents:
    """`DROP TYPE … CASCADE` and the like: columns of the type go with it.

    `type` is None for an extension, whose name is `extension`.
    """

    type: Name | None
    extension: str = ""


@record
class Empties:
    """`TRUNCATE …`, or a `DELETE` that spares no row."""

    table: Name
    cascade: bool


@record
class Updates:
    """`UPDATE … SET …`, with or without `WHERE`: a backfill of these columns."""

    table: Name
    columns: tuple[str, ...]


@record
class Copies:
    """`UPDATE … SET column = …`, an expression of `source` of the same row.

    `whole` tells that every value of `source` ends up in `column`, cast at most.
    """

    table: Name
    column: str
    source: str
    whole: bool


@record
class Clears:
    """`UPDATE … SET column = NULL` in every row."""

    table: Name
    column: str


@record
class AddsColumn:
    """`ALTER TABLE … ADD COLUMN …`; `type` is its SQL, and it may be there already."""

    table: Name
    column: str
    not_null: bool
    has_default: bool
    type: str = field(default="", compare=False)
    if_not_exists: bool = field(default=False, compare=False)


@record
class SetsDefault:
    """`ALTER TABLE … ALTER COLUMN … SET DEFAULT …`."""

    table: Name
    column: str


@record
class SetsNotNull:
    """`ALTER TABLE … ALTER COLUMN … SET NOT NULL`."""

    table: Name
    column: str


@record
class ChangesType:
    """`ALTER TABLE … ALTER COLUMN … SET DATA TYPE …`, maybe with `USING`.

    `casts` tells that the expression only casts the column itself, as drizzle-kit
    1.0 writes it for any change.
    """

    table: Name
    column: str
    using: bool
    type: str = field(default="", compare=False)
    casts: bool = field(default=False, compare=False)


@record
class Defines:
    """`CREATE FUNCTION …` or `PROCEDURE`: what calling it would do."""

    function: Name
    actions: tuple["Action", ...]


@record
class Calls:
    """A call of a function; `alone` in `CALL …`, else somewhere in a `SELECT`."""

    function: Name
    alone: bool


@record
class Opaque:
    """Code whose statements cannot be seen: composed while it runs, or foreign.

    `destructive` tells that it may hold DROP, TRUNCATE or DELETE.
    """

    destructive: bool


@record
class Other:
    """Anything else: it takes nothing away from rows that exist."""


Action = (
    RenamesSchema
    | RenamesTable
    | RenamesColumn
    | RenamesType
    | RenamesLabel
    | CreatesTable
    | DropsSchema
    | DropsTable
    | DropsColumn
    | DropsDependents
    | Empties
    | Updates
    | Copies
    | Clears
    | AddsColumn
    | SetsDefault
    | SetsNotNull
    | ChangesType
    | Defines
    | Calls
    | Opaque
    | Other
)


@record
class Statement:
    """One action, the statement it comes from, and where that stands."""

    action: Action
    sql: str
    span: Span


class UnreadableSqlError(Exception):
    """Postgres's grammar refuses the text; `span` is where."""

    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span
