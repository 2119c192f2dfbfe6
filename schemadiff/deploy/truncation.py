"""Which tables `TRUNCATE … CASCADE` empties."""

from collections.abc import Iterator

from schemadiff.model import Name, Schema


class Truncations:
    """What emptying a table of one database empties besides.

    Any foreign key counts, whatever its action (Postgres manual, TRUNCATE). Each
    table is visited once, however many tables are asked for; `visited` counts it.
    Tables go by numbers, their places in `tables`, because a name takes long to look
    up and a chain of a thousand tables has half a million of them in its answers.
    """

    def __init__(self, database: Schema) -> None:
        self.tables: list[Name] = list(database.tables)
        self.visited = 0
        self._numbers = {name: number for number, name in enumerate(self.tables)}
        self._emptied: dict[int, tuple[int, ...]] = {}
        self._referencing: dict[int, list[int]] = {}
        for table in database.tables.values():
            for key in table.foreign_keys.values():
                target = self._number(key.target)
                found = self._referencing.setdefault(target, [])
                found.append(self._numbers[table.name])

    def _number(self, table: Name) -> int:
        if table not in self._numbers:
            self._numbers[table] = len(self.tables)
            self.tables.append(table)
        return self._numbers[table]

    def of(self, *tables: Name) -> tuple[int, ...]:
        """Return the numbers of `tables` and of all that reference them, near or far.

        Each table comes after one that it references.
        """
        found: dict[int, None] = {}
        for table in tables:
            number = self._number(table)
            if number not in self._emptied:
                for circle in self._circles(number):
                    self._close(circle)
            found |= dict.fromkeys(self._emptied[number])
        return tuple(found)

    def _close(self, circle: list[int]) -> None:
        """Note what each of some tables empties, when what is below them is known."""
        below = dict.fromkeys(circle)
        for number in circle:
            for child in self._referencing.get(number, ()):
                if child not in below:
                    below |= dict.fromkeys(self._emptied[child])
        for number in circle:
            self._emptied[number] = tuple(dict.fromkeys((number, *below)))

    def _circles(self, start: int) -> Iterator[list[int]]:
        """Yield tables that empty each other together, what references them first.

        These are the strongly connected components of what `start` reaches and is not
        known yet, by Tarjan's algorithm, with a stack of its own.
        """
        place: dict[int, int] = {start: 0}
        lowest: dict[int, int] = {start: 0}
        waiting, depths = [start], {start: 0}
        walk = [(start, iter(self._referencing.get(start, ())))]
        self.visited += 1
        while walk:
            number, children = walk[-1]
            for child in children:
                if child in self._emptied:
                    continue
                if child not in place:
                    self.visited += 1
                    place[child] = lowest[child] = len(place)
                    depths[child] = len(waiting)
                    waiting.append(child)
                    walk.append((child, iter(self._referencing.get(child, ()))))
                    break
                lowest[number] = min(lowest[number], place[child])
            else:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    lowest[above] = min(lowest[above], lowest[number])
                if lowest[number] == place[number]:
                    cut = depths[number]
                    circle, waiting[cut:] = waiting[cut:], []
                    yield circle
