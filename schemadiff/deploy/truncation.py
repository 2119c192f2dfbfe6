"""Which tables `TRUNCATE … CASCADE` empties."""

from collections import deque
from collections.abc import Mapping, Sequence

from schemadiff.model import Name, Schema


def referencing(database: Schema) -> Mapping[Name, Sequence[Name]]:
    """Return, for every table that foreign keys point at, the tables that have them."""
    found: dict[Name, list[Name]] = {}
    for table in database.tables.values():
        for key in table.foreign_keys.values():
            found.setdefault(key.target, []).append(table.name)
    return found


def reached(table: Name, by_target: Mapping[Name, Sequence[Name]]) -> tuple[Name, ...]:
    """Return `table` and every table that references it, directly or not.

    In the order in which Postgres reaches them; any foreign key counts, whatever
    its action (Postgres manual, TRUNCATE).
    """
    found = {table: None}
    waiting = deque([table])
    while waiting:
        for name in by_target.get(waiting.popleft(), ()):
            if name not in found:
                found[name] = None
                waiting.append(name)
    return tuple(found)
