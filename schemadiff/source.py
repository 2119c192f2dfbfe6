"""Where things are written: files at a revision, and places inside them.

Paths are always relative to the repository's root, with `/` between the parts;
the root itself is the empty string.
"""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Protocol

from schemadiff.record import record


@record
class Span:
    """A stretch of one file.

    `line` and `column` are those of its start, counted from 1, columns in
    characters; `start` and `end` are offsets in bytes, `end` exclusive.
    """

    path: str
    line: int
    column: int
    start: int
    end: int

    def __str__(self) -> str:
        """Write the place the way editors and compilers do: path:line:column."""
        return f"{self.path}:{self.line}:{self.column}"


class Kind(Enum):
    """What a path is at a revision."""

    FILE = "file"
    DIRECTORY = "directory"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@record
class Entry:
    """One name in a directory.

    Equal `identity` means equal content, at any path and any revision: it is
    the object id of the blob, tree or submodule commit.
    """

    name: str
    kind: Kind
    identity: str


class Files(Protocol):
    """The files of one revision, read lazily."""

    @property
    def label(self) -> str:
        """What reports call this revision: `HEAD`, `origin/main`, `work tree`."""
        ...

    def entry(self, path: str) -> Entry | None:
        """Return what is at `path`, symlinks inside the repository followed."""
        ...

    def entries(self, directory: str) -> Sequence[Entry]:
        """Return what a directory holds, by name; nothing if it is not one."""
        ...

    def paths(self) -> Iterable[str]:
        """Return the path of every file and symlink, sorted."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return the bytes of the file at `path`; None if there is no such file."""
        ...

    def expect(self, paths: Iterable[str]) -> None:
        """Take note that these files will be read, which may be quicker together."""
        ...

    def containing(self, text: bytes) -> Sequence[str]:
        """Return the path of every file, not link, with `text` in it, sorted.

        Raise SchemadiffError where the content of a file is not here.
        """
        ...
