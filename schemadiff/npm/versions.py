"""Which version of a package a project has, by its lockfile or package.json.

Lockfiles of real projects have megabytes, and only a few packages are asked for:
so their texts are searched for the very lines that the package managers write,
instead of being parsed whole.
"""

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from schemadiff.source import Files


class Installed(NamedTuple):
    """A version, and the file that says so. A range gives its lowest version."""

    version: str
    source: str


class _Asked(NamedTuple):
    """A package, asked for from a folder `inside` that of the lockfile.

    `wanted` is the range of the nearest package.json; None where none names one.
    """

    package: str
    inside: str
    wanted: str | None


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
            text = None if raw is None else raw.decode("utf-8", "replace")
            self._texts[path] = text and text.replace("\r\n", "\n")
        return self._texts[path]

    def _locked(self, package: str, folder: str) -> Installed | None:
        manifests = (posixpath.join(each, "package.json") for each in upwards(folder))
        ranges = (_wanted(self._text(each) or "", package) for each in manifests)
        wanted = next((each for each in ranges if each is not None), None)
        for above in upwards(folder):
            asked = _Asked(package, folder[len(above) :].strip("/"), wanted)
            for name, search in _LOCKFILES.items():
                path = posixpath.join(above, name)
                text = self._text(path)
                version = search(text, asked) if text else None
                if version is not None:
                    return Installed(version, path)
        return None

    def _ranged(self, package: str, folder: str) -> Installed | None:
        for above in upwards(folder):
            path = posixpath.join(above, "package.json")
            wanted = _wanted(self._text(path) or "", package)
            if wanted is None:
                continue
            path, wanted = self._overridden(package, folder) or (path, wanted)
            if wanted.startswith("catalog:"):
                wanted = self._from_catalog(package, wanted, folder) or ""
            version = lowest(wanted)
            if version is not None:
                return Installed(version, path)
        return None

    def _overridden(self, package: str, folder: str) -> tuple[str, str] | None:
        """Return what the root of a project demands for all of its packages."""
        for above in upwards(folder):
            path = posixpath.join(above, "package.json")
            document = _json(self._text(path) or "")
            for holder in (document, _section(document, "pnpm")):
                for key in ("overrides", "resolutions"):
                    wanted = _section(holder, key).get(package)
                    if isinstance(wanted, str) and not wanted.startswith("$"):
                        return path, wanted
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
            for holder in (root, workspaces):
                catalog = _section(holder, "catalog")
                if name != "default":
                    catalog = _section(_section(holder, "catalogs"), name)
                if package in catalog:
                    return str(catalog[package])
        return None


def upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those around it, up to the root."""
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield ""


def lowest(wanted: str) -> str | None:
    """Return the lowest version that a range allows; None where it has no lower end."""
    found = [_lower_end(each) for each in wanted.split("||")]
    known = [each for each in found if each is not None]
    return min(known, key=_order) if len(known) == len(found) else None


def _lower_end(wanted: str) -> str | None:
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
    for kind in _KINDS:
        wanted = _section(document, kind).get(package)
        if isinstance(wanted, str):
            return wanted
    return None


def _section(holder: object, key: str) -> dict[str, Any]:
    section = holder.get(key) if isinstance(holder, dict) else None
    return section if isinstance(section, dict) else {}


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


def _npm(text: str, asked: _Asked) -> str | None:
    """Search a package-lock.json: `packages` since version 2, else `dependencies`."""
    if re.search(r'"lockfileVersion"\s*:\s*1\b', text):
        # A dependency's own copy looks the same, and may come first.
        place = _section(_section(_json(text), "dependencies"), asked.package)
        version = place.get("version")
        return version if isinstance(version, str) else None
    for folder in upwards(asked.inside):
        path = posixpath.join(folder, "node_modules", asked.package)
        found = re.search(f'"{re.escape(path)}"{_NPM_VERSION}', text)
        if found:
            return found[1]
    path = f"node_modules/{asked.package}"
    return _lowest(re.findall(rf'"[^"]*{re.escape(path)}"{_NPM_VERSION}', text))


def _pnpm(text: str, asked: _Asked) -> str | None:
    """Search a pnpm-lock.yaml of version 5 to 9."""
    name = rf"['\"]?{re.escape(asked.package)}['\"]?"
    importers = re.search(r"^importers:\n((?:[ \t]+.*\n|\n)*)", text, re.MULTILINE)
    if importers:
        for folder in upwards(asked.inside):
            own = re.search(
                rf"^  ['\"]?{re.escape(folder or '.')}['\"]?:\n((?:    .*\n|\n)*)",
                importers[1],
                re.MULTILINE,
            )
            version = _pnpm_version(own[1], name) if own else None
            if version:
                return version
        long = re.findall(_PNPM_LONG.format(name), importers[1], re.MULTILINE)
        return _lowest(long)
    return _pnpm_version(text, name)


def _pnpm_version(block: str, name: str) -> str | None:
    long = re.search(_PNPM_LONG.format(name), block, re.MULTILINE)
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


def _yarn(text: str, asked: _Asked) -> str | None:
    """Search a yarn.lock, classic or berry.

    The entry of the wanted range counts, else the lowest version of all.
    """
    name = re.escape(asked.package)
    found: list[tuple[str, str]] = re.findall(
        rf"^((?:\"|[^\n]*, ?\"?)?{name}@[^\n]*):\n\s+version:? \"?([^\s\"]+)",
        text,
        re.MULTILINE,
    )
    wanted = re.escape(asked.wanted or "")
    named = re.compile(rf"(?:\A|[\s,\"]){name}@(?:npm:)?{wanted}(?:\Z|[,\"])")
    own = [version for header, version in found if wanted and named.search(header)]
    return _lowest(own or [version for _, version in found])


def _bun(text: str, asked: _Asked) -> str | None:
    """Search a bun.lock, the text format; a workspace's own copy bears its name."""
    for folder in upwards(asked.inside):
        prefix = ""
        if folder:
            named = re.search(
                rf'^    "{re.escape(folder)}": {{\s*"name": "([^"]+)"',
                text,
                re.MULTILINE,
            )
            if named is None:
                continue
            prefix = f"{named[1]}/"
        found = re.search(
            rf'^\s+"{re.escape(prefix + asked.package)}": \["[^"]*@([^"@]+)"',
            text,
            re.MULTILINE,
        )
        if found:
            return found[1]
    return None


_NPM_VERSION = r'\s*:\s*{\s*(?:"name"\s*:\s*"[^"]*"\s*,\s*)?"version"\s*:\s*"([^"]+)"'
_PNPM_LONG = r"^\s+{}:\n\s+specifier:.*\n\s+version: ['\"]?(\d[^\s('\"_]*)"


def _lowest(versions: Sequence[str]) -> str | None:
    """Return the lowest version of all that a lockfile knows, the worst neighbour."""
    return min(versions, key=_order, default=None)


def _order(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


_KINDS = (
    "devDependencies",
    "dependencies",
    "optionalDependencies",
    "peerDependencies",
)
_LOCKFILES: dict[str, Callable[[str, _Asked], str | None]] = {
    "package-lock.json": _npm,
    "npm-shrinkwrap.json": _npm,
    "pnpm-lock.yaml": _pnpm,
    "yarn.lock": _yarn,
    "bun.lock": _bun,
}
