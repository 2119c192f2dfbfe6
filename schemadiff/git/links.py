"""Paths through symbolic links, followed inside the repository only."""

import posixpath
from collections.abc import Iterable, Sequence

from schemadiff.source import Entry, Kind

_LINKS = 40  # as many as Linux follows for one path
_HOLDERS = (Kind.DIRECTORY, Kind.SUBMODULE)
_NAMES = ("utf-8", "surrogateescape")


class LinkedFiles:
    """Files whose links are followed; what is where comes from the subclass.

    A link that leads out of the repository, nowhere, or in a circle is not
    followed: `entry` then says SYMLINK, and there is nothing to read.
    """

    def plain(self, path: str) -> Entry | None:
        """Return what is at `path`, no link followed."""
        raise NotImplementedError

    def listed(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, sorted by name, no link followed."""
        raise NotImplementedError

    def content(self, path: str, entry: Entry) -> bytes | None:
        """Return the bytes of a file, or the target of a link."""
        raise NotImplementedError

    def entry(self, path: str) -> Entry | None:
        """Return what is at `path`, symlinks inside the repository followed."""
        found = self._followed(path)
        if found is None:
            return None
        return Entry(posixpath.basename(path), found[1].kind, found[1].identity)

    def entries(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, by name; nothing if it is not one."""
        found = self._followed(directory)
        if found is None or found[1].kind not in _HOLDERS:
            return ()
        return self.listed(found[0])

    def read(self, path: str) -> bytes | None:
        """Return the bytes of the file at `path`; None if there is no such file.

        Raise SchemadiffError for a file whose content is not in this repository.
        """
        found = self._followed(path)
        if found is None or found[1].kind is not Kind.FILE:
            return None
        return self.content(*found)

    def expect(self, paths: Iterable[str]) -> None:
        """Take note that these files will be read, which may be quicker together."""

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        raise NotImplementedError

    def containing(self, text: bytes) -> Sequence[str]:
        """Return the path of every file, not link, with `text` in it, sorted."""
        found = ((path, self.plain(path)) for path in self.paths())
        return [
            path
            for path, entry in found
            if entry is not None
            and entry.kind is Kind.FILE
            and text in (self.content(path, entry) or b"")
        ]

    def _followed(self, path: str) -> tuple[str, Entry] | None:
        found = self.plain(path)
        if found is not None and found.kind is not Kind.SYMLINK:
            return path, found
        return self._walked(path)

    def _walked(self, path: str) -> tuple[str, Entry] | None:
        """Return the real path and what is there, links resolved part by part."""
        waiting, here, links = path.split("/"), "", 0
        dangling: tuple[str, Entry] | None = None  # the link that `path` itself is
        found = self.plain("")
        while waiting:
            name = waiting.pop(0)
            if name in ("", "."):
                continue
            if found is None or found.kind not in _HOLDERS:
                return dangling
            if name == "..":
                if not here:
                    return dangling
                here = posixpath.dirname(here)
                found = self.plain(here)
                continue
            step = posixpath.join(here, name)
            found = self.plain(step)
            if found is None or found.kind is not Kind.SYMLINK:
                here = step
                continue
            if not waiting:
                dangling = dangling or (step, found)
            links += 1
            target = (self.content(step, found) or b"").decode(*_NAMES)
            if target.startswith("/") or links > _LINKS:
                return dangling
            waiting = [*target.split("/"), *waiting]
            found = self.plain(here)
        return dangling if found is None else (here, found)
