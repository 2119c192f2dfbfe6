"""A schema is the same after the real Prettier has written it anew."""

import json
import subprocess
from pathlib import Path

import pytest

from schemadiff.drizzle.line import Line
from schemadiff.drizzle.snapshot import snapshot
from tests.drizzle.project import CASES, casing_of, read, sources
from tests.oracle import generated
from tests.oracle.kit import Unavailable, installed, missing
from tests.oracle.projects import Project

pytestmark = pytest.mark.oracle

_SEEDS = range(100)
_STYLES: tuple[dict[str, object], ...] = (
    {},
    {
        "arrowParens": "avoid",
        "bracketSpacing": False,
        "endOfLine": "crlf",
        "objectWrap": "collapse",
        "printWidth": 40,
        "quoteProps": "consistent",
        "semi": False,
        "singleQuote": True,
        "trailingComma": "none",
        "useTabs": True,
    },
)


@pytest.fixture(scope="module")
def prettier(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The installed command; without it the test is skipped."""
    if "oracle" not in request.config.getoption("markexpr"):
        pytest.skip("asks the installed Prettier: run it with -m oracle")
    if reason := missing():
        pytest.skip(reason)
    cache = Path(tmp_path_factory.getbasetemp().parent) / "schemadiff-oracle"
    try:
        home = installed("prettier", cache)
    except Unavailable as problem:
        pytest.skip(str(problem))
    return home / "node_modules" / ".bin" / "prettier"


def written_anew(
    prettier: Path, files: dict[str, str], style: dict[str, object], folder: Path
) -> dict[str, str]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / ".prettierrc.json").write_text(json.dumps(style))
    command = [str(prettier), "--write", "--log-level=error", "."]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return {path: (folder / path).read_bytes().decode() for path in files}


def read_as_text(
    files: dict[str, str], entries: tuple[str, ...], casing: str | None
) -> str:
    """Return the snapshot, with what was unreadable but not where."""
    found = snapshot(read(dict(files), entries, casing))
    for each in found.get("unreadable", []):
        each.pop("line"), each.pop("column")
    return json.dumps(found, indent=1)


def projects() -> dict[str, Project]:
    """Return every recorded schema, and generated ones of several files."""
    found = {f"generated-{s}": generated.project(s, Line.ZERO) for s in _SEEDS}
    for folder in sorted(each.parent for each in CASES.glob("snapshots/*/schema.ts")):
        texts = {path: (folder / path).read_text() for path in sources(folder)}
        found[folder.name] = Project(texts, ("schema.ts",), casing_of(folder))
    return found


@pytest.mark.parametrize("style", _STYLES, ids=["its own", "another"])
def test_what_prettier_writes_is_read_as_the_same(
    prettier: Path, tmp_path: Path, style: dict[str, object]
) -> None:
    every = projects()
    assert len(every) > len(_SEEDS)
    files = {
        f"{name}/{path}": text
        for name, each in every.items()
        for path, text in each.files.items()
    }
    anew = written_anew(prettier, files, style, tmp_path)
    assert anew != files
    different = [
        name
        for name, each in every.items()
        if read_as_text(dict(each.files), each.entries, each.casing)
        != read_as_text(
            {path: anew[f"{name}/{path}"] for path in each.files},
            each.entries,
            each.casing,
        )
    ]
    assert different == []
