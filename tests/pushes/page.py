"""docs/pushes.md, whose table the tests of the situations fill, row by row."""

import re
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

PAGE = Path(__file__).parents[2] / "docs" / "pushes.md"
_WORDS = (
    (r"\bwith (all|mirror|force|tags)\b", r"with `--\1`"),
    (r"\burl\b", "URL"),
    (r"\bhead\b", "HEAD"),
    (r"\bsha256\b", "SHA-256"),
)
_HEAD = """\
# What a push is compared with

Filled by `pytest --accept tests/pushes`; every row is a test in
`tests/pushes/test_situations.py`, with real pushes through Git's own hook, pre-commit
and prek.

The first name is what is pushed, the second what it is compared with. *Git's own hook*
is `schemadiff install`, alone or as the `pre-push.legacy` that pre-commit and prek run
first. It is told every ref; their own entries are told one. `HEAD` stands for the
commit that is checked out, and a remote's branch for the commit that it is at.

| situation | Git's own hook | pre-commit's entry | prek's entry |
|---|---|---|---|
"""


def row(name: str, cells: Sequence[str]) -> str:
    """Return the row of a test, whose name is the situation."""
    sentence = name.removeprefix("test_").replace("_", " ").capitalize()
    for pattern, replacement in _WORDS:
        sentence = re.sub(pattern, replacement, sentence)
    found = [each if each not in cells[:1] else "the same" for each in cells[1:]]
    return f"| {sentence} | {' | '.join([*cells[:1], *found])} |"


def rows() -> list[str]:
    """Return the rows of the page as it is."""
    return [
        line for line in _text().splitlines() if re.match(r"\| (?!situation)", line)
    ]


def accept(line: str, order: list[str]) -> None:
    """Put one row in its place; `order` are the first cells of all that may stand."""
    with FileLock(PAGE.with_suffix(".lock")):
        found = {each.split(" | ")[0]: each for each in [*rows(), line]}
        known = [found[each] for each in order if each in found]
        PAGE.write_text(_HEAD + "".join(f"{each}\n" for each in known))
    PAGE.with_suffix(".lock").unlink(missing_ok=True)


def is_headed() -> bool:
    """Tell whether the page begins as it is to begin."""
    return _text().startswith(_HEAD)


def _text() -> str:
    return PAGE.read_text() if PAGE.exists() else ""
