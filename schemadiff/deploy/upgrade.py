"""What another version of drizzle-kit does differently from the one before."""

from collections.abc import Iterable, Iterator, Mapping

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.behaviours import behaviours

_DOES: Mapping[str, str] = {
    "truncates_on_type_change": "empties a table before it changes a column's type",
    "truncates_on_required_column": "empties a table before it adds a required column",
    "truncates_on_set_not_null": "empties a table before it requires a column",
    "rebuilds_enums": "makes an enum anew when a label leaves it",
    "converts_with_using": "converts and cuts values when a type changes",
    "sees_every_schema": "manages every Postgres schema when schemaFilter is omitted",
    "reads_casing": "reads casing from its config",
}


def upgrade_note(base: str | None, head: str | None, ways: Iterable[Way]) -> str | None:
    """Return one sentence about every behaviour that the two versions do not share.

    None where they share all, and where a version is not known: then the worst is
    assumed anyway.
    """
    if base is None or head is None or base == head:
        return None
    found = dict.fromkeys(
        each for way in ways for each in _differences(base, head, way)
    )
    if not found:
        return None
    *most, last = found
    listed = f"{', '.join(most)} and {last}" if most else last
    return f"this push replaces drizzle-kit {base} by {head}, which {listed}"


def _differences(base: str, head: str, way: Way) -> Iterator[str]:
    before, after = behaviours(base, way), behaviours(head, way)
    for name, does in _DOES.items():
        had, has = getattr(before, name), getattr(after, name)
        if had != has:
            yield f"{'now' if has else 'no longer'} {does}"
