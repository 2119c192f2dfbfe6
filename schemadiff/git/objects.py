"""Git's objects, read through one process that stays."""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from schemadiff.errors import SchemadiffError
from schemadiff.git.commands import Commands, Running, end, failed
from schemadiff.regex import regex

_OID = regex(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_ZEROS = regex(r"0{40}(?:0{24})?\Z")
_TREE_ENTRIES = {
    size: regex(rb"(\d+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)
}
_AT_ONCE = 60  # names that fit the smallest pipe: Git does not read while it writes
_HEADER = 3  # object id, kind and size; anything else is Git's "not here"


class Stored(NamedTuple):
    """One object: its id, its kind (`commit`, `tree`, `blob`, `tag`), its content."""

    oid: str
    kind: str
    data: bytes


class TreeEntry(NamedTuple):
    """One line of a tree: the mode as Git writes it (`40000`), and the object."""

    mode: bytes
    oid: str


def is_oid(text: str) -> bool:
    """Tell whether `text` is a full object id, of SHA-1 or SHA-256."""
    return _OID.match(text) is not None


def is_zeros(oid: str) -> bool:
    """Tell whether `oid` is Git's "nothing": 40 zeros, or 64 in SHA-256."""
    return _ZEROS.match(oid) is not None


class Objects:
    """The objects of one repository, its alternates and quarantine included."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._running: Running | None = None
        self._trees: dict[str, dict[str, TreeEntry]] = {}
        self._blobs: dict[str, bytes] = {}

    def begin(self) -> None:
        """Start the process that reads, which the first reading does else."""
        self._started()

    def read(self, name: str) -> Stored | None:
        """Return the object called `name`; None if it is not in this repository.

        `name` is an object id or a full ref, with `^{commit}` or `^{tree}` to peel.
        """
        if "\n" in name:
            return None
        self._ask(name)
        return self._answer()

    def _ask(self, *names: str) -> None:
        running = self._started()
        asked = "".join(f"{name}\n" for name in names)
        with suppress(OSError):  # Git has ended; the answer will say why
            running.stdin.write(asked.encode("utf-8", "surrogateescape"))
            running.stdin.flush()

    def _answer(self) -> Stored | None:
        running = self._started()
        try:
            header = running.stdout.readline()
        except OSError:  # Git has ended; why stands in what it wrote
            header = b""
        if not header:
            self._ended(running)
            return None
        parts = header.split()
        if len(parts) != _HEADER or not parts[2].isdigit():
            return None
        size = int(parts[2])
        data = running.stdout.read(size + 1)
        if len(data) != size + 1:
            self._ended(running)
            return None
        return Stored(parts[0].decode(), parts[1].decode(), data[:-1])

    def blob(self, oid: str) -> bytes | None:
        """Return a file's bytes, read once; None if it is not in this repository."""
        if oid not in self._blobs:
            stored = self.read(oid)
            if stored is None:
                return None
            self._blobs[oid] = stored.data
        return self._blobs[oid]

    def expect(self, oids: Iterable[str]) -> None:
        """Read some blobs that `blob` will be asked for, many at a time."""
        left = [each for each in dict.fromkeys(oids) if each not in self._blobs]
        while left:
            now, left = left[:_AT_ONCE], left[_AT_ONCE:]
            running = self._started()
            self._ask(*now)
            for oid in now:
                stored = self._answer()
                if self._running is not running:
                    return  # Git has ended: each is asked for once more, alone
                if stored is not None:
                    self._blobs[oid] = stored.data

    def tree(self, oid: str) -> dict[str, TreeEntry]:
        """Return a tree's entries by name; raise SchemadiffError if it is not here."""
        known = self._trees.get(oid)
        if known is None:
            stored = self.read(oid)
            if stored is None or stored.kind != "tree":
                raise missing("a directory listing", oid, f"git ls-tree -rd {oid}")
            size = len(stored.oid) // 2
            known = self._trees[oid] = {
                name.decode("utf-8", "surrogateescape"): TreeEntry(mode, raw.hex())
                for mode, name, raw in _TREE_ENTRIES[size].findall(stored.data)
            }
        return known

    def close(self) -> None:
        """End the process; the next read starts another."""
        if self._running is not None:
            end(self._running)
            self._running = None

    def _started(self) -> Running:
        if self._running is None:
            self._running = self._commands.start("cat-file", "--batch")
        return self._running

    def _ended(self, running: Running) -> None:
        """Raise unless Git ended because it was kept from fetching an object."""
        err = running.stderr.read().decode("utf-8", "replace")
        self.close()
        if "could not fetch" not in err:
            raise failed(("cat-file",), err, self._commands.directory)


def missing(what: str, oid: str, fetch: str = "") -> SchemadiffError:
    """Return the error for an object that this repository refers to but lacks.

    `fetch` is the command that makes Git fetch it where it lies elsewhere as promised.
    """
    fetch = fetch or f"git cat-file -t {oid}"
    return SchemadiffError(
        f"{what} is not in this repository: object {oid}",
        f"{fetch}   (fetches it where the clone is partial;"
        " git fetch --refetch --no-filter all that it lacks)",
    )
