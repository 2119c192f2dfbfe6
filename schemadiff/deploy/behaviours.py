"""What drizzle-kit does to rows, per version and way of deploying.

Every entry was measured: the published package was run against a real
PostgreSQL with rows in every table. Between two measured versions both
neighbours are possible; before the first and after the last, the nearest is.
"""

from collections.abc import Mapping
from functools import cache

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.kit_version import KitVersion, kit_version
from schemadiff.record import record

PUSH = (Way.PUSH,)
BOTH = (Way.PUSH, Way.MIGRATIONS)


@record
class Behaviours:
    """How one drizzle-kit carries changes out, one way.

    `line` is the measured version that these were taken from.
    """

    line: str
    way: Way
    truncates_on_type_change: bool
    """`TRUNCATE … CASCADE` before any change of a column's type."""
    truncates_on_required_column: bool
    """The same before adding a NOT NULL column without an SQL default."""
    truncates_on_set_not_null: bool
    """The same before SET NOT NULL on a column without an SQL default."""
    asks_to_truncate_on_unique: bool
    """Asks whether to empty the table before a new unique constraint."""
    rebuilds_enums: bool
    """Removed or reordered labels: through text, to a new type, and back."""
    cascades_table_drops: bool
    """`DROP TABLE … CASCADE`; otherwise a plain one."""
    converts_with_using: bool
    """Type changes carry `USING column::type`: explicit casts."""
    creates_serials: bool
    """A column that becomes serial gets its sequence; otherwise `type "serial"
    does not exist`. A column that stops being one loses sequence and default."""
    names_every_type: bool
    """Type changes name types unknown to drizzle-kit; otherwise `"undefined"."t"`."""
    drops_inline_keys: bool
    """A removed `primaryKey()` is dropped; otherwise a comment is written."""
    adds_keys_inline: bool
    """`ADD COLUMN … PRIMARY KEY` before the old key's column is dropped."""
    adds_uniques_late: bool
    """Foreign keys come before new unique constraints; otherwise after them."""
    moves_enum_columns: bool
    """Columns follow an enum to another schema; otherwise they keep the old."""
    identity_hides_not_null: bool
    """A table in which a column becomes an identity gets no SET NOT NULL."""
    sees_every_schema: bool
    """Without `schemaFilter` all schemas are managed, not only `public`."""
    applies_filters: bool
    """`schemaFilter` and `tablesFilter` decide what is managed."""
    filters_declarations: bool
    """`tablesFilter` leaves out declared tables too, not only existing ones."""
    ignores_definitions: bool
    """Changed definitions of views, checks, policies and expressions are left."""
    drops_the_unknown: bool
    """What the database has and the schema lacks is dropped."""
    reads_casing: bool
    """`casing` in the config names columns whose name is omitted."""
    transactional: bool
    """A failure leaves nothing behind."""


Measured = Mapping[str, bool]

_UNTIL_RC = {"0.31.11": True, "1.0.0-rc.5": False}
_SINCE_RC = {"0.31.11": False, "1.0.0-rc.5": True}
_YES = {"0.31.11": True, "1.0.0-rc.5": True}

MEASURED: Mapping[str, tuple[tuple[Way, ...], Measured]] = {
    "truncates_on_type_change": (
        PUSH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.0": False,
            "0.31.4": False,
            "0.31.10": False,
            "0.31.11": False,
            "1.0.0-rc.5": False,
        },
    ),
    "truncates_on_required_column": (
        PUSH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": False,
        },
    ),
    "truncates_on_set_not_null": (
        PUSH,
        {"0.20.18": True, "0.24.2": False, "0.31.11": False, "1.0.0-rc.5": False},
    ),
    "asks_to_truncate_on_unique": (
        PUSH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": False,
        },
    ),
    "rebuilds_enums": (
        BOTH,
        {
            "0.20.18": False,
            "0.24.2": False,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": True,
        },
    ),
    "cascades_table_drops": (
        BOTH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": False,
        },
    ),
    "converts_with_using": (BOTH, _SINCE_RC),
    "creates_serials": (BOTH, _SINCE_RC),
    "names_every_type": (BOTH, {"0.30.6": True, "0.31.11": False, "1.0.0-rc.5": True}),
    "drops_inline_keys": (
        PUSH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": True,
        },
    ),
    "adds_keys_inline": (BOTH, _UNTIL_RC),
    "adds_uniques_late": (BOTH, _UNTIL_RC),
    "moves_enum_columns": (BOTH, _SINCE_RC),
    "identity_hides_not_null": (BOTH, _UNTIL_RC),
    "sees_every_schema": (PUSH, _SINCE_RC),
    "applies_filters": (PUSH, _YES),
    "filters_declarations": (PUSH, _SINCE_RC),
    "ignores_definitions": (PUSH, _YES),
    "drops_the_unknown": (
        PUSH,
        {
            "0.20.18": True,
            "0.24.2": True,
            "0.28.1": True,
            "0.30.6": True,
            "0.31.11": True,
            "1.0.0-rc.5": True,
        },
    ),
    "reads_casing": (BOTH, _UNTIL_RC),
    "transactional": ((Way.MIGRATIONS,), _YES),
}
"""Per behaviour: the ways it concerns, and whether it was seen, by version.

On a way that an entry does not concern, the behaviour is absent, unless
`_OTHERWISE` says more.
"""

_OTHERWISE: Mapping[str, Measured] = {"drops_inline_keys": _SINCE_RC}

LINES = ("0.20.18", "0.24.2", "0.28.1", "0.30.6", "0.31.11", "1.0.0-rc.5")
"""The versions of which every behaviour is known."""


@cache
def possible(kit: str | None, way: Way) -> tuple[Behaviours, ...]:
    """Return every way in which drizzle-kit `kit` may behave.

    One for a measured version, up to two between measured ones, all lines for a
    version that is not known. Whoever judges takes the worst.
    """
    version = kit_version(kit)
    if version is None:
        return tuple(_at(_known(line), way, line) for line in LINES)
    lower = _at(version, way, kit or "", upwards=False)
    upper = _at(version, way, kit or "", upwards=True)
    return (lower,) if lower == upper else (lower, upper)


@cache
def behaviours(kit: str | None, way: Way) -> Behaviours:
    """Return how `kit` behaves, as the most harmful of what is possible.

    More harmful is the one that truncates more, and then the older one.
    """
    return max(
        possible(kit, way),
        key=lambda each: (
            each.truncates_on_type_change,
            each.truncates_on_required_column,
            each.truncates_on_set_not_null,
        ),
    )


def _at(
    version: KitVersion, way: Way, line: str, *, upwards: bool = True
) -> Behaviours:
    seen = {
        name: _nearest(_measurements(name, way), version, upwards=upwards)
        for name in MEASURED
    }
    return Behaviours(line=line, way=way, **seen)


def _measurements(name: str, way: Way) -> Measured:
    ways, measured = MEASURED[name]
    return measured if way in ways else _OTHERWISE.get(name, {"0.31.11": False})


def _nearest(measured: Measured, version: KitVersion, *, upwards: bool) -> bool:
    ordered = sorted((_known(each), seen) for each, seen in measured.items())
    below = [seen for each, seen in ordered if each <= version]
    above = [seen for each, seen in ordered if each >= version]
    if not below:
        return above[0]
    if not above:
        return below[-1]
    return above[0] if upwards else below[-1]


def _known(text: str) -> KitVersion:
    version = kit_version(text)
    if version is None:
        raise ValueError(text)
    return version
