"""Projects for tests of the reader: files in memory, read as one schema."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schemadiff.drizzle.line import Line
from schemadiff.drizzle.reader import read_schema
from schemadiff.model import Schema
from schemadiff.npm.resolver import Resolver
from schemadiff.typescript.program import Program
from tests.memory_files import MemoryFiles

CASES = Path(__file__).parent.parent / "cases"


def read(
    texts: Mapping[str, str | bytes],
    paths: Sequence[str] = ("schema.ts",),
    casing: str | None = None,
    line: Line = Line.ZERO,
) -> Schema:
    """Return what is read from the files of a project."""
    files = MemoryFiles(texts)
    return read_schema(Program(files, Resolver(files)), paths, casing, line)


def sources(folder: Path) -> dict[str, str | bytes]:
    """Return the TypeScript files of a recorded case by their path inside it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.ts"))
    }


def casing_of(folder: Path) -> str | None:
    """Return the casing that a recorded case's config names."""
    config = folder / "drizzle.config.ts"
    text = config.read_text() if config.exists() else ""
    for casing in ("snake_case", "camelCase"):
        if f"casing: '{casing}'" in text:
            return casing
    return None
