"""What a statement of a migration file does to objects and rows that exist."""

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
    """`CREATE TABLE …`: what happens to it later in the plan takes nothing away."""

    table: Name


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
class Empties:
    """`TRUNCATE …`, or a `DELETE` without `WHERE`."""

    table: Name
    cascade: bool


@record
class Updates:
    """`UPDATE … SET …`, with or without `WHERE`: a backfill of these columns."""

    table: Name
    columns: tuple[str, ...]


@record
class AddsColumn:
    """`ALTER TABLE … ADD COLUMN …`."""

    table: Name
    column: str
    not_null: bool
    has_default: bool


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
    """`ALTER TABLE … ALTER COLUMN … SET DATA TYPE …`, maybe with `USING`."""

    table: Name
    column: str
    using: bool


@record
class Opaque:
    """A `DO` block or `EXECUTE`: code whose statements the grammar does not see.

    `destructive` tells that its text holds DROP, TRUNCATE or DELETE.
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
    | Empties
    | Updates
    | AddsColumn
    | SetsDefault
    | SetsNotNull
    | ChangesType
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
