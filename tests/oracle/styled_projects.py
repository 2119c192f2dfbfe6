"""Projects of tables written in many styles, over files of many kinds."""

import random

from schemadiff.drizzle.line import Line
from tests.oracle.odd_columns import SHARED, OddColumns
from tests.oracle.odd_projects import imports
from tests.oracle.projects import Project
from tests.oracle.styles import STYLES, Wanted, written

_KEYS = ("id", "userId", "HTTPServer", "name", "createdAt", "x1", "is_ok", "total")


def project(seed: int, line: Line) -> Project:
    """Return the project of `seed` for the drizzle-kit of `line`."""
    dice = random.Random(seed)  # noqa: S311 - only variety
    columns = OddColumns(dice, line)
    casing = None
    if line is Line.ZERO:
        casing = dice.choice([None, None, None, "snake_case", "camelCase"])
    tables = []
    for at in range(dice.randint(1, 3)):
        keys = dice.sample(_KEYS, dice.randint(1, 3))
        pairs = [(key, columns.column(key, plain=True)[0]) for key in keys]
        wanted = Wanted(f"t{at}", f"tab{at}", pairs)
        style = dice.choice(STYLES) if at else STYLES[seed % len(STYLES)]
        tables.append(written(style, wanted, dice))
    defaults = [each for each in tables if "export default" in each]
    for each in defaults[1:]:
        tables.remove(each)
    text = "\n".join([imports(line) + SHARED, *tables])
    return Project({"schema.ts": text}, ("schema.ts",), casing)
