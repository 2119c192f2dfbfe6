"""Packages of the same repository, found by their names."""

import posixpath
from typing import Any

from schemadiff.npm.jsonc import read_object
from schemadiff.source import Files

_MANIFEST = "package.json"
_IGNORED = ("node_modules",)
_BUILT = ("dist", "lib", "build", "out")
_ACTIVE = ("node", "require", "module-sync", "default")
"""The conditions with which drizzle-kit 0.31 loads a schema."""
_CONDITIONS = (
    "source",
    "development",
    "types",
    "import",
    "module",
    "default",
    "require",
)


class Workspace:
    """The packages of one revision by name; looked for when first asked."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._folders: dict[str, str] | None = None
        self._manifests: dict[str, dict[str, Any]] = {}

    def manifest(self, folder: str) -> dict[str, Any]:
        """Return the package.json of a folder; an empty object if there is none."""
        if folder not in self._manifests:
            raw = self._files.read(posixpath.join(folder, _MANIFEST)) or b""
            text = raw.decode("utf-8-sig", "replace")
            self._manifests[folder] = read_object(text)
        return self._manifests[folder]

    def folder_of(self, package: str) -> str | None:
        """Return where the package of that name is; None if it is not of this project.

        Every package.json outside of node_modules counts, whatever the package
        manager calls a workspace: only the project's own packages are committed.
        """
        if self._folders is None:
            self._folders = {}
            for path in self._files.paths():
                folder, name = posixpath.split(path)
                if name != _MANIFEST or set(folder.split("/")) & set(_IGNORED):
                    continue
                declared = self.manifest(folder).get("name")
                if isinstance(declared, str):
                    self._folders.setdefault(declared, folder)
        return self._folders.get(package)

    def targets(self, folder: str, subpath: str) -> list[str]:
        """Return the paths that an entry point of a package may be, best first."""
        manifest = self.manifest(folder)
        found: list[str] = []
        exports = manifest.get("exports")
        if exports is not None:
            found += _exported(exports, "./" + subpath if subpath else ".")
        elif not subpath:
            keys = ("main", "source", "types", "module")
            found += [
                manifest[key] for key in keys if isinstance(manifest.get(key), str)
            ]
            found += ["index", "src/index"]
        else:
            found += [subpath, f"src/{subpath}"]
        return _with_sources(found, folder)

    def imported(self, folder: str, specifier: str) -> list[str]:
        """Return the paths that `#name`, of the package's own `imports`, may be."""
        imports = self.manifest(folder).get("imports")
        if not isinstance(imports, dict):
            return []
        return _with_sources(_exported(imports, specifier), folder)


def _exported(exports: object, wanted: str) -> list[str]:
    """Return the targets of an entry of `exports` or `imports` (Node, Packages)."""
    if isinstance(exports, str | list) or (
        isinstance(exports, dict) and not any(k[:1] in ".#" for k in exports if k)
    ):
        return _conditional(exports) if wanted == "." else []
    if not isinstance(exports, dict):
        return []
    if wanted in exports:
        return _conditional(exports[wanted])
    best, found = -1, []
    for pattern, target in exports.items():
        before, star, after = pattern.partition("*")
        fits = wanted.startswith(before) and wanted.endswith(after)
        if star and fits and len(before) > best:
            middle = wanted[len(before) : len(wanted) - len(after)]
            best = len(before)
            found = [each.replace("*", middle) for each in _conditional(target)]
    return found


def _conditional(target: object) -> list[str]:
    """Return what a target may be, first what it is to drizzle-kit."""
    return list(dict.fromkeys((*_active(target), *_any_of(target))))


def _active(target: object) -> list[str]:
    """Return the target by its conditions, in the order in which they are written."""
    match target:
        case str():
            return [target]
        case list():
            return next((found for each in target if (found := _active(each))), [])
        case dict():
            known = (_active(each) for key, each in target.items() if key in _ACTIVE)
            return next((found for found in known if found), [])
        case _:
            return []


def _any_of(target: object) -> list[str]:
    match target:
        case str():
            return [target]
        case list():
            return [found for each in target for found in _any_of(each)]
        case dict():
            known = [key for key in _CONDITIONS if key in target]
            rest = [key for key in target if key not in known]
            return [f for key in (*known, *rest) for f in _any_of(target[key])]
        case _:
            return []


def _with_sources(targets: list[str], folder: str) -> list[str]:
    """Return paths as they stand, and then where their sources are.

    What only declares types is no code.
    """
    paths = [posixpath.normpath(posixpath.join(folder, each)) for each in targets]
    code = [each for each in paths if not each.endswith(_DECLARATIONS)]
    return [*code, *(source for path in paths for source in _sources(path, folder))]


_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")


def _sources(path: str, folder: str) -> list[str]:
    """Return where the source is of what may be the output of a build."""
    inside = path[len(folder) :].strip("/") if folder else path
    first, _, rest = inside.partition("/")
    if first not in _BUILT or not rest:
        return []
    kind = next((each for each in _DECLARATIONS if rest.endswith(each)), None)
    stem = rest.removesuffix(kind) if kind else posixpath.splitext(rest)[0]
    return [posixpath.join(folder, "src", stem), posixpath.join(folder, stem)]
