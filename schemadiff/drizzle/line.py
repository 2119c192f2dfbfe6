"""The two lines of Drizzle, which record the same TypeScript differently."""

import re
from collections.abc import Iterable
from enum import Enum

SINCE_ONE = frozenset({"snakeCase", "camelCase", "bytea", "withRLS", "defineRelations"})
"""What only drizzle-orm 1.0 has (0.45.4 and 1.0.0-rc.5, `index.js` of each)."""


class Line(Enum):
    """A line of releases: drizzle-orm 0.x with its kit, or 1.0 with its own.

    Measured on drizzle-orm 0.45.4 with drizzle-kit 0.31.11, and on 1.0.0-rc.5.
    """

    ZERO = "0.x"
    ONE = "1.0"

    @classmethod
    def of(cls, version: str | None) -> "Line":
        """Return the line of `version`; an unknown one is 0.x, the installed base.

        Read `None` as what npm installs today: `latest` is still the 0.x line.
        """
        found = re.search(r"\d+", version or "")
        return cls.ONE if found and int(found.group()) >= 1 else cls.ZERO

    @classmethod
    def of_names(cls, imported: Iterable[str]) -> "Line":
        """Return the line of code whose drizzle-orm has every one of these names."""
        return cls.ZERO if SINCE_ONE.isdisjoint(imported) else cls.ONE
