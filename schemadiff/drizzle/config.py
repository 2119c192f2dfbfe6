"""What a Drizzle config says, as far as it decides what is deployed."""

import posixpath
from collections.abc import Iterator

from schemadiff.drizzle.config_files import ConfigFiles
from schemadiff.drizzle.symbolic import not_known
from schemadiff.model import Hides, Unreadable
from schemadiff.record import record
from schemadiff.source import Span
from schemadiff.subject import Subject
from schemadiff.typescript.choices import known_properties
from schemadiff.typescript.program import Program
from schemadiff.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Member,
    Object,
    Symbol,
    Unknown,
    Value,
)

_KIT = "drizzle-kit"
_DEFINE_CONFIG = "defineConfig"
POSTGRES = "postgresql"
_DIALECTS = (
    POSTGRES,
    "mysql",
    "sqlite",
    "turso",
    "singlestore",
    "gel",
    "mssql",
    "cockroach",
    "duckdb",
)
"""What drizzle-kit accepts (`dialects`, of 0.31 and 1.0); it rejects all else."""
_OLD_DRIVERS = {
    "pg": POSTGRES,
    "node-postgres": POSTGRES,
    "mysql2": "mysql",
    "better-sqlite": "sqlite",
    "better-sqlite3": "sqlite",
    "libsql": "sqlite",
    "turso": "sqlite",
    "d1": "sqlite",
    "expo": "sqlite",
}
_CASINGS = ("snake_case", "camelCase")


@record
class Config:
    """One Drizzle config.

    `directory` is where its relative paths start. `schema` are the entries as
    written; None when the config says none. The filters are None where omitted.
    `dialect` is that of the driver for configs of drizzle-kit before 0.21, and None
    where it is not known; so is `out`, which `notes` then say.
    """

    path: str
    directory: str
    dialect: str | None
    schema: tuple[str, ...] | None
    out: str | None = "drizzle"
    casing: str | None = None
    schema_filter: tuple[str, ...] | None = None
    tables_filter: tuple[str, ...] | None = None
    unreadable: tuple[Unreadable, ...] = ()
    span: Span | None = None
    notes: tuple[str, ...] = ()

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
        self.notes: list[str] = []
        self.files = ConfigFiles(program.files, self.directory)

    def read(self) -> Config:
        self.program.listing = self.files
        try:
            return self._read()
        finally:
            self.program.listing = None

    def _read(self) -> Config:
        module = self.program.module(self.path)
        for problem in module.problems:
            self._report(problem.reason, problem.span)
        value = self._default()
        start = Span(self.path, 1, 1, 0, 0)
        if not isinstance(value, Object):
            if not self.unreadable:
                self._blame(value, "its default export is not an object")
            return self._config({}, start)
        known = known_properties(value)
        for hole in value.holes if known is None else ():
            self._blame(hole, "")
        properties = value.properties if known is None else known
        values = {key: each.value for key, each in properties.items()}
        return self._config(values, value.span)

    def _default(self) -> Value:
        """Return what drizzle-kit takes: `module.default ?? module`."""
        module = self.program.module(self.path)
        is_common = module.is_json or module.is_common_js
        found = None if is_common else module.export("default")
        if is_common or "=" in module.outline.exports:
            found = module.namespace()
            if isinstance(found, Object) and "default" in found.properties:
                found = found.properties["default"].value
        if isinstance(found, Call) and _is_define_config(found.callee):
            return found.arguments[0] if found.arguments else UNDEFINED
        return UNDEFINED if found is None else found

    def _config(self, values: dict[str, Value], span: Span) -> Config:
        dialect = self._dialect(values, span)
        casing = self._text(values, "casing")
        if casing is not None and casing not in _CASINGS:
            self._report(f"names the casing {casing}, which drizzle-kit rejects", span)
        schema = self._texts(values, "schema")
        return Config(
            self.path,
            self.directory,
            dialect,
            None if schema is None else tuple(map(_relative, schema)),
            self._out(values),
            casing,
            self._texts(values, "schemaFilter"),
            self._texts(values, "tablesFilter"),
            tuple(self.unreadable),
            span,
            tuple(self.notes),
        )

    def _out(self, values: dict[str, Value]) -> str | None:
        """Return the folder of the migrations, without which tables can be read."""
        value = values.get("out", UNDEFINED)
        if isinstance(value, Unknown):
            self.notes.append(
                f"{self.path}: its migrations are left out of account, because its out"
                f" {value.reason}"
            )
            return None
        return _relative(self._text(values, "out") or "drizzle")

    def _dialect(self, values: dict[str, Value], span: Span) -> str | None:
        if "dialect" in values:
            dialect = self._text(values, "dialect")
            if dialect is None or dialect in _DIALECTS:
                return dialect
            self._report(
                f"names the dialect {dialect}, which drizzle-kit rejects", span
            )
            return None
        driver = values.get("driver")
        dialect = _OLD_DRIVERS.get(driver) if isinstance(driver, str) else None
        if dialect is None and not self.unreadable:
            self._report("names no dialect", span)
        return dialect

    def _text(self, values: dict[str, Value], key: str) -> str | None:
        value = values.get(key, UNDEFINED)
        if value is UNDEFINED or isinstance(value, str):
            return value if isinstance(value, str) else None
        self._blame(value, f"its {key} is not a text")
        return None

    def _texts(self, values: dict[str, Value], key: str) -> tuple[str, ...] | None:
        value = self._chosen(values.get(key, UNDEFINED))
        if value is UNDEFINED:
            return None
        if isinstance(value, str):
            return (value,)
        if isinstance(value, Array):
            return tuple(self._items(value, key))
        self._blame(value, f"its {key} is neither a text nor a list of texts")
        return None

    def _chosen(self, value: Value) -> Value:
        """Return what a choice must be meant for: only one is committed."""
        if not isinstance(value, Unknown) or not value.choices:
            return value
        there = [each for each in value.choices if self._is_there(each)]
        return there[0] if len(there) == 1 else value

    def _is_there(self, value: Value) -> bool:
        entries = value.items if isinstance(value, Array) else [value]
        return any(
            not isinstance(each, str) or bool(self.files.matching(each))
            for each in entries
        )

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


def _is_define_config(callee: Value) -> bool:
    """Tell whether this is `defineConfig`, imported or required in whatever way."""
    match callee:
        case Symbol(package=package, name=name):
            return (package, name) == (_KIT, _DEFINE_CONFIG)
        case Member(target=Symbol(package=package, name=name), name=member):
            whole = name in ("*", "default")
            return package == _KIT and whole and member == _DEFINE_CONFIG
        case _:
            return False


def _relative(path: str) -> str:
    """Return a config's path without what leads nowhere: `./`, absolute roots."""
    return posixpath.normpath(path) if path else path
