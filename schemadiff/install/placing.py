"""Hooks put in place and taken away again; at no moment is there less than before."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemadiff.errors import SchemadiffError

# Windows would write the ends of lines its own way, which no shell reads.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def put(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write an executable hook at `path` in one step, in place of what is there.

    It gets the permissions that Git would give it, everything less the umask, unless
    `mode` says which. Raise SchemadiffError where it cannot be written.
    """
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            _write_new(new, content)
            if mode is not None:
                new.chmod(mode)
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)


def keep(path: Path, kept: Path) -> bool:
    """Let what is at `path` lie at `kept` too: the same file, links as links.

    Return whether it does so anew: after an interruption, the same may be there
    already. Raise SchemadiffError where something else is.
    """
    if os.path.lexists(kept):
        if _same(path, kept):
            return False
        raise SchemadiffError(
            f"{kept} still holds the hook that was there before an earlier install,"
            f" and {path} is another one",
            "keep the one that you want as the latter, and remove the former",
        )
    with _explained(kept):
        if path.is_symlink():
            kept.symlink_to(path.readlink())
            return True
        try:
            kept.hardlink_to(path)
        except OSError:  # a file system without links
            new = kept.with_name(f".{kept.name}.{os.getpid()}")
            try:
                shutil.copy2(path, new)
                new.replace(kept)
            finally:
                new.unlink(missing_ok=True)
    return True


def restore(kept: Path, path: Path) -> None:
    """Put what is kept back to `path`, in one step, as it was."""
    with _explained(path):
        kept.replace(path)


def remove(path: Path) -> None:
    """Take a hook away."""
    with _explained(path):
        path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Remove a folder for hooks that holds nothing, as it was before the first."""
    with suppress(OSError):
        folder.rmdir()


def _write_new(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    opened = os.open(path, _NEW, 0o777)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        links = one.is_symlink() and other.is_symlink()
        return links and one.readlink() == other.readlink()
    with _explained(one):
        return one.samefile(other) or one.read_bytes() == other.read_bytes()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise SchemadiffError(
            f"{path} cannot be changed: {failure.strerror or failure}",
            f"see who may write to {path.parent}; nothing is half done",
        ) from failure
