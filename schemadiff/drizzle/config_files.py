"""The files of a revision as a Drizzle config sees them while it is read."""

import posixpath
from collections.abc import Sequence

from schemadiff.drizzle.patterns import joined, matching
from schemadiff.source import Files, Kind


class ConfigFiles:
    """Files by paths that start in the config's directory, else at the root.

    What is made with `__dirname` starts at the root (`schemadiff.typescript.paths`).
    """

    def __init__(self, files: Files, directory: str) -> None:
        self._files = files
        self._directories = tuple(dict.fromkeys((directory, "")))

    def inside(self, directory: str) -> Sequence[tuple[str, Kind]] | None:
        """Return the names in a directory, with what they are; None if there is none.

        Node tells of no links that lead nowhere; they are no files here either.
        """
        for start in self._directories:
            path = joined(start, directory)
            entry = self._files.entry(path) if path else None
            if path and (entry is None or entry.kind is not Kind.DIRECTORY):
                continue
            inside = [
                (each.name, self._files.entry(posixpath.join(path, each.name)))
                for each in self._files.entries(path)
            ]
            return [(name, found.kind) for name, found in inside if found is not None]
        return None

    def has(self, path: str) -> bool:
        """Tell whether there is a file or directory at `path`."""
        return any(
            not where or self._files.entry(where) is not None
            for where in (joined(start, path) for start in self._directories)
        )

    def matching(self, pattern: str) -> Sequence[str]:
        """Return the files that a pattern matches, from where it is resolved."""
        for start in self._directories:
            found = [
                posixpath.relpath(path, start) if start else path
                for path in matching(self._files, joined(start, pattern))
            ]
            if found:
                return found
        return []
