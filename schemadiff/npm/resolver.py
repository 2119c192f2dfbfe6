"""Where an import leads: a file of the project, or a package."""

import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from schemadiff.npm.versions import upwards
from schemadiff.record import record
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

_EXTENSIONS = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json")
_SOURCES = {
    ".js": (".ts", ".tsx"),
    ".jsx": (".tsx",),
    ".mjs": (".mts",),
    ".cjs": (".cts",),
}
_NEVER_OWN = frozenset({"drizzle-orm", "drizzle-kit", "drizzle-zod", "zod"})
_ALIASED = ("@/", "~")
"""How no package's name begins, but many an alias."""


class Resolver:
    """Resolves the imports of one revision."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[tuple[str, str], Resolution] = {}

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
        key = folder, specifier
        if key not in self._known:
            self._known[key] = self._resolved(folder, specifier)
        return self._known[key]

    def _resolved(self, folder: str, specifier: str) -> Resolution:
        if specifier.startswith("."):
            found = self._file(posixpath.normpath(posixpath.join(folder, specifier)))
            return found or Unresolved(f"imports {specifier}, which is not committed")
        if specifier.startswith("#"):
            return self._own_import(folder, specifier)
        parts = specifier.split("/")
        depth = 2 if specifier.startswith("@") else 1
        package, subpath = "/".join(parts[:depth]), "/".join(parts[depth:])
        if package in _NEVER_OWN or specifier.startswith("node:"):
            return External(package, subpath)
        for path in self._aliases.around(folder).candidates(specifier):
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
        for path in self._aliases.around(folder).candidates(specifier):
            found = self._file(path)
            if found is not None:
                return found
        return Unresolved(f"imports {specifier}, which leads to no committed file")

    def _file(self, path: str) -> ProjectFile | None:
        stem, extension = posixpath.splitext(path)
        candidates = [path]
        candidates += [stem + other for other in _SOURCES.get(extension, ())]
        candidates += [path + other for other in _EXTENSIONS]
        candidates += [f"{path}/index{other}" for other in _EXTENSIONS]
        for each in candidates:
            entry = self._files.entry(each)
            if entry is not None and entry.kind is Kind.FILE:
                return ProjectFile(each)
        return None
