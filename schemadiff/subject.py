"""Subjects: the names at stake, as findings print them and overrides write them."""

from schemadiff.record import record
from schemadiff.regex import regex

_PLAIN = regex(r"[A-Za-z_][A-Za-z0-9_$]*\Z")
_PART = regex(r'"((?:[^"]|"")*)"|([A-Za-z_][A-Za-z0-9_$]*)')
_ODD_PLACE = regex('[",*]|\\A\\s|\\s\\Z|\\s(?:\N{EM DASH}|\N{EN DASH}|--)\\s')
"""What would end or change a path inside an override; quotes keep it whole."""


@record
class Subject:
    """What a finding objects to: a name in the database, or a place in the project.

    In the database: (table), (table, column), (schema, table, column), (enum,
    label), …; the schema `public` is left out. In the project: one `place`,
    `path` or `path#export`, or a cause such as `casing`.
    """

    parts: tuple[str, ...] = ()
    place: str = ""

    @classmethod
    def named(cls, schema: str, *parts: str) -> "Subject":
        """Return the subject of a name in `schema`; `""` and `public` are left out."""
        return cls(parts if schema in ("", "public") else (schema, *parts))

    def __str__(self) -> str:
        """Write the subject as overrides do: parts joined by dots, quoted as in SQL."""
        if self.place:
            odd = _ODD_PLACE.search(self.place)
            return _in_quotes(self.place) if odd else self.place
        return ".".join(_quoted(part) for part in self.parts)

    def covers(self, text: str) -> bool:
        """Tell whether `text`, from an override, names this very subject."""
        if self.place:
            return text == self.place or parse_parts(text) == (self.place,)
        return text == str(self) or (parse_parts(text) or ()) in self._spellings()

    def _spellings(self) -> tuple[tuple[str, ...], ...]:
        return self.parts, ("public", *self.parts)


def parse_parts(text: str) -> tuple[str, ...] | None:
    """Split `"odd table".column` into its names; None if it is not such a name."""
    parts: list[str] = []
    position = 0
    while match := _PART.match(text, position):
        quoted, plain = match.groups()
        parts.append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if position == len(text):
            return tuple(parts)
        if text[position] != ".":
            return None
        position += 1
    return None


def _quoted(part: str) -> str:
    return part if _PLAIN.match(part) else _in_quotes(part)


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
