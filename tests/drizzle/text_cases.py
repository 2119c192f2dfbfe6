"""Cases written as text: a heading, files, and what is read of them.

    # A column without a name takes its key
    casing: snake_case

    ```ts schema.ts
    …
    ```
    ```text
    table users
      id integer
    ```

Lines between the heading and the first file set `casing`, `line` (0.x or 1.0) and
`entries` (paths, separated by blanks; otherwise the first file).
"""

import re
from dataclasses import dataclass
from pathlib import Path

from schemadiff.drizzle.line import Line

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SETTING = re.compile(r"^(casing|line|entries): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TextCase:
    """One case: a project and the text of its schema."""

    heading: str
    files: dict[str, str]
    entries: tuple[str, ...]
    casing: str | None
    line: Line
    expected: str


def text_cases(folder: Path) -> list[TextCase]:
    """Return the cases of every file in `folder`."""
    return [
        _case(part)
        for path in sorted(folder.glob("*.md"))
        for part in re.split(r"^# ", path.read_text(), flags=re.MULTILINE)[1:]
    ]


def _case(text: str) -> TextCase:
    heading, _, body = text.partition("\n")
    settings = dict(_SETTING.findall(body.split("```", 1)[0]))
    files: dict[str, str] = {}
    expected = ""
    for language, path, content in _BLOCK.findall(body):
        if language == "text":
            expected = content
        else:
            files[path] = content
    entries = tuple(settings.get("entries", next(iter(files))).split())
    line = Line(settings.get("line", Line.ZERO.value))
    return TextCase(heading, files, entries, settings.get("casing"), line, expected)
