"""Git, run as commands that only read.

GitPython starts them. Its object classes know SHA-1 only and write lock files;
the command wrapper works for every repository that the installed Git can read.
Only plumbing is run, so that no configuration of the repository can make Git
execute anything: no filters, text converters, external diffs, monitors or hooks.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from shlex import quote
from subprocess import PIPE
from typing import NamedTuple, Protocol, cast

from schemadiff.errors import SchemadiffError

_NOT_FOUND = ("Git was not found", "install Git 2.30 or newer and have it on PATH")

try:
    from git.cmd import Git
    from git.exc import GitCommandError, GitCommandNotFound
except ImportError as failure:
    raise SchemadiffError(*_NOT_FOUND) from failure

_ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    # What is pushed is the objects themselves, never their local replacements.
    "GIT_NO_REPLACE_OBJECTS": "1",
    # Partial clones fetch what they miss. Git before 2.45 knows only the second.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
}
_SETTINGS = ("-c", "core.fsmonitor=false")


class Answer(NamedTuple):
    """What a command wrote, and its exit status."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Standard output as text; bytes that are not UTF-8 survive as surrogates."""
        return self.out.decode("utf-8", "surrogateescape")

    def fields(self) -> list[str]:
        """Return the parts of standard output that NUL ends."""
        return self.text.split("\0")[:-1]


class Stream(Protocol):
    """One end of a pipe to a running command."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; fewer than `size` only at the end."""
        ...

    def readline(self) -> bytes:
        """Return the next line with its end; empty at the end."""
        ...

    def write(self, data: bytes, /) -> int:
        """Write all of `data`."""
        ...

    def flush(self) -> None:
        """Hand over what was written."""
        ...

    def close(self) -> None:
        """Close this end."""
        ...


class Running(Protocol):
    """A command that runs; to be ended with `end`."""

    stdin: Stream
    stdout: Stream
    stderr: Stream
    returncode: int

    def communicate(self) -> tuple[bytes, bytes]:
        """Return all that is left of output and errors, when it has ended."""
        ...

    def wait(self) -> int:
        """Wait for its end; raise GitCommandError for a status other than 0."""
        ...


class Commands:
    """Git's commands in one directory, in the environment of this process.

    An outer Git's variables (`GIT_DIR`, `GIT_INDEX_FILE`, a quarantine's object
    directories, `-c` settings) reach every command.
    """

    def __init__(
        self, directory: Path, environment: dict[str, str] | None = None
    ) -> None:
        self.directory = directory
        self._git = Git(directory)
        self._environment = _ENVIRONMENT | (environment or {})
        self._ahead: dict[tuple[str, ...], Running] = {}

    def ahead(self, *arguments: str) -> None:
        """Start a command whose answer `run` will be asked for later."""
        self._ahead[arguments] = self.start(*arguments)

    def run(self, *arguments: str, accept: tuple[int, ...] = (0,)) -> Answer:
        """Run a command to its end.

        Raise SchemadiffError for an exit status that is not in `accept`.
        """
        begun = self._ahead.pop(arguments, None)
        answer = self._whole(arguments) if begun is None else _rest(begun)
        if answer.status not in accept:
            raise failed(arguments, answer.err, self.directory)
        return answer

    def _whole(self, arguments: tuple[str, ...]) -> Answer:
        try:
            answer = self._git.execute(
                self._command(arguments),
                with_extended_output=True,
                with_exceptions=False,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=self._environment,
            )
        except GitCommandNotFound as failure:
            raise SchemadiffError(*_NOT_FOUND) from failure
        return Answer(*answer)

    def start(self, *arguments: str) -> Running:
        """Start a command that answers what is written to its standard input."""
        try:
            process: object = self._git.execute(
                self._command(arguments),
                istream=PIPE,
                as_process=True,
                env=self._environment,
            )
        except GitCommandNotFound as failure:
            raise SchemadiffError(*_NOT_FOUND) from failure
        return cast("Running", process)

    def lines(self, *arguments: str) -> Iterator[bytes]:
        """Yield the lines of a command's output while it runs; it ends with them."""
        running = self.start(*arguments)
        try:
            while line := running.stdout.readline():
                yield line.rstrip(b"\n")
        finally:
            end(running)

    def close(self) -> None:
        """End what was started ahead and never asked for."""
        while self._ahead:
            end(self._ahead.popitem()[1])

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [str(Git.GIT_PYTHON_GIT_EXECUTABLE), *_SETTINGS, *arguments]


def _rest(running: Running) -> Answer:
    out, err = running.communicate()
    return Answer(running.returncode, out, err.decode("utf-8", "replace").rstrip("\n"))


def end(running: Running) -> None:
    """End a command by closing its pipes, and wait for it."""
    for pipe in (running.stdin, running.stdout, running.stderr):
        with suppress(OSError):
            pipe.close()
    with suppress(GitCommandError):
        running.wait()


def failed(arguments: tuple[str, ...], err: str, directory: Path) -> SchemadiffError:
    """Return the error for a command that Git refused, in words that help."""
    if "not a git repository" in err:
        return SchemadiffError(
            f"{directory} is not a Git repository",
            "run schemadiff inside the repository of the application",
        )
    if "dubious ownership" in err:
        return SchemadiffError(
            f"Git refuses {directory}: another user owns it",
            f"git config --global --add safe.directory {quote(str(directory))}",
        )
    reason = err.strip().splitlines()
    return SchemadiffError(
        f"git {arguments[0]} failed: {reason[-1] if reason else 'no reason given'}"
    )
