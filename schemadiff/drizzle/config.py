"""What a Drizzle config says, as far as it decides what is deployed."""

import posixpath
from collections.abc import Iterator

from schemadiff.drizzle.symbolic import not_known
from schemadiff.model import Hides, Unreadable
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.program import Program
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Object,
    Symbol,
    Value,
)

_DEFINE_CONFIG = Symbol("drizzle-kit", "defineConfig")
POSTGRES = "postgresql"
_OLD_POSTGRES_DRIVERS = ("pg", "node-postgres")


@record
class Config:
    """One Drizzle config.

    `directory` is where its relative paths start. `schema` are the entries as
    written; None when the config says none. The filters are None where omitted.
    `dialect` is `postgresql` for configs of drizzle-kit before 0.21 that name a
    Postgres driver.
    """

    path: str
    directory: str
    dialect: str | None
    schema: tuple[str, ...] | None
    out: str = "drizzle"
    casing: str | None = None
    schema_filter: tuple[str, ...] | None = None
    tables_filter: tuple[str, ...] | None = None
    unreadable: tuple[Unreadable, ...] = ()
    span: Span | None = None

    @property
    def is_postgres(self) -> bool:
        """Tell whether this config is for Postgres, as far as it can be read."""
        return self.dialect in (None, POSTGRES)


def read_config(program: Program, path: str, directory: str | None = None) -> Config:
    """Return what the config at `path` says; what is not known is `unreadable`."""
    return _Reader(program, path, directory).read()


class _Reader:
    def __init__(self, program: Program, path: str, directory: str | None) -> None:
        self.program = program
        self.path = path
        self.directory = posixpath.dirname(path) if directory is None else directory
        self.unreadable: list[Unreadable] = []

    def read(self) -> Config:
        module = self.program.module(self.path)
        for problem in module.problems:
            self._report(problem.reason, problem.span)
        value = self._default()
        start = Span(self.path, 1, 1, 0, 0)
        if not isinstance(value, Object):
            if not self.unreadable:
                self._blame(value, "its default export is not an object")
            return self._config({}, start)
        for hole in value.holes:
            self._blame(hole, "")
        return self._config(
            {key: each.value for key, each in value.properties.items()}, value.span
        )

    def _default(self) -> Value:
        module = self.program.module(self.path)
        if module.is_json or module.is_common_js:
            return module.namespace()
        found = module.export("default")
        if isinstance(found, Call) and found.callee == _DEFINE_CONFIG:
            return found.arguments[0] if found.arguments else UNDEFINED
        return UNDEFINED if found is None else found

    def _config(self, values: dict[str, Value], span: Span) -> Config:
        dialect = self._text(values, "dialect")
        driver = values.get("driver")
        if "dialect" not in values and driver in _OLD_POSTGRES_DRIVERS:
            dialect = POSTGRES
        elif "dialect" not in values and not self.unreadable:
            self._report("names no dialect", span)
        schema = self._texts(values, "schema")
        return Config(
            self.path,
            self.directory,
            dialect,
            None if schema is None else tuple(map(_relative, schema)),
            _relative(self._text(values, "out") or "drizzle"),
            self._text(values, "casing"),
            self._texts(values, "schemaFilter"),
            self._texts(values, "tablesFilter"),
            tuple(self.unreadable),
            span,
        )

    def _text(self, values: dict[str, Value], key: str) -> str | None:
        value = values.get(key, UNDEFINED)
        if value is UNDEFINED or isinstance(value, str):
            return value if isinstance(value, str) else None
        self._blame(value, f"its {key} is not a text")
        return None

    def _texts(self, values: dict[str, Value], key: str) -> tuple[str, ...] | None:
        value = values.get(key, UNDEFINED)
        if value is UNDEFINED:
            return None
        if isinstance(value, str):
            return (value,)
        if isinstance(value, Array):
            return tuple(self._items(value, key))
        self._blame(value, f"its {key} is neither a text nor a list of texts")
        return None

    def _items(self, value: Array, key: str) -> Iterator[str]:
        for item in (*value.items, *value.holes):
            if isinstance(item, str):
                yield item
            else:
                self._blame(item, f"its {key} holds something that is not a text")

    def _blame(self, value: Value, clause: str) -> None:
        trouble = not_known(value, clause)
        span = trouble.span or Span(self.path, 1, 1, 0, 0)
        self._report(trouble.reason, span)

    def _report(self, reason: str, span: Span) -> None:
        # Without a fingerprint: what decides which files exist never cancels.
        subject = Subject(place=self.path)
        self.unreadable.append(Unreadable(subject, Hides.TABLES, reason, span))


def _relative(path: str) -> str:
    """Return a config's path without what leads nowhere: `./`, absolute roots."""
    return posixpath.normpath(path) if path else path
