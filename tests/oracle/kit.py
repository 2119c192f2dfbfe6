"""The installed drizzle-kit, asked to record projects."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.oracle.projects import Project

_PATIENCE = 300
_RECORDER = Path(__file__).parent / "recorder.cjs"
_PGLITE = "@electric-sql/pglite@0.2.17"
_PACKAGES = {
    "0.x": ["drizzle-kit@0.31.11", "drizzle-orm@0.45.4", "tsx@4", _PGLITE],
    "1.0": ["drizzle-kit@1.0.0-rc.5", "drizzle-orm@1.0.0-rc.5", "tsx@4", _PGLITE],
    "prettier": ["prettier@3"],
}
"""What is installed by name; the first package is the one that is looked for."""


class Unavailable(Exception):  # noqa: N818 - a reason to skip, not an error
    """The oracle is not here and cannot be fetched."""


def missing() -> str | None:
    """Return why the oracle cannot be asked here; None when it can."""
    absent = [name for name in ("node", "npm") if shutil.which(name) is None]
    return f"needs {' and '.join(absent)}" if absent else None


def installed(line: str, cache: Path) -> Path:
    """Return a folder whose node_modules holds what `line` is called in `_PACKAGES`.

    `SCHEMADIFF_ORACLE` names a folder with one such folder for each line;
    otherwise npm installs them below `cache`. Raise `Unavailable` if it cannot.
    """
    given = os.environ.get("SCHEMADIFF_ORACLE")
    home = (Path(given) if given else cache) / line
    wanted = _PACKAGES[line][0].partition("@")[0]
    if not (home / "node_modules" / wanted).exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text("{}")
        command = ["npm", "install", "--no-audit", "--no-fund", *_PACKAGES[line]]
        try:
            subprocess.run(
                command, cwd=home, check=True, capture_output=True, timeout=_PATIENCE
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
            shutil.rmtree(home / "node_modules", ignore_errors=True)
            said = (problem.stderr or b"").decode(errors="replace").strip()
            reason = said.splitlines()[0] if said else "it takes too long"
            raise Unavailable(f"npm cannot install {wanted}: {reason}") from problem
    return home


def recorded(home: Path, projects: Iterable[Project]) -> Iterator[dict[str, Any]]:
    """Yield what drizzle-kit makes of each project: `snapshot`, or `refused`."""
    lines = "".join(
        json.dumps(
            {"files": each.files, "entries": each.entries, "casing": each.casing}
        )
        + "\n"
        for each in projects
    )
    done = subprocess.run(
        ["node", str(_RECORDER), str(home)],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    yield from map(json.loads, done.stdout.split("\n")[:-1])
