"""How long a push waits: schemadiff beside its floor and beside drizzle-kit.

`make bench` runs it and prints one table. Every row is one repository and one
comparison; the three programs take turns, and the medians are shown. The floor is
`bench/floor.py`; drizzle-kit is the installed binary, never npx. `--quick` takes
three rounds instead of nine and leaves out the largest schemas.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from generate import drop_a_column, write_schema

PROJECT = Path(__file__).resolve().parent.parent
DEMO = PROJECT / "demo"
KIT = PROJECT / ".cache" / "drizzle-kit"
KIT_VERSIONS = ("drizzle-kit@0.31.11", "drizzle-orm@0.45.4")
SCHEMADIFF = str(Path(sys.executable).parent / "schemadiff")
_CONFIG = """\
import { defineConfig } from "drizzle-kit";
export default defineConfig({ dialect: "postgresql", schema: "./schema/*.ts" });
"""
_PACKAGE = (
    '{ "devDependencies": { "drizzle-kit": "0.31.11", "drizzle-orm": "0.45.4" } }\n'
)


class Row(NamedTuple):
    """One repository with HEAD~1 and HEAD, and how the table calls it."""

    name: str
    folder: Path
    generates: bool = True


class Timing(NamedTuple):
    """Median seconds, and the largest peak memory in MiB."""

    seconds: float
    peak: float


def main() -> None:
    """Measure every row and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows")
    quick = parser.parse_args().quick
    kit = _installed_kit()
    heads = f"{'schemadiff':>11}{'floor':>9}{'kit':>9}{'x floor':>9}{'x faster':>10}"
    print(f"{'':34}{heads}{'MiB':>7}{'kit':>7}")
    with tempfile.TemporaryDirectory(prefix="schemadiff-bench-") as folder:
        for row in _rows(Path(folder), quick=quick):
            _print(row, *_measure(row, kit, rounds=3 if quick else 9))
        _print_stages(Path(folder) / "1000 tables, one file")
    if kit is None:
        print("drizzle-kit was not measured: Node and npm are not here.")


def _rows(folder: Path, *, quick: bool) -> Iterator[Row]:
    yield Row(
        "quiet: nothing relevant changed",
        _quiet(folder / "quiet-a", "notes.md"),
        generates=False,
    )
    yield Row(
        "quiet: no schema file changed",
        _quiet(folder / "quiet-b", "server/new.ts"),
        generates=False,
    )
    yield Row("the demo's accident", _demo(folder / "demo"))
    sizes = [(10, 1), (100, 1), (1000, 1), (1000, 200)]
    for tables, files in sizes[:2] if quick else sizes:
        name = f"{tables} tables, " + ("one file" if files == 1 else f"{files} files")
        yield Row(name, _generated(folder / name, tables, files))


def _repository(folder: Path) -> Callable[[str], None]:
    subprocess.run(["git", "init", "--quiet", "-b", "main", str(folder)], check=True)

    def commit(message: str) -> None:
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
        git = ["git", "-C", str(folder), *identity]
        subprocess.run([*git, "add", "--all"], check=True)
        subprocess.run([*git, "commit", "--quiet", "--message", message], check=True)

    return commit


def _generated(folder: Path, tables: int, files: int) -> Path:
    folder.mkdir(parents=True)
    commit = _repository(folder)
    (folder / "drizzle.config.ts").write_text(_CONFIG)
    (folder / "package.json").write_text(_PACKAGE)
    paths = write_schema(folder / "schema", tables, files)
    commit("base")
    drop_a_column(paths[0])
    commit("head")
    return folder


def _demo(folder: Path) -> Path:
    shutil.copytree(DEMO / "app", folder)
    commit = _repository(folder)
    commit("base")
    shutil.copytree(DEMO / "changes" / "accident", folder, dirs_exist_ok=True)
    commit("head")
    return folder


def _quiet(folder: Path, path: str) -> Path:
    shutil.copytree(DEMO / "app", folder)
    commit = _repository(folder)
    commit("base")
    (folder / path).write_text("export const more = 1;\n")
    commit("head")
    return folder


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


def _measure(
    row: Row, kit: Path | None, *, rounds: int
) -> tuple[Timing, Timing, Timing | None]:
    floor = PROJECT / "bench" / "floor.py"
    commands = [
        [SCHEMADIFF, "check", "--base", "HEAD~1"],
        [sys.executable, str(floor), "HEAD~1", "HEAD"],
    ]
    if kit is not None and row.generates:
        modules = row.folder / "node_modules"
        if not modules.exists():
            modules.symlink_to(KIT / "node_modules")
        commands.append([str(modules / ".bin" / "drizzle-kit"), "generate"])
    found: list[list[tuple[float, float]]] = [[] for _ in commands]
    for _ in range(rounds + 1):
        for number, command in enumerate(commands):
            found[number].append(_once(command, row.folder))
            shutil.rmtree(row.folder / "drizzle", ignore_errors=True)
            shutil.rmtree(row.folder / "migrations", ignore_errors=True)
    timings = [
        Timing(statistics.median(s for s, _ in each[1:]), max(m for _, m in each))
        for each in found
    ]
    own, least, *kits = timings
    return own, least, kits[0] if kits else None


def _once(command: list[str], folder: Path) -> tuple[float, float]:
    environment = os.environ | {"DATABASE_URL": "postgres://localhost/none"}
    # An installed package has its bytecode; so must the one that is measured.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{command} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def _print(row: Row, own: Timing, floor: Timing, kit: Timing | None) -> None:
    columns = [f"{own.seconds * 1000:8.0f} ms", f"{floor.seconds * 1000:6.0f} ms"]
    if kit is None:
        columns += [f"{'-':>9}", f"{own.seconds / floor.seconds:9.2f}", f"{'-':>10}"]
        columns += [f"{own.peak:7.0f}", f"{'-':>7}"]
    else:
        columns += [f"{kit.seconds * 1000:6.0f} ms"]
        columns += [f"{own.seconds / floor.seconds:9.2f}"]
        columns += [f"{kit.seconds / own.seconds:10.2f}"]
        columns += [f"{own.peak:7.0f}", f"{kit.peak:7.0f}"]
    print(f"{row.name:34}" + "".join(columns), flush=True)


def _print_stages(folder: Path) -> None:
    """Print where the time goes, by the functions that the stages begin with."""
    if not folder.exists():
        return
    script = PROJECT / "bench" / "stages.py"
    subprocess.run([sys.executable, str(script)], cwd=folder, check=False)


if __name__ == "__main__":
    main()
