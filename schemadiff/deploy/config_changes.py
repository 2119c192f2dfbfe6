"""What two revisions of one Drizzle config say differently: facts, no judgement.

The filters are missing here: `FiltersChanged` states them, wherever they are asked.
The prefix of a `pgTableCreator` stands in the schema files and shows in their tables.
"""

from collections.abc import Iterator, Sequence

from schemadiff.drizzle.config import Config
from schemadiff.record import record
from schemadiff.source import Span


@record
class ConfigDropped:
    """A config is gone; `others` tells whether the project has another one."""

    path: str
    span: Span | None
    others: bool = False


@record
class ConfigMoved:
    """A config has another path, or its relative paths start elsewhere."""

    base: str
    head: str
    base_directory: str
    head_directory: str


@record
class DialectChanged:
    """A config is for another database system; None is one that cannot be read."""

    path: str
    base: str | None
    head: str | None
    span: Span | None


@record
class CasingChanged:
    """The config names columns without a name of their own in another way."""

    base: str | None
    head: str | None
    span: Span | None


@record
class SchemaListChanged:
    """The config's `schema` has other entries, in whatever order.

    `gone` are the files that it does not lead to any more although they exist.
    """

    base: tuple[str, ...] | None
    head: tuple[str, ...] | None
    gone: tuple[str, ...] = ()


@record
class OutChanged:
    """The migrations lie in another folder."""

    base: str
    head: str


ConfigChange = (
    ConfigDropped
    | ConfigMoved
    | DialectChanged
    | CasingChanged
    | SchemaListChanged
    | OutChanged
)


def compare_configs(
    base: Config, head: Config, gone: Sequence[str] = ()
) -> Iterator[ConfigChange]:
    """Yield how two revisions of a config differ, the filters excepted.

    `gone` are the files that only base leads to and that head still has.
    """
    if (base.path, base.directory) != (head.path, head.directory):
        yield ConfigMoved(base.path, head.path, base.directory, head.directory)
    if base.dialect != head.dialect:
        yield DialectChanged(head.path, base.dialect, head.dialect, head.span)
    if base.casing != head.casing:
        yield CasingChanged(base.casing, head.casing, head.span)
    if base.schema != head.schema or gone:
        yield SchemaListChanged(base.schema, head.schema, tuple(gone))
    if base.out != head.out and base.out is not None and head.out is not None:
        yield OutChanged(base.out, head.out)
