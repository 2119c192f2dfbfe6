"""Ways in which people write a table in TypeScript, and some that nobody would.

`styles.txt` holds one way a paragraph. In it stand `$v` for the variable and `$n`
for the name of the table, `$c` for its columns as properties, `$a` and `$b` for two
parts of them, `$e` for them as pairs in a list, `$k` and `$ks` for the first key and
all keys, `$f` for true or false, and `$m` for a method of makers.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Columns = Sequence[tuple[str, str]]

STYLES = Path(__file__).with_name("styles.txt").read_text().strip().split("\n\n")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table to be written: variable, name, and columns as key and builder."""

    variable: str
    name: str
    columns: Columns


def written(style: str, wanted: Wanted, dice: random.Random) -> str:
    """Return statements that export the wanted table in a style."""
    at = dice.randint(0, len(wanted.columns))
    pieces = {
        "$ks": ", ".join(f"'{key}'" for key, _ in wanted.columns),
        "$v": wanted.variable,
        "$n": wanted.name,
        "$c": _properties(wanted.columns),
        "$a": _properties(wanted.columns[:at]),
        "$b": _properties(wanted.columns[at:]),
        "$e": ", ".join(f"['{key}', {text}]" for key, text in wanted.columns),
        "$k": wanted.columns[0][0],
        "$f": dice.choice(["true", "false"]),
        "$m": dice.choice(["tg", "plain"]),
    }
    for mark, text in pieces.items():
        style = style.replace(mark, text)
    return style.replace("{, ", "{ ").replace(", , ", ", ")


def _properties(columns: Columns) -> str:
    return ", ".join(f"{key}: {text}" for key, text in columns)
