"""Projects for tests of the evaluator: texts in memory, and text cases in files."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from schemadiff.npm.resolver import Resolver
from schemadiff.typescript.limits import DEFAULT, Limits
from schemadiff.typescript.program import Program
from schemadiff.typescript.syntax import Trees
from tests.memory_files import MemoryFiles
from tests.typescript.shown import shown

CASES = Path(__file__).parent / "cases"
_CASE = re.compile(r"^## (.+?)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(\S*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def program(
    texts: Mapping[str, str | bytes],
    trees: Trees | None = None,
    limits: Limits = DEFAULT,
) -> Program:
    files = MemoryFiles(texts)
    return Program(files, Resolver(files), trees, limits)


def values(source: str | bytes, path: str = "a.ts") -> dict[str, str]:
    """Return what each export of one file is, as text."""
    module = program({path: source}).module(path)
    return {each.name: shown(each.evaluate()) for each in module.exports()}


def cases() -> Iterator[tuple[str, dict[str, str], str]]:
    """Yield each text case: its name, its files, and what its first file exports."""
    for path in sorted(CASES.glob("*.md")):
        for heading, body in _CASE.findall(path.read_text()):
            files, expected = {}, ""
            for kind, name, text in _BLOCK.findall(body):
                if kind == "expect":
                    expected = text
                else:
                    files[name or "a.ts"] = text
            yield f"{path.stem}: {heading}", files, expected
