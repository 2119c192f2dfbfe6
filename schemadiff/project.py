"""One Drizzle config at one revision, and how the two revisions' configs pair up."""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from schemadiff.deploy.filters import Filters
from schemadiff.drizzle.config import POSTGRES, Config, read_config
from schemadiff.drizzle.discovery import find_configs, schema_files_by_import
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.schema_files import SchemaFiles, schema_files
from schemadiff.model import Schema
from schemadiff.npm.resolver import Resolver
from schemadiff.npm.versions import Versions
from schemadiff.record import replace
from schemadiff.settings import Settings
from schemadiff.source import Files, Span
from schemadiff.typescript.program import Export, Program
from schemadiff.typescript.syntax import Trees
from schemadiff.typescript.unchanged import settled_exports

KIT = "drizzle-kit"
ORM = "drizzle-orm"
NO_CONFIG = "no Drizzle config"
_SHOWN = 3


class Side:
    """One of the two revisions, everything in it read when it is first asked for."""

    def __init__(
        self,
        files: Files,
        trees: Trees,
        settings: Settings,
        named: tuple[str, ...] = (),
    ) -> None:
        self.files = files
        self._named = named
        self.program = Program(files, Resolver(files), trees)
        self.versions = Versions(files)
        self.settings = settings

    @cached_property
    def projects(self) -> Mapping[str, "Declared"]:
        """Every Postgres config by its path; one without a path if there is none."""
        settings = self.settings
        found = {
            each.path: Declared(self, self._config(each.path, each.directory))
            for each in find_configs(
                self.files, (*self._named, *settings.configs), settings.exclude
            )
            if self.files.entry(each.path) is not None
        }
        if not found:
            paths = settings.schema or schema_files_by_import(self.files)
            if paths:
                config = without_config(tuple(paths))
                if not settings.schema:
                    config = replace(config, notes=(_by_import(paths),))
                found[NO_CONFIG] = Declared(self, config)
        return found

    def _config(self, path: str, directory: str | None) -> Config:
        config = read_config(self.program, path, directory)
        if self.settings.schema and config.is_postgres:
            # What schemadiff.toml names needs no reading.
            readable = tuple(each for each in config.unreadable if not each.subject)
            return replace(
                config,
                dialect=POSTGRES,
                directory="",
                schema=self.settings.schema,
                unreadable=readable,
            )
        return config

    def identity(self, path: str) -> str | None:
        """Return what stands for the content of a path; None if nothing is there."""
        entry = self.files.entry(path)
        return entry.identity if entry else None

    def migrations(self, out: str | None) -> str | None:
        """Return what stands for the migrations in the folder `out`, if it is known."""
        return None if out is None else self.identity(out)

    def version(self, package: str, folder: str) -> str | None:
        """Return the version of `package` for code in `folder`."""
        found = self.versions.of(package, folder)
        return found.version if found else None

    def line_of_text(self, span: Span | None) -> str | None:
        """Return the source line where `span` begins, trimmed."""
        raw = self.files.read(span.path) if span else None
        if raw is None or span is None:
            return None
        lines = raw.split(b"\n", span.line)
        if span.line > len(lines):
            return None
        return lines[span.line - 1].decode("utf-8", "replace").strip()


