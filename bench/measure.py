"""How long a command takes, and how much memory."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple


class Timing(NamedTuple):
    """Median seconds, and the largest peak memory in MiB."""

    seconds: float
    peak: float

    def __str__(self) -> str:
        """Write the time as tables show it."""
        return f"{self.seconds * 1000:.0f} ms"


class Command(NamedTuple):
    """A command in a folder, with what it reads and what must be tidied after it."""

    arguments: Sequence[str]
    folder: Path
    given: str = ""
    afterwards: Callable[[], object] = lambda: None


def alternating(commands: Sequence[Command], rounds: int) -> list[Timing]:
    """Run the commands in turns, once more than `rounds`: the first does not count."""
    found: list[list[Timing]] = [[] for _ in commands]
    for _ in range(rounds + 1):
        for command, timings in zip(commands, found, strict=True):
            timings.append(_once(command))
            command.afterwards()
    return [
        Timing(
            statistics.median(e.seconds for e in each[1:]), max(e.peak for e in each)
        )
        for each in found
    ]


def _once(command: Command) -> Timing:
    environment = os.environ | {"DATABASE_URL": "postgres://localhost/none"}
    # An installed package has its bytecode; so must the one that is measured.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    read, write = os.pipe()
    os.write(write, command.given.encode())
    os.close(write)
    start = time.perf_counter()
    with subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=environment,
        stdin=read,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    os.close(read)
    if process.returncode not in (0, 1):
        sys.exit(f"{command.arguments} ended with {process.returncode}")
    return Timing(seconds, usage.ru_maxrss / 1024)
