"""How long a push waits: schemadiff beside its floor and beside drizzle-kit.

`make bench` runs it and prints the tables; docs/performance.md explains them. Every
row is one repository; the programs take turns, and the medians are shown. The floor
is `bench/floor.py`; drizzle-kit is the installed binary, never npx. `--quick` takes
three rounds instead of nine and leaves out the largest schemas.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import repositories
from measure import Command, Timing, alternating

PROJECT = Path(__file__).resolve().parent.parent
KIT = PROJECT / ".cache" / "drizzle-kit"
KIT_VERSIONS = ("drizzle-kit@0.31.11", "drizzle-orm@0.45.4")
SCHEMADIFF = str(Path(sys.executable).parent / "schemadiff")
ROUNDS, QUICK_ROUNDS = 9, 3
HUGE = 10_000  # tables
LONG = 100_000  # commits


class Row(NamedTuple):
    """One repository with HEAD~1 and HEAD, and how the table calls it."""

    name: str
    folder: Path
    generates: bool = True
    rounds: int = ROUNDS


def main() -> None:
    """Measure every row and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows")
    quick = parser.parse_args().quick
    kit = _installed_kit()
    heads = f"{'schemadiff':>11}{'floor':>9}{'kit':>9}{'x floor':>9}{'x faster':>10}"
    print(f"{'':34}{heads}{'MiB':>7}{'kit':>7}")
    with tempfile.TemporaryDirectory(prefix="schemadiff-bench-") as name:
        folder = Path(name)
        for row in _rows(folder, quick=quick):
            rounds = QUICK_ROUNDS if quick else row.rounds
            _print(row, *alternating(_compared(row, kit), rounds))
        rounds = QUICK_ROUNDS if quick else ROUNDS
        _print_pushes(folder, rounds, LONG // 10 if quick else LONG)
        _print_stages(folder / "1000 tables, one file")
    if kit is None:
        print("drizzle-kit was not measured: Node and npm are not here.")


def _rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    yield Row(
        "quiet: nothing relevant changed",
        repositories.quiet(folder / "quiet-a", "notes.md"),
        generates=False,
    )
    yield Row(
        "quiet: no schema file changed",
        repositories.quiet(folder / "quiet-b", "server/new.ts"),
        generates=False,
    )
    yield Row("the demo's accident", repositories.demo(folder / "demo"))
    sizes = [(10, 1), (100, 1), (1000, 1), (1000, 200), (HUGE, 1)]
    for tables, files in sizes[:2] if quick else sizes:
        name = f"{tables} tables, " + ("one file" if files == 1 else f"{files} files")
        made = repositories.generated(folder / name, tables, files)
        yield Row(name, made, rounds=QUICK_ROUNDS if tables == HUGE else ROUNDS)


def _installed_kit() -> Path | None:
    """Return drizzle-kit's binary, installed by npm once; None without Node."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return None
    binary = KIT / "node_modules" / ".bin" / "drizzle-kit"
    if not binary.exists():
        KIT.mkdir(parents=True, exist_ok=True)
        (KIT / "package.json").write_text("{}\n")
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund"]
        subprocess.run([*install, *KIT_VERSIONS], cwd=KIT, check=True)
    return binary


def _compared(row: Row, kit: Path | None) -> list[Command]:
    floor = [sys.executable, str(PROJECT / "bench" / "floor.py"), "HEAD~1", "HEAD"]
    commands = [
        Command([SCHEMADIFF, "check", "--base", "HEAD~1"], row.folder),
        Command(floor, row.folder),
    ]
    if kit is not None and row.generates:
        modules = row.folder / "node_modules"
        modules.symlink_to(KIT / "node_modules")
        generate = [str(modules / ".bin" / "drizzle-kit"), "generate"]
        commands.append(Command(generate, row.folder, "", lambda: _tidied(row.folder)))
    return commands


def _tidied(folder: Path) -> None:
    for each in ("drizzle", "migrations"):
        shutil.rmtree(folder / each, ignore_errors=True)


def _print(row: Row, own: Timing, floor: Timing, kit: Timing | None = None) -> None:
    columns = [f"{own!s:>11}{floor!s:>9}{kit or '-'!s:>9}"]
    columns.append(f"{own.seconds / floor.seconds:9.2f}")
    columns.append(f"{kit.seconds / own.seconds:10.2f}" if kit else f"{'-':>10}")
    columns.append(f"{own.peak:7.0f}")
    columns.append(f"{kit.peak:7.0f}" if kit else f"{'-':>7}")
    print(f"{row.name:34}" + "".join(columns), flush=True)


def _print_pushes(folder: Path, rounds: int, long: int) -> None:
    """Print what many refs and a long history cost, beside a push without them."""
    few, many = folder / "few", folder / "many"
    lines = repositories.branches(few, count=10)
    (line,) = repositories.branches(many, count=1, commits=long)
    dry = ["git", "push", "--quiet", "--dry-run", "origin", "topic0"]
    one, ten, new, sent = alternating(
        [
            _push(few, lines[:1]),
            _push(few, lines),
            _push(many, [line]),
            Command(dry, many),
        ],
        rounds,
    )
    print(f"\n{'a push of one new branch':44}{one!s:>9}")
    print(f"{'a push of ten refs with equal trees':44}{ten!s:>9}")
    print(f"{f'a push of one, after {long:,} commits':44}{new!s:>9}")
    print(f"{f'git push --dry-run, after {long:,} commits':44}{sent!s:>9}")


def _push(folder: Path, lines: list[str]) -> Command:
    url = str(folder.with_suffix(".git"))
    return Command([SCHEMADIFF, "pre-push", "origin", url], folder, "".join(lines))


def _print_stages(folder: Path) -> None:
    """Print where the time goes, by the functions that the stages begin with."""
    if not folder.exists():
        return
    script = PROJECT / "bench" / "stages.py"
    subprocess.run([sys.executable, str(script)], cwd=folder, check=False)


if __name__ == "__main__":
    main()
