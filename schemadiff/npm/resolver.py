"""Where an import leads: a file of the project, or a package."""

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from schemadiff.npm.versions import upwards
from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.source import Files, Kind

if TYPE_CHECKING:
    from schemadiff.npm.tsconfig import TsConfigs
    from schemadiff.npm.workspace import Workspace


@record
class ProjectFile:
    """A file of the project."""

    path: str


@record
class External:
    """A package, or a part of one."""

    package: str
    subpath: str


@record
class Unresolved:
    """Nothing; `reason` is a clause that says why."""

    reason: str


Resolution = ProjectFile | External | Unresolved

_VERSIONED = regex(r"\A(@?[^@]+)@[^/]*")
"""What Deno names with a version: `npm:drizzle-orm@0.44/pg-core`."""
_SOURCES = {
    ".js": (".ts", ".tsx", ".js", ".jsx"),
    ".jsx": (".tsx", ".ts", ".jsx", ".js"),
    ".mjs": (".mts",),
    ".cjs": (".cts",),
}
"""What TypeScript means by an import of compiled code, the best first (tsx)."""
_SCRIPTS = (".js", ".cjs", ".mjs", ".jsx")
_NODES = (".js", ".json", ".ts", ".tsx", ".jsx", ".mts", ".cts", ".mjs", ".cjs")
"""What Node adds to a path in code that is no TypeScript, and inside directories."""
_EXTENSIONS = (".ts", ".tsx", ".jsx", ".js", ".json")
"""What is added to a path in TypeScript. (All seen with drizzle-kit 0.31.)"""
_NEVER_OWN = frozenset({"drizzle-orm", "drizzle-kit", "drizzle-zod", "zod"})
_VIRTUAL = ("node:", "$env/", "$app/", "astro:", "bun:", "virtual:", "cloudflare:")
"""How the names of modules begin that only a runtime or a bundler has."""
_ALIASED = ("@/", "~", "$")
"""How no package's name begins, but many an alias."""


class Resolver:
    """Resolves the imports of one revision."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[tuple[str, str, bool], Resolution] = {}

    @cached_property
    def _aliases(self) -> "TsConfigs":
        from schemadiff.npm.tsconfig import TsConfigs  # noqa: PLC0415 - for few imports

        return TsConfigs(self._files)

    @cached_property
    def _workspace(self) -> "Workspace":
        from schemadiff.npm.workspace import Workspace  # noqa: PLC0415 - for few imports

        return Workspace(self._files)

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """Return where `specifier`, imported by the file `importer`, leads.

        Relative paths, the package's own `#imports`, aliases of the tsconfig, packages
        of the same repository, and then packages from elsewhere, in this order.
        """
        folder = posixpath.dirname(importer)
        is_script = importer.endswith(_SCRIPTS)
        key = folder, specifier, is_script
        if key not in self._known:
            found = self._resolved(folder, specifier, is_script=is_script)
            self._known[key] = found
        return self._known[key]

    def _resolved(self, folder: str, specifier: str, *, is_script: bool) -> Resolution:
        if specifier.startswith("."):
            path = posixpath.normpath(posixpath.join(folder, specifier))
            found = self._file(path, is_script=is_script)
            return found or Unresolved(f"imports {specifier}, which is not committed")
        if specifier.startswith("#"):
            return self._own_import(folder, specifier)
        if specifier.startswith("npm:"):
            specifier = _VERSIONED.sub(r"\1", specifier.removeprefix("npm:"))
        parts = specifier.split("/")
        depth = 2 if specifier.startswith("@") else 1
        package, subpath = "/".join(parts[:depth]), "/".join(parts[depth:])
        if package in _NEVER_OWN or specifier.startswith(_VIRTUAL):
            return External(package, subpath)
        for path in self._aliases.candidates(folder, specifier):
            found = self._file(path)
            if found is not None:
                return found
        if specifier.startswith(_ALIASED):
            return Unresolved(f"imports {specifier}, which no tsconfig explains")
        own = self._workspace.folder_of(package)
        if own is None:
            return External(package, subpath)
        for path in self._workspace.targets(own, subpath):
            found = self._file(path)
            if found is not None:
                return found
        return Unresolved(f"imports {specifier}, whose source is not committed")

    def _own_import(self, folder: str, specifier: str) -> Resolution:
        for above in upwards(folder):
            if self._workspace.manifest(above):
                for path in self._workspace.imported(above, specifier):
                    found = self._file(path)
                    if found is not None:
                        return found
                break
        for path in self._aliases.candidates(folder, specifier):
            found = self._file(path)
            if found is not None:
                return found
        return Unresolved(f"imports {specifier}, which leads to no committed file")

    def _file(self, path: str, *, is_script: bool = False) -> ProjectFile | None:
        for each in _candidates(path, is_script=is_script):
            entry = self._files.entry(each)
            if entry is not None and entry.kind is Kind.FILE:
                return ProjectFile(each)
        return None


def _candidates(path: str, *, is_script: bool) -> Iterator[str]:
    """Yield the files that an imported path may mean, the best first."""
    stem, extension = posixpath.splitext(path)
    sources = [stem + other for other in _SOURCES.get(extension, ())]
    if not is_script:
        yield from sources
    yield path
    yield from (path + other for other in (_NODES if is_script else _EXTENSIONS))
    yield from (f"{path}/index{other}" for other in _NODES)
    yield from sources
    yield from (path + other for other in _NODES)
