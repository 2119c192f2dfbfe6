"""Where the time goes, in the repository of the present directory."""

import contextlib
import io
import time

STARTED = time.perf_counter()

import cProfile  # noqa: E402 - after the clock
import pstats  # noqa: E402

STAGES = {
    "parse": ("syntax.py", "_parse"),
    "compare texts": ("unchanged.py", "settled_exports"),
    "read: evaluate and record": ("project.py", "read"),
    "compare": ("compare.py", "compare"),
    "judge": ("judge.py", "judge"),
    "report": ("text.py", "render"),
}


def main() -> None:
    """Print the share of each stage of one check under the profiler."""
    before = time.perf_counter()
    import schemadiff.check  # noqa: PLC0415 - this is what is measured
    import schemadiff.cli  # noqa: PLC0415

    imported = time.perf_counter() - before
    profile = cProfile.Profile()
    with contextlib.redirect_stdout(io.StringIO()):
        profile.runcall(schemadiff.cli.main, ["check", "--base", "HEAD~1"])
    stats = pstats.Stats(profile)
    print("\nwhere the time goes at 1,000 tables in one file, under the profiler:")
    print(f"  {'imports':28}{imported * 1000:7.0f} ms")
    rows = stats.stats.items()  # type: ignore[attr-defined]
    for stage, (file, function) in STAGES.items():
        total = sum(
            row[3]
            for (path, _, name), row in rows
            if path.endswith(file) and name == function
        )
        print(f"  {stage:28}{total * 1000:7.0f} ms")


main()
