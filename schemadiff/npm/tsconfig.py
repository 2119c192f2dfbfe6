"""Path aliases: `paths` and `baseUrl` of the tsconfig around a file."""

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from schemadiff.npm.jsonc import read_object
from schemadiff.npm.versions import upwards
from schemadiff.source import Files

_NAMES = ("tsconfig.json", "jsconfig.json")
_DEPTH = 10
_GENERATED: dict[str, dict[str, tuple[str, ...]]] = {
    ".svelte-kit": {"$lib": ("src/lib",), "$lib/*": ("src/lib/*",)},
    ".nuxt": {
        "~/*": ("app/*", "*", "src/*"),
        "@/*": ("app/*", "*", "src/*"),
        "~~/*": ("*",),
        "@@/*": ("*",),
        "#shared/*": ("shared/*",),
        "#server/*": ("server/*",),
    },
}
"""What frameworks write into a tsconfig that Git ignores, unless told otherwise.

Sources: SvelteKit, Project structure; Nuxt, `alias` (`~` is `app` since Nuxt 4).
"""


class Aliases(NamedTuple):
    """Patterns with their targets, from the repository's root; and the base URL."""

    paths: tuple[tuple[str, tuple[str, ...]], ...] = ()
    base_url: str | None = None

    def candidates(self, specifier: str) -> list[str]:
        """Return the paths that `specifier` may stand for, the best first.

        The pattern with the longest text before its `*` wins (TypeScript handbook,
        Module Resolution).
        """
        best: tuple[int, list[str]] = (-1, [])
        for pattern, targets in self.paths:
            before, star, after = pattern.partition("*")
            if not star:
                if specifier == pattern:
                    return list(targets)
                continue
            fits = specifier.startswith(before) and specifier.endswith(after)
            if fits and len(specifier) >= len(before) + len(after):
                middle = specifier[len(before) : len(specifier) - len(after)]
                found = [target.replace("*", middle, 1) for target in targets]
                best = max(best, (len(before), found), key=lambda each: each[0])
        if best[1]:
            return best[1]
        if self.base_url is not None:
            return [posixpath.normpath(posixpath.join(self.base_url, specifier))]
        return []


class TsConfigs:
    """The tsconfigs of one revision, each read once."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._known: dict[str, Aliases] = {}
        self._around: dict[str, tuple[Aliases, ...]] = {}

    def candidates(self, folder: str, specifier: str) -> Iterator[str]:
        """Yield the paths that a specifier in `folder` may stand for, the best first.

        The nearest tsconfig comes first; drizzle-kit itself takes that of the folder
        in which it is started, which is one of those above.
        """
        if folder not in self._around:
            self._around[folder] = tuple(self._above(folder))
        for aliases in self._around[folder]:
            yield from aliases.candidates(specifier)

    def _above(self, folder: str) -> Iterator[Aliases]:
        for above in upwards(folder):
            for name in _NAMES:
                path = posixpath.join(above, name)
                if self._files.entry(path) is not None:
                    yield from self._solution(path)
                    break

    def _solution(self, path: str) -> Iterator[Aliases]:
        """Yield a config's aliases, or those of the projects that it refers to."""
        own = self._read(path, _DEPTH)
        if own.paths or own.base_url is not None:
            yield own
            return
        for reference in self._object(path).get("references") or ():
            where = reference.get("path") if isinstance(reference, dict) else None
            if isinstance(where, str):
                yield self._inherited(self._config_at(path, where), _DEPTH)

    def _config_at(self, path: str, where: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), where))
        for candidate in (target, target + ".json", f"{target}/tsconfig.json"):
            if self._files.read(candidate) is not None:
                return candidate
        return target

    def _inherited(self, path: str, depth: int) -> Aliases:
        """Return the aliases of another config; a framework's may not be committed."""
        found = self._read(path, depth - 1)
        head, _, rest = f"/{path}".rpartition("/.")
        patterns = _GENERATED.get("." + rest.partition("/")[0])
        if patterns is None or self._files.read(path) is not None:
            return found
        start = head.strip("/")
        paths = tuple(
            (pattern, tuple(_joined(start, each) for each in targets))
            for pattern, targets in patterns.items()
        )
        return Aliases(paths)

    def _object(self, path: str) -> dict[str, Any]:
        return read_object(
            (self._files.read(path) or b"").decode("utf-8-sig", "replace")
        )

    def _read(self, path: str, depth: int) -> Aliases:
        if path in self._known:
            return self._known[path]
        if depth == 0:
            return Aliases()
        document = self._object(path)
        folder = posixpath.dirname(path)
        inherited = Aliases()
        extends = document.get("extends")
        for each in [extends] if isinstance(extends, str) else extends or ():
            if isinstance(each, str) and each.startswith("."):
                inherited = self._inherited(self._config_at(path, each), depth)
        options = document.get("compilerOptions")
        if not isinstance(options, dict):
            options = {}
        base_url = inherited.base_url
        if isinstance(options.get("baseUrl"), str):
            base_url = posixpath.normpath(posixpath.join(folder, options["baseUrl"]))
        paths = inherited.paths
        if isinstance(options.get("paths"), dict):
            start = base_url if base_url is not None else folder
            paths = tuple(
                (pattern, tuple(_joined(start, each) for each in targets))
                for pattern, targets in options["paths"].items()
                if isinstance(targets, list)
            )
        found = self._known[path] = Aliases(paths, base_url)
        return found


def _joined(start: str, target: object) -> str:
    return posixpath.normpath(posixpath.join(start, str(target)))
