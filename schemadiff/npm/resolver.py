"""Where an import leads: a file of the project, or a package."""

import posixpath

from schemadiff.record import record
from schemadiff.source import Files, Kind


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


class Resolver:
    """Resolves the imports of one revision."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def resolve(self, importer: str, specifier: str) -> Resolution:
        """Return where `specifier`, imported by the file `importer`, leads."""
        if specifier.startswith("."):
            folder = posixpath.dirname(importer)
            path = posixpath.normpath(posixpath.join(folder, specifier))
            found = self._file(path)
            if found is None:
                return Unresolved(f"imports {specifier}, which is not committed")
            return ProjectFile(found)
        parts = specifier.split("/")
        depth = 2 if specifier.startswith("@") else 1
        return External("/".join(parts[:depth]), "/".join(parts[depth:]))

    def _file(self, path: str) -> str | None:
        stem, extension = posixpath.splitext(path)
        candidates = [path]
        candidates += [stem + other for other in _SOURCES.get(extension, ())]
        candidates += [path + other for other in _EXTENSIONS]
        candidates += [f"{path}/index{other}" for other in _EXTENSIONS]
        for each in candidates:
            entry = self._files.entry(each)
            if entry is not None and entry.kind is Kind.FILE:
                return each
        return None
