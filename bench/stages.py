"""Where the time goes, in the repository of the present directory.

Time is that of the processors, Git's too, the least of some runs. Start-up is measured
in processes of its own. The stages are those of a second check in one process, where
everything is imported already, under the profiler: it makes Python look slower than it
is, beside Git and the parser.
"""

import contextlib
import cProfile
import gc
import io
import pstats
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import schemadiff.cli

STAGES = {
    "Git": (
        ("commands.py", "run"),
        ("commands.py", "start"),
        ("objects.py", "_answer"),
    ),
    "parse": (("syntax.py", "_parse"),),
    "compare texts": (("unchanged.py", "settled_exports"),),
    "evaluate and record": (("reader.py", "read_schema"),),
    "compare schemas": (("compare.py", "compare"),),
    "judge": (("judge.py", "judge"),),
    "report": (("text.py", "render"),),
}
"""The functions that each stage begins with, by file and name."""
ROUNDS = 9


def main() -> None:
    """Print what start-up takes, and each stage of one check."""
    python, git = (
        _least(lambda: _run("-c", "pass")),
        _least(lambda: _run("-c", "import git")),
    )
    whole = _least(lambda: _run("-m", "schemadiff", "check", "--base", "HEAD~1"))
    gc.disable()  # as the command does
    _check()
    again = _least(_check)
    profile = cProfile.Profile(time.process_time)
    profile.runcall(_check)
    print("\nwhere the time goes at 1,000 tables in one file:")
    _print("start Python", python)
    _print("import GitPython, which asks Git for its version", git - python)
    _print("import the rest, and tree-sitter", whole - git - again)
    _print("the check itself, of that under the profiler:", again)
    rows = pstats.Stats(profile).stats.items()
    for stage, functions in STAGES.items():
        found = [
            row[3] for (path, _, name), row in rows if _is_one(path, name, functions)
        ]
        _print(f"  {stage}", sum(found))


def _is_one(path: str, name: str, functions: tuple[tuple[str, str], ...]) -> bool:
    return any(path.endswith(f"/{file}") and name == each for file, each in functions)


def _check() -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        schemadiff.cli.main(["check", "--base", "HEAD~1"])


def _run(*arguments: str) -> None:
    output = subprocess.DEVNULL
    subprocess.run([sys.executable, *arguments], stdout=output, check=False)


def _least(work: Callable[[], None]) -> float:
    return min(_spent(work) for _ in range(ROUNDS))


def _spent(work: Callable[[], None]) -> float:
    before = _clock()
    work()
    return _clock() - before


def _clock() -> float:
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(each)[:2]) for each in both)


def _print(what: str, seconds: float) -> None:
    print(f"  {what:52}{seconds * 1000:7.0f} ms")


main()
