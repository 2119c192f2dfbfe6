"""Which tables `TRUNCATE … CASCADE` empties."""

from collections import defaultdict, deque
from collections.abc import Callable

from schemadiff.model import Name, Schema


def emptied_by_truncating(
    table: Name, database: Callable[[], Schema]
) -> tuple[Name, ...]:
    """Return `table` and every table that references it, directly or not.

    `database` is the schema as it is before the deploy. In the order in which
    Postgres reaches them; any foreign key counts, whatever its action (Postgres
    manual, TRUNCATE).
    """
    referencing: defaultdict[Name, list[Name]] = defaultdict(list)
    for other in database().tables.values():
        for key in other.foreign_keys.values():
            referencing[key.target].append(other.name)
    reached = {table: None}
    waiting = deque([table])
    while waiting:
        for name in referencing[waiting.popleft()]:
            if name not in reached:
                reached[name] = None
                waiting.append(name)
    return tuple(reached)