class Declared:
    """What one config declares at one revision."""

    def __init__(self, side: Side, config: Config) -> None:
        self.side = side
        self.config = config

    @property
    def folder(self) -> str:
        """Where the project lives: the folder of its config."""
        return posixpath.dirname(self.config.path)

    @cached_property
    def kit(self) -> str | None:
        """The version of drizzle-kit."""
        return self.side.version(KIT, self.folder)

    @cached_property
    def line(self) -> Line:
        """The line of drizzle-orm that decides what the schema means.

        Where no file of the project says its version, schemadiff.toml does, else what
        the schema imports.
        """
        orm = self.side.version(ORM, self.folder) or self._version_by_schema()
        version = orm or self.side.settings.kit or self.kit
        return Line.of(version) if version else Line.of_names(self._drizzle_names())

    def _version_by_schema(self) -> str | None:
        """Return the version that the package around the schema names."""
        folders = dict.fromkeys(map(posixpath.dirname, self._sources()))
        found = (self.side.version(ORM, each) for each in folders)
        return next((each for each in found if each is not None), None)

    def _sources(self) -> Sequence[str]:
        return schema_files(self.side.files, self.config, Line.ONE).paths

    def _drizzle_names(self) -> set[str]:
        program = self.side.program
        return {
            each.name
            for path in self._sources()
            for module in program.module(path).closure()
            for each in module.outline.imported.values()
            if each.specifier.partition("/")[0] == ORM
        }

    @property
    def filters(self) -> Filters:
        """What drizzle-kit manages, by the config."""
        return Filters(self.config.schema_filter, self.config.tables_filter)

    @cached_property
    def files(self) -> SchemaFiles:
        """The schema files that the config means."""
        if self.config.path == NO_CONFIG and not self.config.schema:
            return SchemaFiles(())
        return schema_files(self.side.files, self.config, self.line)

    @cached_property
    def closure(self) -> Mapping[str, str]:
        """Every file that the schema is made of, with its identity; config included."""
        program = self.side.program
        entries = list(self.files.paths)
        if self.config.path != NO_CONFIG:
            entries.append(self.config.path)
        self.side.files.expect(entries)
        return {
            module.path: module.identity
            for entry in entries
            for module in program.module(entry).closure()
        }

    @cached_property
    def packages(self) -> Mapping[str, str | None]:
        """Every package that the schema's files import, with its version."""
        program = self.side.program
        names = {
            package
            for path in self.closure
            for package in program.module(path).packages()
        }
        return {
            name: self.side.version(name, self.folder)
            for name in sorted({*names, KIT, ORM})
        }

    @property
    def out(self) -> str | None:
        """The folder of the migrations, from the repository's root, if it is known."""
        if self.config.out is None:
            return None
        out = posixpath.normpath(posixpath.join(self.config.directory, self.config.out))
        return "" if out == "." else out

    @cached_property
    def migrations_are_current(self) -> bool | None:
        """Whether the newest committed snapshot equals the schema; None without one."""
        from schemadiff.migrations.snapshots import (  # noqa: PLC0415 - rarely asked
            declared_rows,
            newest_snapshot,
            recorded_rows,
        )

        if self.out is None:
            return None
        recorded = recorded_rows(self.side.files, self.out)
        if recorded is not None:
            return recorded == declared_rows(self.schema)
        newest = newest_snapshot(self.side.files, self.out)
        if newest is None:
            return None
        from schemadiff.drizzle.snapshot import snapshot  # noqa: PLC0415 - rarely asked

        own = snapshot(self.schema)
        return all(newest.get(key) == own[key] for key in own if key != "version")

    def equals(self, other: "Declared") -> bool:
        """Tell, without evaluating anything, that both declare the very same."""
        return (
            self.config.path == other.config.path
            and self.files.paths == other.files.paths
            and self.closure == other.closure
            and self.side.migrations(self.out) == other.side.migrations(other.out)
            and self.packages == other.packages
            and not self.config.unreadable
            and not self.files.unreadable
        )

    @cached_property
    def schema(self) -> Schema:
        """The whole schema."""
        return self.read(lambda _: False)

    def read(self, skip: Callable[[Export], bool]) -> Schema:
        """Return the schema without the exports for which `skip` holds."""
        from schemadiff.drizzle.reader import read_schema  # noqa: PLC0415 - heavy

        schema = read_schema(
            self.side.program, self.files.paths, self.config.casing, self.line, skip
        )
        further = (*self.config.unreadable, *self.files.unreadable)
        return replace(schema, unreadable=(*further, *schema.unreadable))


def without_config(paths: tuple[str, ...]) -> Config:
    """Return what stands for a config where the project has none."""
    return Config(NO_CONFIG, "", POSTGRES, paths)


def _by_import(paths: Sequence[str]) -> str:
    shown = ", ".join(paths[:_SHOWN])
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return (
        "there is no Drizzle config: the schema is taken from what imports"
        f" drizzle-orm/pg-core, {shown}{more}"
    )


class Common(NamedTuple):
    """What is the same on both sides by its text alone.

    `holds` tells it of an export. `later` are the keys of columns by which common
    tables refer to changed ones: where such a column is another one now, they are
    not the same after all.
    """

    holds: Callable[[Export], bool]
    later: frozenset[str]


def common_exports(
    base: Declared, head: Declared, same_package: Callable[[str], bool]
) -> Common | None:
    """Return what the two sides have in common, without evaluating anything.

    None where they must be read as a whole, because something besides the files
    decides what they mean.
    """
    alike = (base.line, base.config.casing) == (head.line, head.config.casing)
    if not alike or base.config.unreadable or head.config.unreadable:
        return None
    before = {path: base.side.program.module(path) for path in base.files.paths}
    after = {path: head.side.program.module(path) for path in head.files.paths}
    settled = settled_exports(before, after, same_package)
    same: set[tuple[str, str]] = set()
    changed: set[tuple[str, str]] = set()
    for path, module in after.items():
        names = settled.names.get(path, frozenset())
        for export in module.exports():
            found = same if export.name in names else changed
            found.add((export.path, export.name))
    common = same - changed
    return Common(lambda export: (export.path, export.name) in common, settled.later)
