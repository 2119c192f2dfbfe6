"""What an emptied table takes along: the sentence and the lines that save it."""

from schemadiff.deploy.truncation import Truncations
from schemadiff.model import Name, Schema
from schemadiff.record import record
from schemadiff.rules.wording import back_up_tables, listed


@record
class Emptied:
    """The rows that one truncation deletes, and how to save them before."""

    tables: tuple[Name, ...]
    message: str
    backup: tuple[str, ...]


class Emptying:
    """Answers what truncating tables of one database empties.

    What is said about a table is written once, however often it is said: where a
    thousand tables reference each other, each finding names up to a thousand.
    """

    def __init__(self, database: Schema) -> None:
        self.truncations = Truncations(database)
        self._names: list[str] = []
        self._lines: list[str] = []

    def of(self, *tables: Name) -> Emptied:
        """Return what emptying `tables` deletes."""
        numbers = self.truncations.of(*tables)
        known = self.truncations.tables
        for name in known[len(self._names) :]:
            self._names.append(str(name))
            self._lines.extend(back_up_tables([name]))
        named = listed(map(self._names.__getitem__, numbers))
        return Emptied(
            tuple(map(known.__getitem__, numbers)),
            f"every row of {named} would be deleted",
            tuple(map(self._lines.__getitem__, numbers)),
        )
