"""Which version of a package a project has, by its lockfile or package.json.

Lockfiles of real projects have megabytes, and only a few packages are asked for:
so their texts are searched for the very lines that the package managers write,
instead of being parsed whole.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from schemadiff.source import Files


class Installed(NamedTuple):
    """A version, and the file that says so. A range gives its lowest version."""

    version: str
    source: str


class Versions:
    """The versions of one revision, each file read once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._texts: dict[str, str | None] = {}
        self._known: dict[tuple[str, str], Installed | None] = {}

    def of(self, package: str, folder: str) -> Installed | None:
        """Return the version of `package` for code in `folder`; None if unknown.

        The nearest lockfile upwards that knows it counts, else the nearest range.
        `package` may be an entry point, such as `drizzle-orm/pg-core`.
        """
        parts = package.split("/")
        name = "/".join(parts[: 2 if package.startswith("@") else 1])
        key = name, folder
        if key not in self._known:
            self._known[key] = self._locked(name, folder) or self._ranged(name, folder)
        return self._known[key]

    def _text(self, path: str) -> str | None:
        if path not in self._texts:
            raw = self._files.read(path)
            self._texts[path] = None if raw is None else raw.decode("utf-8", "replace")
        return self._texts[path]

    def _locked(self, package: str, folder: str) -> Installed | None:
        for above in upwards(folder):
            inside = folder[len(above) :].strip("/") if above else folder
            for name, search in _LOCKFILES.items():
                path = posixpath.join(above, name)
                text = self._text(path)
                version = search(text, package, inside) if text else None
                if version is not None:
                    return Installed(version, path)
        return None

    def _ranged(self, package: str, folder: str) -> Installed | None:
        for above in upwards(folder):
            path = posixpath.join(above, "package.json")
            wanted = _wanted(self._text(path) or "", package)
            if wanted is None:
                continue
            if wanted.startswith("catalog:"):
                wanted = self._from_catalog(package, wanted, folder) or ""
            version = lowest(wanted)
            if version is not None:
                return Installed(version, path)
        return None

    def _from_catalog(self, package: str, wanted: str, folder: str) -> str | None:
        """Return what a pnpm or bun catalog says; the default one has no name."""
        for above in upwards(folder):
            text = self._text(posixpath.join(above, "pnpm-workspace.yaml")) or ""
            name = wanted.removeprefix("catalog:") or "default"
            found = re.search(
                rf"^\s+['\"]?{re.escape(package)}['\"]?:\s*['\"]?([^\s'\"#]+)",
                _catalog(text, name),
                re.MULTILINE,
            )
            if found:
                return found[1]
            root = _json(self._text(posixpath.join(above, "package.json")) or "")
            workspaces = root.get("workspaces")
            for holder in (root, workspaces if isinstance(workspaces, dict) else {}):
                catalog = holder.get("catalog")
                if name != "default":
                    catalog = (holder.get("catalogs") or {}).get(name)
                if isinstance(catalog, dict) and package in catalog:
                    return str(catalog[package])
        return None


def upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those around it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def lowest(wanted: str) -> str | None:
    """Return the lowest version that a range allows; None for tags and `*`."""
    text = wanted.strip().removeprefix("npm:")
    if "@" in text[1:]:
        text = text[1:].rpartition("@")[2]
    if text.startswith("<"):
        return None
    found = re.match(
        r"[\^~>=v\s]*(\d+)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?(-[\w.-]+)?", text
    )
    if found is None:
        return None
    parts = [part if part and part.isdigit() else "0" for part in found.groups()[:3]]
    return ".".join(parts) + (found[4] or "")


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text or "{}")
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _wanted(text: str, package: str) -> str | None:
    document = _json(text)
    for kind in ("devDependencies", "dependencies", "peerDependencies"):
        section = document.get(kind)
        if isinstance(section, dict) and isinstance(section.get(package), str):
            return str(section[package])
    return None


def _catalog(text: str, name: str) -> str:
    """Return the lines of one catalog of a pnpm-workspace.yaml."""
    if name == "default":
        found = re.search(r"^catalog:\n((?:[ \t]+.*\n?|\n)*)", text, re.MULTILINE)
    else:
        found = re.search(
            rf"^catalogs:\n(?:.*\n)*?  ['\"]?{re.escape(name)}['\"]?:\n"
            r"((?:    .*\n?|\n)*)",
            text,
            re.MULTILINE,
        )
    return found[1] if found else ""


def _npm(text: str, package: str, inside: str) -> str | None:
    """Search a package-lock.json: `packages` since version 2, else `dependencies`."""
    for folder in upwards(inside):
        place = posixpath.join(folder, "node_modules", package)
        found = re.search(
            rf'"{re.escape(place)}"\s*:\s*{{\s*"version"\s*:\s*"([^"]+)"', text
        )
        if found:
            return found[1]
    if '"packages"' in text:
        return None
    found = re.search(
        rf'"{re.escape(package)}"\s*:\s*{{\s*"version"\s*:\s*"([^"]+)"', text
    )
    return found[1] if found else None


def _pnpm(text: str, package: str, inside: str) -> str | None:
    """Search a pnpm-lock.yaml of version 5 to 9."""
    name = rf"['\"]?{re.escape(package)}['\"]?"
    block = text
    importers = re.search(r"^importers:\n((?:[ \t]+.*\n|\n)*)", text, re.MULTILINE)
    if importers:
        for folder in upwards(inside):
            own = re.search(
                rf"^  ['\"]?{re.escape(folder or '.')}['\"]?:\n((?:    .*\n|\n)*)",
                importers[1],
                re.MULTILINE,
            )
            version = _pnpm_version(own[1], name) if own else None
            if version:
                return version
        return None
    return _pnpm_version(block, name)


def _pnpm_version(block: str, name: str) -> str | None:
    long = re.search(
        rf"^\s+{name}:\n\s+specifier:.*\n\s+version: ['\"]?([^\s('\"_]+)",
        block,
        re.MULTILINE,
    )
    if long:
        return long[1]
    sections = re.findall(
        r"^\s*(?:devD|d)ependencies:\n((?:\s+\S+: .*\n)+)", block, re.MULTILINE
    )
    for section in sections:
        short = re.search(rf"^\s+{name}: ['\"]?(\d[^\s('\"_]*)", section, re.MULTILINE)
        if short:
            return short[1]
    return None


def _yarn(text: str, package: str, inside: str) -> str | None:  # noqa: ARG001
    """Search a yarn.lock, classic or berry; the lowest version if there are more."""
    found = re.findall(
        rf"^\"?(?:[^\n]*, ?\"?)?{re.escape(package)}@[^\n]*:\n"
        r"\s+version:? \"?([^\s\"]+)",
        text,
        re.MULTILINE,
    )
    return min(found, key=_order) if found else None


def _bun(text: str, package: str, inside: str) -> str | None:  # noqa: ARG001
    """Search a bun.lock, the text format."""
    found = re.search(
        rf'^\s+"{re.escape(package)}": \["{re.escape(package)}@([^"]+)"',
        text,
        re.MULTILINE,
    )
    return found[1] if found else None


def _order(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


_LOCKFILES: dict[str, Callable[[str, str, str], str | None]] = {
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "pnpm-lock.yaml": _pnpm,
    "yarn.lock": _yarn,
    "bun.lock": _bun,
}
